"""Prices as feeds write them, and what Meta refuses."""

import pytest

from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.product_fields import given, of_feed


@pytest.mark.parametrize(
    ("written", "minor", "currency"),
    [("15000 IDR", 1_500_000, "IDR"), ("9.5 USD", 950, "USD"), (" 9.99USD ", 999, "USD"), ("0 IDR", 0, "IDR")],
)
def test_prices(written: str, minor: int, currency: str) -> None:
    assert of_feed({"price": written}) == {"price": minor, "currency": currency}


@pytest.mark.parametrize("written", ["15.000 IDR", "IDR 15000", "15000", "-1 IDR", "1,5 USD", "15000 idr"])
def test_what_is_no_price(written: str) -> None:
    with pytest.raises(GraphError) as refused:
        of_feed({"price": written})
    assert refused.value.code == 100


def test_pictures_stand_in_two_places_and_a_price_must_be_there() -> None:
    assert of_feed({"image": [{"url": "https://x.example/a.png"}]}) == {"image_url": "https://x.example/a.png"}
    with pytest.raises(GraphError) as refused:
        given({"retailer_id": "a", "name": "A", "currency": "IDR", "price": None})
    assert (refused.value.code, "price is required" in refused.value.details) == (100, True)

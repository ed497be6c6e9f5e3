"""A message is about a product only of the offer that it answers."""

from typing import Any

import pytest

from amanat.gateway.bots.shop.model import kept_offer
from amanat.gateway.bots.shop.questions import PRODUCT, product_in
from tests.gateway.bots.shop.samples import OFFER

KEPT = kept_offer(OFFER)


def test_a_message_names_the_product_that_it_is_about() -> None:
    assert product_in({PRODUCT: {"v": 1, "id": "TEH"}}, KEPT) == "TEH"


WRONG: list[Any] = [None, "TEH", [], {"v": 2, "id": "TEH"}, {"v": 1, "id": "MADU"}, {"v": 1, "id": ["TEH"]}]


@pytest.mark.parametrize("told", WRONG)
def test_what_names_none(told: Any) -> None:
    assert product_in({PRODUCT: told}, KEPT) == ""
    assert product_in({PRODUCT: {"v": 1, "id": "TEH"}}, None) == ""

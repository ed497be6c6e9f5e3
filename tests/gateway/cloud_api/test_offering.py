"""Products in messages, as bots write them."""

from typing import Any

import pytest

from amanat.gateway.bots.model import Words
from amanat.gateway.cloud_api.composing import OfferRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.interactive import interactive
from amanat.gateway.cloud_api.offering import BUTTON


def section(*ids: str, title: str | None = None) -> dict[str, Any]:
    return {"title": title, "product_items": [{"product_retailer_id": id} for id in ids]}


def listed(*sections: dict[str, Any]) -> dict[str, Any]:
    return {"type": "product_list", "body": {"text": "x"}, "action": {"catalog_id": "77", "sections": list(sections)}}


def test_one_product_needs_no_words() -> None:
    action = {"catalog_id": "77", "product_retailer_id": "KOPI"}
    composed = interactive({"type": "product", "action": action})
    assert (composed.words, composed.offer) == (Words(text=""), OfferRef(catalogue="77", shelves=(("", ("KOPI",)),)))


def test_a_list_has_a_header_and_sections() -> None:
    value = listed(section("a", "b", title="Minuman"), section("c", title="Makanan"))
    composed = interactive(value | {"header": {"type": "text", "text": "Toko"}})
    assert composed.words.text == "Toko\n\nx"
    assert composed.offer == OfferRef(catalogue="77", shelves=(("Minuman", ("a", "b")), ("Makanan", ("c",))))


def test_the_whole_catalogue_may_begin_with_one() -> None:
    whole = {"type": "catalog_message", "body": {"text": "x"}, "action": {"name": "catalog_message"}}
    assert interactive(whole).offer == OfferRef(button=BUTTON)
    begins = {"name": "catalog_message", "parameters": {"thumbnail_product_retailer_id": "KOPI"}}
    assert interactive(whole | {"action": begins}).offer == OfferRef(button=BUTTON, first="KOPI")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (listed(), 131009),
        (listed(section(title="x")), 131009),
        (listed(*[section(str(index), title="x") for index in range(11)]), 131009),
        (listed(section(*map(str, range(31)), title="x")), 131009),
        (listed(section("a", title="x"), section("a", title="y")), 131009),
        (listed(section("a", title="x"), section("b")), 131008),
        (listed(section("a", title="x" * 25)), 100),
        (listed(section("a")) | {"header": {"type": "image", "image": {"id": "41"}}}, 131009),
        (listed(section("a")) | {"body": None}, 131008),
        ({"type": "product", "action": {"catalog_id": "77"}}, 131008),
        ({"type": "product", "action": {"catalog_id": 77, "product_retailer_id": []}}, 100),
    ],
)
def test_what_is_refused(value: dict[str, Any], code: int) -> None:
    with pytest.raises(GraphError) as error:
        interactive(value)
    assert error.value.code == code

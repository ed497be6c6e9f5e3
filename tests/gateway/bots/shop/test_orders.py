"""Orders hold against the offer as it was sent."""

from typing import Any

import pytest
from msgspec.structs import replace

from amanat.gateway.bots.shop.model import OrderedItem, kept_offer
from amanat.gateway.bots.shop.orders import GONE, ORDER, WRONG, Refusal, order_in, order_of_words, summary
from tests.gateway.bots.shop.samples import COFFEE, OFFER, TEA

KEPT = kept_offer(OFFER)


def content(*items: tuple[Any, Any], **more: Any) -> dict[str, Any]:
    told = {"v": 1, "catalog_id": "777", "items": [{"id": id, "quantity": quantity} for id, quantity in items]}
    return {ORDER: told | more}


def test_an_order_has_the_prices_of_the_offer() -> None:
    sent = content(("KOPI", 2), ("TEH", 1), text=" tanpa gula ")
    sent[ORDER]["items"][0]["price"] = {"minor": 1}
    order = order_in(sent, KEPT)
    assert order.items == (OrderedItem("KOPI", 2, COFFEE.price), OrderedItem("TEH", 1, TEA.price))
    assert (order.note, summary(order, KEPT)) == ("tanpa gula", "2 \u00d7 Kopi <panas>, 1 \u00d7 Teh \u2013 tanpa gula")


@pytest.mark.parametrize(
    "sent",
    [
        content(),
        content(("KOPI", 0)),
        content(("KOPI", -1)),
        content(("KOPI", 100)),
        content(("KOPI", 1.5)),
        content(("KOPI", "2")),
        content(("KOPI", 1), ("KOPI", 1)),
        content(("MADU", 1)),
        content((7, 1)),
        content(("KOPI", 1), catalog_id="778"),
        content(("KOPI", 1), v=2),
        content(("KOPI", 1), text=5),
        {ORDER: {}},
        {ORDER: []},
    ],
)
def test_what_cannot_be_taken(sent: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match=WRONG[:20]):
        order_in(sent, KEPT)


def test_what_is_sold_out_or_offered_no_more() -> None:
    with pytest.raises(Refusal, match="Susu is sold out"):
        order_in(content(("SUSU", 1)), KEPT)
    with pytest.raises(Refusal, match=GONE[:20]):
        order_in(content(("KOPI", 1)), None)
    with pytest.raises(Refusal, match=WRONG[:20]):
        order_in(content(("KOPI", 1)), replace(KEPT, can_order=False))


def test_orders_by_number() -> None:
    def asked(text: str) -> tuple[str, int] | None:
        order = order_of_words(text, KEPT)
        return (order.items[0].id, order.items[0].quantity) if order else None

    assert [asked(text) for text in ("1", " 2. ", "2 x3", "2x3", "1 \u00d7 10")] == [
        ("KOPI", 1), ("TEH", 1), ("TEH", 3), ("TEH", 3), ("KOPI", 10),
    ]  # fmt: skip
    assert [asked(text) for text in ("0", "4", "dua", "2 x", "", "1 2", "100")] == [None] * 7
    assert order_of_words("1", replace(KEPT, can_order=False)) is None
    with pytest.raises(Refusal):
        order_of_words("1 x0", KEPT)

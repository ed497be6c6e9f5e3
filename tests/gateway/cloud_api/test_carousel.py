"""Cards beside each other, as bots write them."""

import json
from typing import Any

import pytest

from amanat.gateway.bots.model import Choice, Words
from amanat.gateway.cloud_api.composing import CardRef, MediaRef, OfferRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.interactive import interactive

IMAGE = {"type": "image", "image": {"link": "https://kantor.example/a.png"}}
VIDEO = {"type": "video", "video": {"id": "477"}}


def reply(id: str, title: str) -> dict[str, Any]:
    return {"type": "quick_reply", "quick_reply": {"id": id, "title": title}}


def card(*buttons: dict[str, Any], header: dict[str, Any] = IMAGE, **fields: Any) -> dict[str, Any]:
    return {"card_index": 0, "type": "cta_url", "header": header, "action": {"buttons": list(buttons)}, **fields}


def carousel(*cards: object) -> dict[str, Any]:
    return {"type": "carousel", "body": {"text": "Pilih"}, "action": {"cards": list(cards)}}


def goods(id: str, *, catalogue: str = "77") -> dict[str, Any]:
    return {"card_index": 0, "type": "product", "action": {"product_retailer_id": id, "catalog_id": catalogue}}


BUY = card(reply("k", "Kopi"), reply("t", "Teh"), body={"text": "*Panas*"})


def test_each_card_has_a_picture_words_and_choices_of_the_message() -> None:
    link = {"name": "cta_url", "parameters": {"display_text": "Lihat", "url": "https://kantor.example"}}
    composed = interactive(carousel(BUY, card(action=link)))
    assert composed.words == Words(text="Pilih")
    assert composed.choices == (
        Choice(label="Kopi", data="k"),
        Choice(label="Teh", data="t"),
        Choice(label="Lihat", url="https://kantor.example"),
    )
    image = MediaRef(type="image", link="https://kantor.example/a.png")
    assert composed.cards == (
        CardRef(media=image, words=Words(text="*Panas*", html="<strong>Panas</strong>"), choices=(0, 1)),
        CardRef(media=image, choices=(2,)),
    )
    assert composed.style == "buttons"


def test_cards_of_products_are_an_offer_of_them() -> None:
    composed = interactive(carousel(goods("KOPI"), goods("TEH")))
    assert composed.words == Words(text="Pilih")
    assert (composed.cards, composed.offer) == ((), OfferRef(catalogue="77", shelves=(("", ("KOPI", "TEH")),)))


def test_the_action_and_a_card_may_be_strings_of_json() -> None:
    value = carousel() | {"action": json.dumps({"cards": [json.dumps(BUY), BUY]})}
    assert len(interactive(value).cards) == 2


@pytest.mark.parametrize(
    ("cards", "code", "what"),
    [
        ([BUY], 131009, "2 to 10 cards"),
        ([BUY] * 11, 131009, "2 to 10 cards"),
        ([BUY, 5], 100, "cards[1] must be an object"),
        ([BUY, card(reply("a", "A"), header=VIDEO)], 131009, "films on all"),
        ([BUY, card(reply("a", "A"), header={"type": "image"})], 131009, "cards[1].header.type"),
        ([BUY, card(reply("a", "A"), header={"type": "document", "document": {"id": "1"}})], 131009, "header.type"),
        ([BUY, card()], 131009, "cards[1].action.buttons must have 1 to 3"),
        ([BUY, card(*[reply(str(index), str(index)) for index in range(4)])], 131009, "1 to 3"),
        ([BUY, card(reply("a", "x" * 21))], 100, "quick_reply.title"),
        ([BUY, card(reply("a" * 257, "A"))], 100, "quick_reply.id"),
        ([BUY, card(reply("a", "A"), body={"text": "x" * 161})], 100, "body.text"),
        ([BUY, card(action={})], 131008, "cards[1].action.parameters"),
        ([BUY, card(action={"parameters": {"display_text": "x", "url": "tel:1"}})], 131009, "web address"),
        ([BUY, goods("KOPI")], 131009, "products on all"),
        ([goods("KOPI"), goods("KOPI")], 131009, "must differ"),
        ([goods("KOPI"), goods("TEH", catalogue="78")], 131009, "must be the same"),
        (
            [goods("KOPI"), {"type": "product", "action": {"catalog_id": "77"}}],
            131008,
            "cards[1].action.product_retailer_id",
        ),
        ([BUY, {"type": "cta_url"}], 131008, "cards[1].header"),
    ],
)
def test_what_is_refused(cards: list[object], code: int, what: str) -> None:
    with pytest.raises(GraphError) as error:
        interactive(carousel(*cards))
    assert error.value.code == code
    assert what in error.value.details


def test_without_cards_there_is_nothing_to_show() -> None:
    with pytest.raises(GraphError) as error:
        interactive(carousel() | {"action": {"cards": "none"}})
    assert error.value.code == 131008

"""Offers for our app, and what stands for them everywhere else."""

from msgspec.structs import replace

from amanat.gateway.bots.bodies import content_of_words
from amanat.gateway.bots.model import Words
from amanat.gateway.bots.shop.model import Shelf
from amanat.gateway.bots.shop.offers import HOW, PRODUCTS, with_offer
from tests.gateway.bots.shop.samples import OFFER, TEA, USED

WORDS = Words(text="Silakan <pilih>")


def test_our_app_is_given_sections_of_items() -> None:
    told = with_offer(content_of_words(WORDS), WORDS, offer=OFFER)[PRODUCTS]
    assert (told["v"], told["catalog_id"], told["cart"]) == (1, "777", True)
    assert told["intro"]["content"]["m.text"] == [{"body": "Silakan <pilih>"}]
    drinks, rest = told["sections"]
    assert drinks["title"] == "Minuman"
    assert drinks["items"][0] == {
        "id": "KOPI",
        "title": "Kopi <panas>",
        "price": {"minor": 1_500_000, "currency": "IDR", "exponent": 2},
        "available": True,
        "text": "Arabika",
        "url": "https://toko.example/kopi",
        "image": {"file": {"url": "mxc://localhost/kopi"}, "info": {"mimetype": "image/png", "size": 12}},
    }
    assert rest["items"][0]["available"] is False
    assert "button" not in told


def test_others_read_numbered_lines_and_how_to_order() -> None:
    content = with_offer(content_of_words(WORDS), WORDS, offer=OFFER)
    assert content["body"].split("\n") == [
        "Silakan <pilih>",
        "",
        "Minuman",
        "1. Kopi <panas> \u2013 IDR 15000",
        "2. Teh \u2013 USD 9.99",
        "3. Susu \u2013 habis / sold out",
        HOW,
    ]
    assert "Kopi &lt;panas&gt;" in content["formatted_body"]


def test_brand_and_condition_go_along_and_what_is_not_new_is_said_to_all() -> None:
    offer = replace(OFFER, shelves=(Shelf("", (USED, replace(TEA, details={"condition": "new"}))),))
    content = with_offer(content_of_words(WORDS), WORDS, offer=offer)
    used, new = content[PRODUCTS]["sections"][0]["items"]
    assert (used["brand"], used["condition"], new["condition"]) == ("Kodak", "used", "new")
    assert "color" not in used
    assert "1. Kamera (bekas / used) \u2013 USD 9.99\n2. Teh \u2013" in content["body"]


def test_where_nothing_can_be_ordered_nobody_is_told_how() -> None:
    offer = replace(OFFER, can_order=False, button="Lihat katalog")
    content = with_offer(content_of_words(WORDS), WORDS, offer=offer)
    assert (content[PRODUCTS]["cart"], content[PRODUCTS]["button"]) == (False, "Lihat katalog")
    assert HOW not in content["body"]

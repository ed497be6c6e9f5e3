"""Prices, and what is kept of an offer."""

from amanat.gateway.bots.shop.model import Price, kept_offer
from tests.gateway.bots.shop.samples import OFFER


def test_prices_in_words_and_as_amounts() -> None:
    prices = [Price(1_500_000, "IDR", 2), Price(999, "USD", 2), Price(5, "USD", 2), Price(500, "JPY", 0)]
    assert [str(price) for price in prices] == ["IDR 15000", "USD 9.99", "USD 0.05", "JPY 500"]
    assert [price.amount for price in prices] == [15000.0, 9.99, 0.05, 500.0]


def test_of_an_offer_names_prices_and_what_there_is_are_kept() -> None:
    kept = kept_offer(OFFER)
    assert [(item.id, item.title, item.available) for item in kept.items] == [
        ("KOPI", "Kopi <panas>", True), ("TEH", "Teh", True), ("SUSU", "Susu", False),
    ]  # fmt: skip
    assert (kept.catalogue, kept.can_order) == ("777", True)

"""Orders in a bot's chats: told once, with the offer's prices, on either database."""

from typing import Any

from amanat.gateway.bots.model import Saying, Words
from amanat.gateway.bots.shop.orders import ORDER
from tests.gateway.bots.shop.samples import OFFER
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork, send


async def _offered(bot: BotAtWork) -> tuple[Visitor, str]:
    """Have somebody offered things, and return the message's id."""
    visitor = await bot.visitor()
    await visitor.writes("halo")
    came = await bot.told("Came")
    chat = await bot.line.chat(came["said"]["chat"]["number"])
    await bot.line.say(chat, Saying(body=Words(text="Silakan"), offer=OFFER))
    await visitor.hears("2. Teh")
    (event,) = (each for each in visitor.citizen.echo.received if "id.amanat.products" in each.content)
    return visitor, event.event_id


def _ordering(offer: str, *items: tuple[str, int]) -> dict[str, Any]:
    told = {"v": 1, "catalog_id": "777", "items": [{"id": id, "quantity": quantity} for id, quantity in items]}
    return {"msgtype": "m.text", "body": "x", ORDER: told, "m.relates_to": {"m.in_reply_to": {"event_id": offer}}}


async def test_an_order_is_told_and_can_be_answered(on_both: BotAtWork) -> None:
    visitor, offer = await _offered(on_both)
    await send(visitor, _ordering(offer, ("SUSU", 1)))
    await visitor.hears("Susu is sold out")
    await send(visitor, _ordering(offer, ("KOPI", 2), ("TEH", 1)))
    ordered = await on_both.told("Ordered")
    assert [(each["id"], each["quantity"], each["price"]["minor"]) for each in ordered["items"]] == [
        ("KOPI", 2, 1_500_000), ("TEH", 1, 999),
    ]  # fmt: skip
    chat = await on_both.line.chat(ordered["said"]["chat"]["number"])
    kept = await on_both.line.message(chat, ordered["number"])
    assert kept.body == Words(text="2 \u00d7 Kopi <panas>, 1 \u00d7 Teh")


async def test_a_number_orders_until_something_else_is_offered(on_both: BotAtWork) -> None:
    visitor, _ = await _offered(on_both)
    await visitor.writes("2 x3")
    ordered = await on_both.told("Ordered")
    assert [(each["id"], each["quantity"]) for each in ordered["items"]] == [("TEH", 3)]
    await visitor.hears("3 \u00d7 Teh")
    await visitor.writes("besok saja")
    assert (await on_both.told("Came"))["said"]["body"]["text"] == "besok saja"


async def test_an_order_out_of_what_was_never_offered_is_refused(on_both: BotAtWork) -> None:
    visitor, _ = await _offered(on_both)
    own = await send(visitor, {"msgtype": "m.text", "body": "apa saja?"})
    assert (await on_both.told("Came"))["said"]["body"]["text"] == "apa saja?"
    before = await on_both.line.count_updates()
    await send(visitor, _ordering(own, ("KOPI", 1)))
    await visitor.hears("That offer does not hold any more.")
    assert await on_both.line.count_updates() == before

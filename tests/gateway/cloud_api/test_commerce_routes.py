"""A shop on pywa, unmodified, sells to somebody in an encrypted room; and what is refused."""

import json
from typing import Any

import pytest
from pywa import types as wa_types
from pywa_async import WhatsApp as AsyncWhatsApp
from pywa_async.types import Message

from amanat.compat import pywa_async_session
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook
from tests.gateway.cloud_api.stand import TOKEN, Stand
from tests.gateway.service.bot_at_work import send
from tests.outbound.answering import answering

PNG = b"\x89PNG\r\n\x1a\n not quite"
COFFEE = {"retailer_id": "KOPI", "name": "Kopi", "price": 1500000, "currency": "IDR", "description": "Arabika"}
TEA = {"retailer_id": "TEH", "name": "Teh", "price": 50000, "currency": "IDR", "availability": "out of stock"}


async def _catalogue(cloud: Stand) -> str:
    listed = (await cloud.ask("GET", f"/v23.0/{cloud.business}/product_catalogs")).json()
    catalogue: str = listed["data"][0]["id"]
    return catalogue


async def _add(cloud: Stand, catalogue: str, product: dict[str, Any]) -> str:
    answer = await cloud.ask("POST", f"/v23.0/{catalogue}/products", json=product)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def test_products_are_sold_changed_and_sold_no_more(cloud: Stand) -> None:
    catalogue = await _catalogue(cloud)
    async with answering() as web:
        web.body, web.headers = PNG, "content-type: image/png\r\n"
        coffee = await _add(cloud, catalogue, COFFEE | {"image_url": f"{web.url}/kopi.png"})
    await _add(cloud, catalogue, TEA | {"description": None})
    assert await _add(cloud, catalogue, COFFEE) == coffee, "the same name is the same product"
    listed = (await cloud.ask("GET", f"/v23.0/{catalogue}/products?limit=1")).json()
    rest = (await cloud.ask("GET", f"/v23.0/{catalogue}/products?after={listed['paging']['cursors']['after']}")).json()
    assert [each["retailer_id"] for each in listed["data"] + rest["data"]] == ["KOPI", "TEH"]
    changed = await cloud.ask("POST", f"/v23.0/{coffee}", json={"price": "1600000"})
    assert changed.json() == {"success": True}
    shown = (await cloud.ask("GET", f"/v23.0/{coffee}")).json()
    assert (shown["price"], shown["name"], shown["availability"]) == ("IDR 16000", "Kopi", "in stock")
    for said, shown in (("preorder", "in stock"), ("discontinued", "out of stock")):
        await cloud.ask("POST", f"/v23.0/{coffee}", json={"availability": said})
        assert (await cloud.ask("GET", f"/v23.0/{coffee}")).json()["availability"] == shown
    assert (await cloud.ask("DELETE", f"/v23.0/{coffee}")).json() == {"success": True}
    assert (await cloud.ask("GET", f"/v23.0/{coffee}")).status_code == 400


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"price": -1}, 100),
        ({"price": "1.5"}, 100),
        ({"price": 10**13}, 100),
        ({"currency": "rupiah"}, 100),
        ({"availability": "soon"}, 100),
        ({"url": "javascript:alert(1)"}, 100),
        ({"name": "x" * 201}, 100),
        ({"name": " "}, 131008),
        ({"description": "x" * 5001}, 100),
        ({"retailer_id": []}, 100),
        ({"image_url": "file:///etc/passwd"}, 131052),
        ({"image_url": "http://nobody.invalid/"}, 131052),
    ],
)
async def test_what_is_refused(cloud: Stand, changed: dict[str, Any], code: int) -> None:
    catalogue = await _catalogue(cloud)
    answer = await cloud.ask("POST", f"/v23.0/{catalogue}/products", json=COFFEE | changed)
    assert answer.json()["error"]["code"] == code
    assert (await cloud.ask("GET", f"/v23.0/{catalogue}/products")).json()["data"] == []


async def _told(wa: AsyncWhatsApp, hook: Hook) -> Message:
    """Return what the library makes of the next message."""
    await hook.gets("messages")
    return Message.from_update(wa, json.loads(hook.bodies[-1]))


async def test_somebody_orders(cloud: Stand, bot_hook: Hook) -> None:
    catalogue = await _catalogue(cloud)
    for product in (COFFEE, TEA):
        await _add(cloud, catalogue, product)
    to = {"override_callback_uri": bot_hook.url, "verify_token": VERIFY_TOKEN}
    assert (await cloud.ask("POST", f"/v23.0/{cloud.business}/subscribed_apps", json=to)).status_code == 200
    visitor = await cloud.visitor()
    await visitor.writes("halo")
    who = (await bot_hook.gets("messages"))["contacts"][0]["user_id"]
    session = pywa_async_session(cloud.url, verify=False)
    wa = AsyncWhatsApp(phone_id=cloud.phone, token=TOKEN, session=session)

    settings = await wa.get_commerce_settings()
    assert (settings.is_cart_enabled, settings.is_catalog_visible) == (True, True)
    sections = [wa_types.ProductsSection(title="Minuman", skus=["KOPI", "TEH"])]
    sent = await wa.send_products(to=who, catalog_id=catalogue, title="Toko", body="Silakan", product_sections=sections)
    assert "1. Kopi \u2013 IDR 15000" in await visitor.hears("2. Teh")

    # By a number, in an app that knows nothing of shops.
    await visitor.writes("1 x3")
    order = (message := await _told(wa, bot_hook)).order
    assert order is not None
    assert message.reply_to_message is not None
    assert (order.catalog_id, order.total_price, message.reply_to_message.id) == (catalogue, 45000.0, sent.id)
    assert [(each.sku, each.quantity, each.currency) for each in order.products] == [("KOPI", 3, "IDR")]
    await visitor.hears("3 \u00d7 Kopi")

    # By our app. Prices are those of the offer, also once the catalogue has others.
    await _add(cloud, catalogue, COFFEE | {"price": 9900000})
    offered = next(each for each in visitor.citizen.echo.received if "id.amanat.products" in each.content)
    await send(visitor, _ordering(offered.event_id, catalogue, "TEH"))
    await visitor.hears("Teh is sold out")
    await send(visitor, _ordering(offered.event_id, catalogue, "KOPI"))
    order = (await _told(wa, bot_hook)).order
    assert order is not None
    assert (order.text, order.total_price) == ("tanpa gula", 30000.0)

    # Where nothing can be ordered, a number is a text.
    await wa.update_commerce_settings(is_cart_enabled=False)
    await wa.send_product(to=who, catalog_id=catalogue, sku="KOPI")
    await visitor.hears("IDR 99000")
    await visitor.writes("1")
    assert (await _told(wa, bot_hook)).text == "1"
    await wa.send_catalog(to=who, body="Semua", thumbnail_product_sku="TEH")
    await visitor.hears("1. Teh \u2013 habis")
    await session.aclose()


async def test_somebody_asks_about_a_product(cloud: Stand, bot_hook: Hook) -> None:
    catalogue = await _catalogue(cloud)
    for product in (COFFEE, TEA):
        await _add(cloud, catalogue, product)
    to = {"override_callback_uri": bot_hook.url, "verify_token": VERIFY_TOKEN}
    assert (await cloud.ask("POST", f"/v23.0/{cloud.business}/subscribed_apps", json=to)).status_code == 200
    visitor = await cloud.visitor()
    await visitor.writes("halo")
    who = (await bot_hook.gets("messages"))["contacts"][0]["user_id"]
    session = pywa_async_session(cloud.url, verify=False)
    wa = AsyncWhatsApp(phone_id=cloud.phone, token=TOKEN, session=session)

    async def asks(text: str, **more: Any) -> wa_types.ReferredProduct | None:
        offered = [each.event_id for each in visitor.citizen.echo.received if "id.amanat.products" in each.content]
        await send(visitor, _answering(offered[-1], text) | more)
        told = await _told(wa, bot_hook)
        assert told.text == text
        assert told.reply_to_message is not None
        return told.reply_to_message.referred_product

    # Our app says which one of a list is meant; "1" is no order then.
    sections = [wa_types.ProductsSection(title="Minuman", skus=["KOPI", "TEH"])]
    await wa.send_products(to=who, catalog_id=catalogue, title="Toko", body="Silakan", product_sections=sections)
    await visitor.hears("2. Teh")
    about = await asks("1", **{"id.amanat.product": {"v": 1, "id": "TEH"}})
    assert about is not None
    assert (about.catalog_id, about.sku) == (catalogue, "TEH")
    assert await asks("sampai jam berapa?") is None
    assert await asks("ada madu?", **{"id.amanat.product": {"v": 1, "id": "MADU"}}) is None

    # Who answers a message with one product speaks of it, in any app.
    await wa.send_product(to=who, catalog_id=catalogue, sku="TEH")
    await visitor.hears("1. Teh")
    about = await asks("masih ada?")
    assert about is not None
    assert about.sku == "TEH"
    await session.aclose()


def _answering(event_id: str, text: str) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": text, "m.relates_to": {"m.in_reply_to": {"event_id": event_id}}}


def _ordering(event_id: str, catalogue: str, id: str) -> dict[str, Any]:
    return {
        "msgtype": "m.text",
        "body": "2",
        "id.amanat.order": {
            "v": 1, "catalog_id": catalogue, "items": [{"id": id, "quantity": 2}], "text": "tanpa gula",
        },
        "m.relates_to": {"m.in_reply_to": {"event_id": event_id}},
    }  # fmt: skip

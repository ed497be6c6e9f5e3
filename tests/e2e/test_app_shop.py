"""What a business sells, in the app: ordered from a list, which stays begun; sold out; cards beside each other."""

import io
import re
from typing import Any, Final
from urllib.parse import unquote

import nio
from PIL import Image
from playwright.async_api import Locator, expect

from tests.clients.nio_person import NioPerson
from tests.clients.nio_person import expect as expect_nio
from tests.e2e.service import Service
from tests.e2e.web_app import PHONE, WIDE, AppPerson

_CATALOGUE: Final = "8123"


def _price(rupiah: int) -> dict[str, Any]:
    return {"minor": rupiah * 100, "currency": "IDR", "exponent": 2}


def _item(id: str, title: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "title": title, "available": True, **more}


async def _picture(budi: NioPerson, colour: str) -> dict[str, Any]:
    """Upload a picture as others upload theirs: encrypted."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, "PNG")
    data = out.getvalue()
    uploaded, keys = await budi.client.upload(lambda *_: data, filename="a.png", encrypt=True, filesize=len(data))
    assert keys is not None
    file = {"url": expect_nio(nio.UploadResponse, uploaded).content_uri, **keys}
    return {"file": file, "info": {"mimetype": "image/png", "w": 320, "h": 240, "size": len(data)}}


def _selling(text: str, *sections: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a message that sells something; `text` is what stands above it."""
    intro = {"type": "m.room.message", "content": {"m.text": [{"body": text}]}}
    told = {"v": 1, "catalog_id": _CATALOGUE, "cart": True, "intro": intro, "sections": list(sections), **more}
    lines = [f"- {item['title']}" for section in sections for item in section["items"]]
    return {"msgtype": "m.text", "body": "\n".join([text, *lines]), "id.amanat.products": told}


def _ordering(order: dict[str, Any], of: str, text: str) -> dict[str, Any]:
    in_reply = {"m.in_reply_to": {"event_id": of}}
    return {"msgtype": "m.text", "body": text, "id.amanat.order": order, "m.relates_to": in_reply}


def _message(ani: AppPerson, text: str) -> Locator:
    return ani.page.get_by_role("log").get_by_role("article").filter(has_text=text).first


async def _is_ordered(budi: NioPerson, room_id: str, text: str) -> dict[str, Any]:
    """Return what the business is told of an order that says this."""
    event_id = await budi.hears(room_id, text)
    events: list[Any] = budi.events(room_id, nio.RoomMessageText)
    content: dict[str, Any] = next(event.source["content"] for event in events if event.event_id == event_id)
    return content


async def test_somebody_orders_from_a_business(ani: AppPerson, budi: NioPerson) -> None:
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await Service(budi).publish_identity()
    await ani.start_chat("budi")
    room_id = unquote(re.findall(r"#/chats/([^/]+)", ani.page.url)[0])
    await budi.join(room_id)
    await ani.say("halo")
    await budi.hears(room_id, "halo")
    coffee = await _picture(budi, "saddlebrown")
    listed = await _a_list(ani, budi, room_id, coffee)
    await _asks_about_one(ani, budi, room_id, listed)
    await _others_order(ani, budi, room_id, listed)
    await _one_thing(ani, budi, room_id, coffee)
    await _cards(ani, budi, room_id, coffee)


async def _a_list(ani: AppPerson, budi: NioPerson, room_id: str, coffee: dict[str, Any]) -> str:
    """Order from a list, and return the message that has it."""
    drinks = [
        _item("SKU-1", "Kopi susu", text="Gula aren, es", price=_price(15_000), image=coffee),
        _item(
            "SKU-2", "Teh tarik", price=_price(12_500), url="https://contoh.example/teh", brand="Budi", condition="new"
        ),
        _item("SKU-3", "Wedang jahe", price=_price(10_000), available=False),
    ]
    food = [_item("SKU-4", "Pisang goreng, satu piring penuh untuk berdua", price=_price(20_000))]
    sections = [{"title": "Minuman", "items": drinks}, {"title": "Makanan", "items": food}]
    listed = await budi.send(
        room_id, _selling("Mau pesan apa?", *sections, header="Warung Budi", footer="Buka sampai 21.00")
    )
    offer = _message(ani, "Warung Budi")
    await expect(offer).to_contain_text("Mau pesan apa?")
    await expect(offer).not_to_contain_text("- Wedang jahe")
    await ani.look()
    await offer.get_by_role("button", name="See 4 items").press("Enter")
    sheet = ani.page.get_by_role("dialog", name="Warung Budi")
    await expect(sheet.get_by_text("Nothing is chosen yet.")).to_be_visible()
    await expect(sheet.get_by_role("listitem").filter(has_text="Wedang jahe")).to_contain_text("Sold out")
    await expect(sheet.get_by_role("button", name="More Wedang jahe")).to_have_count(0)
    await expect(sheet.get_by_role("listitem").filter(has_text="Teh tarik")).to_contain_text("Budi · New")
    await expect(sheet.get_by_role("button", name="Send the order")).to_be_disabled()
    await sheet.get_by_role("button", name="More Kopi susu").dblclick()
    await sheet.get_by_role("button", name="More Pisang goreng").press("Enter")
    await expect(sheet.get_by_text("3 items · Total Rp50,000")).to_be_visible()
    await sheet.get_by_label("Note").fill("tanpa gula")
    await ani.look()

    # What was begun stays when the sheet is closed, and when the app is.
    await ani.page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await ani.page.set_viewport_size(PHONE)
    await ani.pauses()
    await ani.page.reload()
    await offer.get_by_role("button", name="See 4 items").click()
    await expect(sheet.get_by_label("Note")).to_have_value("tanpa gula")
    await sheet.get_by_role("button", name="Less Pisang goreng").click()
    await sheet.get_by_role("button", name="More Teh tarik").click()
    await expect(sheet.get_by_text("3 items · Total Rp42,500")).to_be_visible()
    await ani.look()
    await sheet.get_by_role("button", name="Send the order").click()
    await expect(sheet).to_be_hidden()

    content = await _is_ordered(budi, room_id, "2 × Kopi susu, 1 × Teh tarik — tanpa gula")
    items = [{"id": "SKU-1", "quantity": 2}, {"id": "SKU-2", "quantity": 1}]
    order = {"v": 1, "catalog_id": _CATALOGUE, "items": items, "text": "tanpa gula"}
    assert content["id.amanat.order"] == order
    assert content["m.relates_to"] == {"m.in_reply_to": {"event_id": listed}}
    mine = ani.page.get_by_role("log").get_by_role("article").filter(has_text="Order").last
    await expect(mine.get_by_role("listitem").filter(has_text="2 × Kopi susu")).to_contain_text("Rp30,000")
    await expect(mine.get_by_role("listitem").filter(has_text="Total")).to_contain_text("Rp42,500")
    await ani.look()
    await offer.get_by_role("button", name="See 4 items").click()
    await expect(sheet.get_by_text("Nothing is chosen yet.")).to_be_visible()
    await ani.page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    return listed


async def _asks_about_one(ani: AppPerson, budi: NioPerson, room_id: str, listed: str) -> None:
    """Of a list one thing is asked about, on a phone: the field says so, and so does the message."""
    await _message(ani, "Warung Budi").get_by_role("button", name="See 4 items").click()
    sheet = ani.page.get_by_role("dialog", name="Warung Budi")
    await ani.look()
    await sheet.get_by_role("button", name="Ask about Wedang jahe").press("Enter")
    await expect(sheet).to_be_hidden()
    field = ani.page.get_by_label("Write a message")
    await expect(field).to_be_focused()
    await expect(ani.page.get_by_text("Wedang jahe").last).to_be_visible()
    await ani.look()
    await ani.say("kapan ada lagi?")
    content = await _is_ordered(budi, room_id, "kapan ada lagi?")
    assert content["id.amanat.product"] == {"v": 1, "id": "SKU-3"}
    assert content["m.relates_to"] == {"m.in_reply_to": {"event_id": listed}}
    log = ani.page.get_by_role("log").get_by_role("article")
    await expect(log.filter(has_text="kapan ada lagi?")).to_contain_text("Wedang jahe")
    await ani.page.set_viewport_size(WIDE)


async def _others_order(ani: AppPerson, budi: NioPerson, room_id: str, listed: str) -> None:
    """An order of somebody else's reads as such, too; one of what is not sold says what its words say."""
    theirs = {"v": 1, "catalog_id": _CATALOGUE, "items": [{"id": "SKU-4", "quantity": 2}]}
    await budi.send(room_id, _ordering(theirs, listed, "untuk Citra"))
    log = ani.page.get_by_role("log").get_by_role("article")
    await expect(log.filter(has_text="2 × Pisang goreng").last).to_contain_text("Rp40,000")
    await budi.send(room_id, _ordering({**theirs, "items": [{"id": "SKU-9", "quantity": 2}]}, listed, "2 × Emas"))
    await expect(log.filter(has_text="2 × Emas")).to_contain_text("Order")


async def _one_thing(ani: AppPerson, budi: NioPerson, room_id: str, coffee: dict[str, Any]) -> None:
    item = _item("SKU-1", "Kopi susu", text="Gula aren, es", price=_price(15_000), image=coffee)
    await budi.send(room_id, _selling("Hari ini ada ini.", {"title": "", "items": [item]}))
    offer = _message(ani, "Hari ini ada ini.")
    await expect(offer).to_contain_text("Rp15,000")
    await expect(offer.locator("img")).to_be_visible()
    await ani.look()
    await offer.get_by_role("button", name="Ask").click()
    await expect(ani.page.get_by_label("Write a message")).to_be_focused()
    await ani.say("masih hangat?")
    await budi.hears(room_id, "masih hangat?")
    await offer.get_by_role("button", name="Order").click()
    sheet = ani.page.get_by_role("dialog", name="Kopi susu")
    await sheet.get_by_role("button", name="More Kopi susu").click()
    await sheet.get_by_role("button", name="Send the order").click()
    await _is_ordered(budi, room_id, "1 × Kopi susu")

    # Where nothing can be ordered things are only looked at; what is malformed is its text.
    await budi.send(room_id, _selling("Hanya daftar.", {"title": "", "items": [item, _item("x", "Es")]}, cart=False))
    await _message(ani, "Hanya daftar.").get_by_role("button", name="See 2 items").click()
    sheet = ani.page.get_by_role("dialog", name="Catalogue")
    await expect(sheet.get_by_text("Rp15,000")).to_be_visible()
    await expect(sheet.get_by_role("button", name="More Kopi susu")).to_have_count(0)
    await ani.page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await budi.send(room_id, _selling("Rusak.", {"title": "", "items": [_item("x", "Es", price="murah")]}))
    await expect(_message(ani, "Rusak.")).to_contain_text("- Es")
    await expect(_message(ani, "Rusak.").get_by_role("button", name="Order")).to_have_count(0)


async def _cards(ani: AppPerson, budi: NioPerson, room_id: str, coffee: dict[str, Any]) -> None:
    choices = [{"id": f"promo-{place}", "label": f"Pilih {place}"} for place in (1, 2, 3)]
    prompts = [{"type": "preset", "id": each["id"], "label": {"m.text": each["label"]}} for each in choices]
    intro = {"type": "m.room.message", "content": {"m.text": [{"body": "Promo minggu ini"}]}}
    link = {"url": "https://contoh.example/promo", "label": "Lihat syaratnya"}
    product = _item("SKU-1", "Kopi susu", price=_price(15_000), image=coffee)
    cards = [
        {"image": coffee, "text": "Kopi gratis setelah sepuluh gelas", "buttons": [choices[0], link]},
        {"text": "Diskon untuk pelajar", "buttons": [choices[1]]},
        {"product": product, "text": "", "buttons": [choices[2]]},
    ]
    content = {
        "msgtype": "m.text",
        "body": "Promo minggu ini\n1. Pilih 1\n2. Pilih 2\n3. Pilih 3",
        "org.matrix.msc4139.prompts": {"prompts": prompts, "intro": intro},
        "id.amanat.cards": {"v": 1, "cards": cards},
    }
    await budi.send(room_id, content)
    offer = _message(ani, "Promo minggu ini")
    await expect(offer).not_to_contain_text("1. Pilih 1")
    await expect(offer.get_by_role("button", name="Pilih 2")).to_have_count(1)
    await ani.look()
    await ani.page.set_viewport_size(PHONE)
    row = offer.get_by_role("group", name="3 cards").get_by_role("list").first
    await row.focus()
    third = offer.get_by_role("listitem", name="Card 3 of 3")
    await expect(third).not_to_be_in_viewport(ratio=0.9)
    await ani.look()
    await row.press("ArrowRight")
    await expect(offer.get_by_role("listitem", name="Card 2 of 3")).to_be_in_viewport(ratio=0.9)
    await third.get_by_role("button", name="Pilih 3").press("Enter")
    content = await _is_ordered(budi, room_id, "Pilih 3")
    assert content["org.matrix.msc4139.used_prompt"] == {"id": "promo-3"}
    await expect(offer.get_by_role("button", name="Pilih 3 your choice")).to_be_visible()
    await ani.look()

"""Forms and cards in the app: a bot on pywa, unmodified, sends a static flow; what somebody fills in is told to it.

Cards travel by pywa's own client of the API, which has no words for them.
"""

import asyncio
import base64
import json
import queue
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import expect
from pywa import WhatsApp, types
from pywa.handlers import CallbackButtonHandler, FlowCompletionHandler, MessageHandler

from amanat.compat import pywa_session
from tests.e2e.conftest import GATEWAY
from tests.e2e.lab_told import told_by
from tests.e2e.web_app import PHONE, AppPerson
from tests.gateway.cloud_api.flows.samples import PASSPORT, PIXEL, flow, footer, screen
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, hook
from tests.processes import AmanatProcess

pytestmark = GATEWAY

BOT = "bot-cloud"
EVERYTHING = flow(
    screen(
        "SEMUA",
        {"type": "TextSubheading", "text": "Denah"},
        {"type": "Image", "src": PIXEL, "alt-text": "Denah kantor"},
        {"type": "TextCaption", "text": "Lantai dua"},
        {"type": "TextInput", "name": "surel", "label": "Surel", "input-type": "email", "helper-text": "Yang sering"},
        {"type": "TextArea", "name": "pesan", "label": "Pesan"},
        {"type": "RadioButtonsGroup", "name": "hari", "label": "Hari", "data-source": "${data.hari}"},
        {
            "type": "CheckboxGroup",
            "name": "berkas",
            "label": "Berkas",
            "min-selected-items": 2,
            "data-source": [{"id": id, "title": id.upper()} for id in ("ktp", "kk", "akta")],
        },
        {"type": "CalendarPicker", "name": "cuti", "label": {"start-date": "Cuti", "end-date": ""}, "mode": "range"},
        footer("Kirim", surel="${form.surel}", hari="${form.hari}", berkas="${form.berkas}", cuti="${form.cuti}"),
        data={"hari": {"type": "array", "__example__": []}},
        terminal=True,
    )
)  # fmt: skip


class Program:
    """A bot's program: whoever writes a flow's name is sent it."""

    def __init__(self, wa: WhatsApp) -> None:
        self.completed: queue.Queue[types.FlowCompletion] = queue.Queue()
        self._wa = wa
        self.pressed: queue.Queue[types.CallbackButton[str]] = queue.Queue()
        self.ordered: queue.Queue[types.Order] = queue.Queue()
        wa.add_handlers(
            MessageHandler(self._asks),
            FlowCompletionHandler(self._thanks),
            CallbackButtonHandler(lambda _, button: self.pressed.put(button)),
        )

    def _asks(self, wa: WhatsApp, message: types.Message) -> None:
        if message.order is not None:
            self.ordered.put(message.order)
            return
        if message.text in ("kartu", "katalog"):
            lay = self._lays_cards if message.text == "kartu" else self._sells
            lay(wa, recipient=message.from_user.bsuid)
            return
        days = [{"id": "sen", "title": "Senin"}, {"id": "sel", "title": "Selasa", "description": "sampai siang"}]
        begins: dict[str, Any] = (
            {
                "flow_action_type": types.FlowActionType.NAVIGATE,
                "flow_action_screen": "SEMUA",
                "flow_action_payload": {"hari": days},
            }
            if message.text == "semua"
            else {}
        )
        button = types.FlowButton(title="Isi formulir", flow_name=message.text, flow_token="t-1", **begins)
        message.reply_text(f"Silakan isi *{message.text}*.", buttons=button)

    def _lays_cards(self, wa: WhatsApp, *, recipient: str) -> None:
        picture = wa.upload_media(base64.b64decode(PIXEL), mime_type="image/png", filename="a.png")
        header = {"type": "image", "image": {"id": picture.id}}
        button = {"type": "quick_reply", "quick_reply": {"id": "promo-1", "title": "Ambil promo"}}
        link = {"name": "cta_url", "parameters": {"display_text": "Lihat", "url": "https://contoh.example/promo"}}
        cards = [
            {"card_index": 0, "header": header, "body": {"text": "Gratis satu"}, "action": {"buttons": [button]}},
            {"card_index": 1, "type": "cta_url", "header": header, "body": {"text": "Syarat"}, "action": link},
        ]
        carousel = {"type": "carousel", "body": {"text": "Promo minggu ini"}, "action": {"cards": cards}}
        wa.api.send_message(
            sender=str(wa.phone_id),
            to=None,
            recipient=recipient,
            recipient_type="individual",
            typ="interactive",
            msg=carousel,
        )

    def _sells(self, wa: WhatsApp, *, recipient: str) -> None:
        listed = wa.api._request(method="GET", endpoint=f"/{wa.waba_id}/product_catalogs")
        (catalogue,) = (each["id"] for each in listed["data"])
        for id, price in (("Kopi", 1_500_000), ("Teh", 800_000)):
            product = {"retailer_id": id, "name": id, "price": price, "currency": "IDR"}
            wa.api._request(method="POST", endpoint=f"/{catalogue}/products", json=product)
        sections = [types.ProductsSection(title="Minuman", skus=["Kopi", "Teh"])]
        wa.send_products(
            to=recipient, catalog_id=catalogue, title="Warung", body="Silakan *pilih*", product_sections=sections
        )

    def _thanks(self, _: WhatsApp, done: types.FlowCompletion) -> None:
        done.reply_text("Terima kasih!")
        self.completed.put(done)

    async def is_told(self) -> types.FlowCompletion:
        return await asyncio.to_thread(self.completed.get, timeout=30)


@asynccontextmanager
async def at_work(lab: AmanatProcess) -> AsyncIterator[Program]:
    """Let the program of the lab's bot work, as its documentation has it."""
    held = json.loads(told_by(lab, "bots"))["cloud"]
    async with hook() as told:
        with pywa_session(held["url"], verify=False) as session:
            wa = WhatsApp(
                phone_id=held["phone_number_id"],
                token=held["access_token"],
                waba_id=held["business_account_id"],
                server=None,
                verify_token=VERIFY_TOKEN,
                session=session,
            )
            program, told.hands_on = Program(wa), wa.webhook_update_handler
            waba = held["business_account_id"]
            await asyncio.to_thread(wa.api.set_waba_alternate_callback_url, waba, told.url, VERIFY_TOKEN)
            for name, made in {"paspor": PASSPORT, "semua": EVERYTHING}.items():
                created = await asyncio.to_thread(
                    wa.create_flow, name, ["APPOINTMENT_BOOKING"], flow_json=made, publish=True
                )
                assert created.success, created.validation_errors
            yield program


async def test_somebody_fills_in_a_form(lab: AmanatProcess, ani: AppPerson) -> None:
    async with at_work(lab) as program:
        await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
        await ani.page.get_by_role("button", name="New chat").click()
        await ani.page.get_by_label("User name", exact=True).fill(BOT)
        await ani.page.get_by_role("button", name="Start chatting").click()
        await ani.page.get_by_role("button", name="Rather not").wait_for()
        await ani.page.get_by_role("button", name="Start chatting").click()
        await _two_screens(ani, program)
        await _every_kind(ani, program)
        await _cards(ani, program)
        await _orders(ani, program)


async def _two_screens(ani: AppPerson, program: Program) -> None:
    page = ani.page
    await ani.say("paspor")
    asked = page.get_by_role("log").get_by_role("article").filter(has_text="Silakan isi paspor.").first
    await expect(asked).not_to_contain_text("diisi di aplikasi Amanat")
    await asked.get_by_role("button", name="Isi formulir").press("Enter")
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_role("heading", name="Data", exact=True)).to_be_visible()
    await sheet.get_by_role("button", name="Lanjut").click()
    await expect(sheet.get_by_label("Nama lengkap")).to_be_focused()
    await expect(sheet.get_by_text("This must be filled in.")).to_have_count(2)
    await ani.look()
    await expect(sheet.get_by_label("Nomor lama")).to_be_hidden()
    await sheet.get_by_label("Nama lengkap").fill("Ani Lestari")
    await sheet.get_by_label("Layanan").select_option("Penggantian")
    await sheet.get_by_label("Nomor lama").fill("A123")

    # What was begun stays when the sheet is closed, and when the app is.
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await asked.get_by_role("button", name="Isi formulir").click()
    await expect(sheet.get_by_label("Nama lengkap")).to_have_value("Ani Lestari")
    await sheet.get_by_role("button", name="Lanjut").click()
    await expect(sheet.get_by_text("Kapan kamu datang, Ani Lestari?")).to_be_visible()
    await sheet.get_by_label("Tanggal").fill("2026-11-30")
    await page.set_viewport_size(PHONE)
    await sheet.get_by_role("button", name="Kirim").click()
    await expect(sheet.get_by_text("Tuesday, 1 December 2026 at the earliest.")).to_be_visible()
    await ani.look()
    await ani.pauses()
    await page.reload()
    await asked.get_by_role("button", name="Isi formulir").click()
    await expect(sheet.get_by_label("Tanggal")).to_have_value("2026-11-30")
    await sheet.get_by_role("button", name="Back").click()
    await expect(sheet.get_by_label("Nomor lama")).to_have_value("A123")
    await sheet.get_by_role("button", name="Lanjut").click()
    await sheet.get_by_label("Tanggal").fill("2026-12-07")
    await sheet.get_by_label("Saya setuju").check()
    await sheet.get_by_role("button", name="Kirim").click()
    await expect(sheet).to_be_hidden()

    done = await program.is_told()
    assert (done.token, done.response) == (
        "t-1",
        {"nama": "Ani Lestari", "layanan": "ganti", "lama": "A123", "tanggal": "2026-12-07", "sumber": "formulir"},
    )
    await ani.reads("Terima kasih!")
    await expect(asked.get_by_role("button", name="Isi formulir")).to_be_hidden()
    await asked.get_by_text("See what you sent").click()
    await expect(asked).to_contain_text("Tanggal: Monday, 7 December 2026")
    await ani.look()


async def _every_kind(ani: AppPerson, program: Program) -> None:
    page = ani.page
    await ani.say("semua")
    asked = page.get_by_role("log").get_by_role("article").filter(has_text="Silakan isi semua.").first
    await asked.get_by_role("button", name="Isi formulir").click()
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_role("img", name="Denah kantor")).to_be_visible()
    await sheet.get_by_label("Surel").fill("ani")
    await sheet.get_by_role("radio", name="Selasa").check()
    await sheet.get_by_role("checkbox", name="KTP").check()
    await sheet.get_by_label("Cuti, from (may stay empty)").fill("2026-12-07")
    await sheet.get_by_role("button", name="Kirim").click()
    await expect(sheet.get_by_text("Write an email address")).to_be_visible()
    await expect(sheet.get_by_text("Choose at least 2.")).to_be_visible()
    last = sheet.get_by_label("Cuti, to (may stay empty)")
    await expect(last).to_have_accessible_description("This must be filled in.")
    await ani.look()
    await sheet.get_by_label("Surel").fill("ani@contoh.id")
    await sheet.get_by_role("checkbox", name="AKTA").check()
    await last.fill("2026-12-09")
    await sheet.get_by_role("button", name="Kirim").click()
    done = await program.is_told()
    assert done.response == {
        "surel": "ani@contoh.id",
        "hari": "sel",
        "berkas": ["ktp", "akta"],
        "cuti": {"start-date": "2026-12-07", "end-date": "2026-12-09"},
    }


async def _cards(ani: AppPerson, program: Program) -> None:
    await ani.say("kartu")
    laid = ani.page.get_by_role("log").get_by_role("article").filter(has_text="Promo minggu ini").first
    first = laid.get_by_role("listitem", name="Card 1 of 2")
    await expect(first).to_contain_text("Gratis satu")
    await expect(first.locator("img")).to_be_visible()
    await expect(laid.get_by_role("button", name="Ambil promo")).to_have_count(1)
    await expect(laid.get_by_role("link", name="Lihat")).to_have_attribute("href", "https://contoh.example/promo")
    await ani.look()
    await first.get_by_role("button", name="Ambil promo").click()
    pressed = await asyncio.to_thread(program.pressed.get, timeout=30)
    assert (pressed.data, pressed.title) == ("promo-1", "Ambil promo")
    await expect(first.get_by_role("button", name="Ambil promo your choice")).to_be_visible()


async def _orders(ani: AppPerson, program: Program) -> None:
    await ani.say("katalog")
    offer = ani.page.get_by_role("log").get_by_role("article").filter(has_text="Silakan pilih").first
    await expect(offer).not_to_contain_text("Reply with its number")
    await offer.get_by_role("button", name="See 2 items").click()
    sheet = ani.page.get_by_role("dialog")
    await sheet.get_by_role("button", name="More Teh").dblclick()
    await expect(sheet.get_by_text("2 items · Total Rp16,000")).to_be_visible()
    await ani.look()
    await sheet.get_by_role("button", name="Send the order").click()
    order = await asyncio.to_thread(program.ordered.get, timeout=30)
    assert [(each.sku, each.quantity, each.price) for each in order.products] == [("Teh", 2, 8_000.0)]
    mine = ani.page.get_by_role("log").get_by_role("article").filter(has_text="Order").last
    await expect(mine).to_contain_text("Rp16,000")

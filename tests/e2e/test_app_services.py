"""A service in the app: who runs it, and its menus, which are pressed there and answered with a number elsewhere."""

import re
import time
from typing import Any
from urllib.parse import unquote

import nio
from playwright.async_api import Locator, expect

from amanat.core.key_statements import check
from amanat.gateway.bots.bodies import content_of_words
from amanat.gateway.bots.menus import asking, with_menu
from amanat.gateway.bots.model import Words
from amanat.gateway.flows.model import Option
from amanat.gateway.flows.session import Message, Said, Sent
from amanat.gateway.messages.contents import contents_of
from amanat.gateway.messages.hearing import hear
from tests.clients.nio_person import NioPerson
from tests.e2e.service import Service, master_key, published
from tests.e2e.web_app import PHONE, AppPerson
from tests.processes import AmanatProcess

_QUESTION = Message(
    text="Apakah ini *paspor pertama*?",
    options=(Option("yes", "Ya"), Option("no", "Bukan")),
    menu="first",
    hint="Balas dengan angka.",
)
_MENU = Message(
    text="Selamat datang di **Layanan Paspor (contoh)**.",
    options=(
        Option("status", "Status permohonan", "Dengan nomor permohonan dan tanggal lahir"),
        Option("fees", "Biaya"),
        Option("visit", "Buat janji temu"),
        Option("complaint", "Keluhan dan pujian"),
    ),
    menu="welcome",
    hint="Balas dengan angka.",
)


async def _says(office: NioPerson, room_id: str, message: Message) -> None:
    for content in contents_of(message):
        await office.send(room_id, content)


async def _hears(office: NioPerson, room_id: str, text: str) -> Said | Sent | None:
    """Return what a flow would hear of a message that says this."""
    event_id = await office.hears(room_id, text)
    events: list[Any] = office.events(room_id, nio.RoomMessageText)
    source = next(event.source for event in events if event.event_id == event_id)
    return hear(source["type"], source["content"])


def _message(ani: AppPerson, text: str) -> Locator:
    return ani.page.get_by_role("log").get_by_role("article").filter(has_text=text).first


async def _label_is(ani: AppPerson, line: str) -> None:
    await expect(ani.page.locator("header").get_by_role("link", name=line)).to_be_visible()


async def test_a_citizen_sees_who_runs_an_office_and_answers_its_menus(
    lab: AmanatProcess, ani: AppPerson, budi: NioPerson
) -> None:
    office = Service(budi)
    await office.publish_identity()
    await office.state(1, host="PT Contoh")
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await _turns_away(ani, office)
    await ani.page.get_by_role("button", name="Start chatting").click()
    await ani.page.get_by_role("button", name="Rather not").wait_for()
    await ani.page.get_by_role("button", name="Start chatting").click()
    await expect(ani.page.get_by_label("Write a message")).to_be_visible()
    room_id = unquote(re.findall(r"#/chats/([^/]+)", ani.page.url)[0])
    await budi.join(room_id)
    await _label_is(ani, "Run by PT Contoh for Budi: PT Contoh can read this")
    await ani.say("halo")
    await budi.hears(room_id, "halo")

    await _says(budi, room_id, _QUESTION)
    question = _message(ani, "Apakah ini paspor pertama?")
    await expect(question).not_to_contain_text("Balas dengan angka")
    await ani.look()
    await question.get_by_role("button", name="Bukan").press("Enter")
    assert await _hears(budi, room_id, "Bukan") == Said(text="Bukan", option="no", menu="first")
    await expect(question.get_by_role("button", name="Bukan your choice")).to_be_visible()
    await expect(question.get_by_role("button", name="Ya")).to_be_disabled()

    await _is_asked_for_a_number(ani, office, room_id)
    await ani.page.set_viewport_size(PHONE)
    await _says(budi, room_id, _MENU)
    menu = _message(ani, "Selamat datang di Layanan Paspor (contoh).")
    await menu.get_by_role("button", name="See 4 choices").click()
    await ani.look()
    await ani.page.get_by_role("dialog", name="Choices").get_by_role("button", name="Biaya").click()
    assert await _hears(budi, room_id, "Biaya") == Said(text="Biaya", option="fees", menu="welcome")
    await expect(menu.get_by_role("button", name="Biaya your choice")).to_be_visible()

    # Whoever writes a number has answered as well; when it was heard, the buttons have passed.
    await _says(budi, room_id, _QUESTION)
    await ani.say("2")
    assert await _hears(budi, room_id, "2") == Said(text="2")
    await _says(budi, room_id, Message(text="Baik."))
    last = ani.page.get_by_role("log").get_by_role("article").filter(has_text="Apakah ini paspor pertama?").last
    await expect(last).to_contain_text("These choices have passed.")
    await ani.look()

    await _another_host(ani, office, room_id)
    await _becomes_a_service(ani, budi, room_id)


async def _is_asked_for_a_number(ani: AppPerson, office: Service, room_id: str) -> None:
    """The host that runs a service will know it, too."""
    words = Words(text="Boleh tahu nomornya?")
    content = with_menu(content_of_words(words), words, choices=[asking("phone")], number=1, numbered=True)
    await office.person.send(room_id, content)
    await _message(ani, "Boleh tahu nomornya?").get_by_role("button", name="Share phone number").click()
    sheet = ani.page.get_by_role("dialog", name="Share your phone number?")
    await expect(sheet).to_contain_text("Budi will know your phone number, and so will PT Contoh, who run it.")
    await ani.look()
    await sheet.get_by_role("button", name="Share number").click()
    event_id = await office.person.hears(room_id, "I shared my phone number.")
    events: list[Any] = office.person.events(room_id, nio.RoomMessageText)
    said = next(event for event in events if event.event_id == event_id)
    assert said.source["content"]["id.amanat.shared"] == "phone"
    assert await office.reads_number(said.sender) == "+6281234567890"


async def _becomes_a_service(ani: AppPerson, budi: NioPerson, room_id: str) -> None:
    """Sign in the app what Python then believes."""
    await ani.page.goto(f"{ani.url}/#/me/devices")
    await ani.page.get_by_role("link", name="Make this account a service").click()
    await ani.page.get_by_label("What it is for").fill("Menjawab pesan")
    await ani.page.get_by_role("button", name="Sign and publish").click()
    await expect(ani.page.get_by_text("Published.")).to_be_visible()
    await expect(ani.page.get_by_text("Good until")).to_be_visible()
    await ani.look()
    (ani_id,) = (user_id for user_id in budi.client.rooms[room_id].users if user_id != budi.user_id)
    verdict = check(
        await published(budi, ani_id),
        user_id=ani_id,
        master_key=await master_key(budi, ani_id),
        now_ms=int(time.time() * 1000),
        seen_seq=0,
    )
    assert verdict.fault is None
    assert verdict.statement is not None
    assert [device.purpose for device in verdict.statement.devices] == ["Menjawab pesan"]


async def _turns_away(ani: AppPerson, office: Service) -> None:
    """Look at who runs an office, and leave it at that: the office has heard of nothing."""
    await ani.page.get_by_role("button", name="New chat").click()
    await ani.page.get_by_label("User name", exact=True).fill("budi")
    await ani.page.get_by_role("button", name="Start chatting").click()
    sheet = ani.page.get_by_role("dialog", name="New chat")
    await expect(sheet.get_by_text("Run by PT Contoh for Budi: PT Contoh can read this")).to_be_visible()
    await ani.look()
    await sheet.get_by_role("button", name="Rather not").click()
    heard = await office.hears_of()
    assert not any(heard.get("rooms", {}).values())
    assert not heard.get("to_device", {}).get("events")
    assert heard.get("device_lists", {}).get("changed", []) in ([], [office.person.user_id])


async def _another_host(ani: AppPerson, office: Service, room_id: str) -> None:
    budi = office.person
    await office.state(2, host="PT Lain")
    await ani.page.reload()
    await _label_is(ani, "Run by PT Lain for Budi: PT Lain can read this")
    told = ani.page.get_by_role("log").get_by_text("Budi is run by PT Lain now: PT Lain can read this")
    await expect(told).to_be_visible()

    # Another device, which the office's identity vouches for, and its statement does not name.
    tablet = await budi.new_device()
    await office.vouch_for(tablet)
    await _label_is(ani, "Budi does not say who runs one of its devices. Your messages are held back.")
    await ani.look()
    await ani.say("tanpa tablet")
    await ani.page.get_by_role("button", name="Send without it").click()
    held = await budi.hears(room_id, "tanpa tablet")
    await tablet.until(lambda: held in _unreadable(tablet, room_id) or None, "gets a message that it cannot read")

    # A server that hands out what is over.
    await office.state(1, host="PT Contoh")
    await ani.page.reload()
    await _label_is(ani, "Budi does not say rightly who can read this. Your messages are held back.")
    await ani.about()
    holders = ani.page.get_by_role("region", name="Who holds the keys")
    await expect(holders.get_by_text("The server hands out something older")).to_be_visible()
    await expect(holders.get_by_text("run by PT Lain in Singapore: Menu")).to_be_visible()
    await ani.look()
    await holders.get_by_role("button", name="Send anyway").click()
    await ani.page.get_by_role("link", name="Close").click()
    await ani.say("lanjut")
    await budi.hears(room_id, "lanjut")


def _unreadable(person: NioPerson, room_id: str) -> list[str]:
    return [event.event_id for event in person.events(room_id, nio.MegolmEvent)]

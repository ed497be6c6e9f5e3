"""Links that bring words along: they start a service or prepare a message, and send nothing before somebody presses."""

import re
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote

import nio
import pytest
from playwright.async_api import expect

from tests.clients.nio_person import NioPerson
from tests.e2e.service import Service
from tests.e2e.web_app import PHONE, AppPerson

_RUN_BY = "Run by PT Contoh for Budi: PT Contoh can read this"


@pytest.fixture
async def office(budi: NioPerson) -> Service:
    """Budi's office, which states who runs it."""
    office = Service(budi)
    await office.publish_identity()
    await office.state(1, host="PT Contoh")
    return office


def _room_id(person: AppPerson) -> str:
    return unquote(re.findall(r"#/chats/([^/]+)", person.page.url)[0])


async def test_a_link_starts_a_service_once_somebody_presses(ani: AppPerson, office: Service, tmp_path: Path) -> None:
    budi, page = office.person, ani.page
    # Who has no account yet comes back to the link.
    await page.goto(f"{ani.url}/#/u/budi?start=ktp_2026")
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await expect(page.get_by_text(_RUN_BY)).to_be_visible()
    await expect(page.get_by_text("/start ktp_2026")).to_be_visible()
    await ani.look(tmp_path / "wide.png")
    await page.set_viewport_size(PHONE)
    await ani.look(tmp_path / "phone.png")
    await page.set_viewport_size({"width": 1440, "height": 900})
    # Looking is not told to anybody.
    assert not any((await office.hears_of()).get("rooms", {}).values())

    await page.get_by_role("button", name="Start", exact=True).press("Enter")
    await expect(page.get_by_label("Write a message")).to_have_text("")
    room_id = _room_id(ani)
    await budi.join(room_id)
    await budi.hears(room_id, "/start ktp_2026")

    # Where there is a chat, it is said there: once for each press.
    await page.goto(f"{ani.url}/#/u/budi?start=sim")
    await expect(page.get_by_text("They know nothing of you yet")).to_have_count(0)
    await page.get_by_role("button", name="Start", exact=True).click()
    await budi.hears(room_id, "/start sim")
    assert _room_id(ani) == room_id
    said = [event.body for event in budi.events(room_id, nio.RoomMessageText)]
    assert said == ["/start ktp_2026", "/start sim"]


async def test_a_link_prepares_a_message_that_nobody_has_sent(ani: AppPerson, office: Service, tmp_path: Path) -> None:
    budi, page = office.person, ani.page
    prompts = ["Berapa biaya paspor?", "Di mana kantor yang paling dekat dari rumah, dan jam berapa bukanya?"]
    await office.says({"v": 1, "about": {}, "commands": {}, "prompts": prompts})
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    words = "Halo, saya mau tanya:\nbiaya / syarat?"
    await page.goto(f"{ani.url}/#/u/budi?text={quote(words)}")
    await expect(page.get_by_text("This link prepares a message.")).to_be_visible()
    await ani.look(tmp_path / "text.png")
    await page.get_by_role("button", name="Start chatting").click()
    field = page.get_by_label("Write a message")
    await expect(field).to_have_text(words)
    room_id = _room_id(ani)
    await budi.join(room_id)

    # A second link keeps what was begun; the same one changes nothing.
    for _ in range(2):
        await page.goto(f"{ani.url}/#/u/budi?text=Terima+kasih")
        await expect(field).to_have_text(f"{words}\nTerima kasih")
    assert budi.events(room_id, nio.RoomMessageText) == []
    await _begins_by_a_prompt(ani, prompts, tmp_path)
    await budi.hears(room_id, prompts[0])
    await expect(field).to_have_text(f"{words}\nTerima kasih")
    await field.press("Enter")
    await budi.hears(room_id, f"{words}\nTerima kasih")
    # A service sees how far one has read, as everybody does whom one lets.
    writer = budi.events(room_id, nio.RoomMessageText)[0].sender
    answer = await budi.say(room_id, "Biayanya 350 ribu.")
    await expect(page.get_by_role("log").get_by_text("Biayanya 350 ribu.")).to_be_visible()
    await budi.sees_read(room_id, answer, by=writer)

    # In a chat such a link opens here, and one with a payload that no bot could have made says nothing.
    await ani.say(f"{ani.url}/#/u/budi?text=Satu+lagi")
    await page.get_by_role("log").get_by_role("link", name="Satu+lagi").click()
    await expect(field).to_have_text("Satu lagi")
    await page.goto(f"{ani.url}/#/u/budi?start=satu%20dua")
    await expect(page.get_by_role("heading", name="Link")).to_be_visible()
    await expect(page.get_by_text("/start")).to_have_count(0)


async def _begins_by_a_prompt(ani: AppPerson, prompts: list[str], pictures: Path) -> None:
    """Take one of what the service offers, with the keyboard: it is said at once, and then nothing is offered."""
    page = ani.page
    offered = page.get_by_role("region", name="Begin by asking")
    await expect(offered.get_by_role("button")).to_have_text(prompts)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        await ani.look(pictures / f"prompts_{scheme}.png")
    await page.set_viewport_size(PHONE)
    await ani.look(pictures / "prompts_phone.png")
    await page.set_viewport_size({"width": 1440, "height": 900})
    await page.emulate_media(color_scheme="light")
    await offered.get_by_role("button", name=prompts[0]).press("Enter")
    await expect(offered).to_have_count(0)
    await expect(page.get_by_label("Write a message")).to_be_focused()


async def test_nobody_says_start_to_a_person_without_seeing_it(ani: AppPerson, budi: NioPerson) -> None:
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await ani.page.goto(f"{ani.url}/#/u/{budi.user_id[1:].partition(':')[0]}?start=ktp")
    await ani.page.get_by_role("button", name="Start chatting").click()
    await expect(ani.page.get_by_label("Write a message")).to_have_text("/start ktp")
    await ani.page.goto(f"{ani.url}/#/u/tidakada?text=halo")
    await expect(ani.page.get_by_text("Nobody has this user name.")).to_be_visible()


async def test_a_bot_says_what_it_is_for_and_what_it_knows(ani: AppPerson, office: Service, tmp_path: Path) -> None:
    budi, page = office.person, ani.page
    start, fees = {"name": "start", "hint": "Mulai"}, {"name": "biaya", "hint": "Berapa biayanya"}
    said = {
        "v": 1,
        "about": {"": "Menjawab soal paspor.", "en": "Answers about passports."},
        "commands": {"": [start, fees], "en": [start | {"hint": "Begin"}]},
        "prompts": [],
    }
    await office.says(said)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_label("User name", exact=True).fill("budi")
    await page.get_by_role("button", name="Start chatting").click()
    sheet = page.get_by_role("dialog", name="New chat")
    await expect(sheet.get_by_text("Answers about passports.")).to_be_visible()
    await ani.look(tmp_path / "about.png")
    await sheet.get_by_role("button", name="Start", exact=True).click()
    field = page.get_by_label("Write a message")
    await expect(field).to_be_visible()
    room_id = _room_id(ani)
    await budi.join(room_id)
    await budi.hears(room_id, "/start")

    await field.press_sequentially("/")
    known = page.get_by_role("listbox", name="What this service answers")
    await expect(known.get_by_role("option", name="/start Begin")).to_be_visible()
    await ani.look(tmp_path / "commands.png")
    await field.press("ArrowDown")
    await expect(known.get_by_role("option", name="/biaya")).to_have_attribute("aria-selected", "true")
    await page.set_viewport_size(PHONE)
    await ani.look(tmp_path / "commands_phone.png")
    await field.press("Enter")
    await expect(field).to_have_text("/biaya ")
    await expect(known).to_have_count(0)
    await field.press_sequentially("48")
    await field.press("Enter")
    await budi.hears(room_id, "/biaya 48")


async def test_a_bots_link_into_a_group_goes_with_the_request_and_through_signing_up(
    ani: AppPerson, budi: NioPerson, tmp_path: Path
) -> None:
    page, (first, second) = ani.page, ("AAAAAAAAAAAAAAAAAAAA_-", "BBBBBBBBBBBBBBBBBBBB_-")
    room_id = await budi.create_room(invite=[])
    await budi.client.room_put_state(room_id, "m.room.join_rules", {"join_rule": "knock"})

    async def asks() -> tuple[str, str]:
        """Return who asks to join, and what they say."""
        state = (await budi.client.room_get_state(room_id)).events
        members = [each for each in state if each["type"] == "m.room.member"]
        (found,) = [each for each in members if each["content"]["membership"] == "knock"]
        return str(found["state_key"]), str(found["content"]["reason"])

    await page.goto(f"{ani.url}/#/join/{quote(room_id)}?link={first}")
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await expect(page.get_by_text(first)).to_have_count(0)
    await ani.look(tmp_path / "wide.png")
    await page.get_by_role("button", name="Ask to join").click()
    await expect(page.get_by_text("Your request was sent")).to_be_visible()
    who, said = await asks()
    assert said == f"link={first}"

    # Whoever was turned away may come by another link.
    await budi.client.room_kick(room_id, who)
    await page.goto(f"{ani.url}/#/join/{quote(room_id)}?link={second}")
    await page.get_by_role("button", name="Ask to join").click()
    await expect(page.get_by_text("Your request was sent")).to_be_visible()
    assert await asks() == (who, f"link={second}")

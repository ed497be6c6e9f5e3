"""Several messages at once: chosen by pointer and by keyboard, passed on to so many chats and no more, deleted."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

import nio
import pytest
from playwright.async_api import Locator, Playwright, expect

from tests.clients import nio_person
from tests.clients.nio_person import NioPerson
from tests.e2e.web_app import PHONE, AppPerson
from tests.processes import AmanatProcess

_PATIENCE_MS: Final = 20_000
_CHATS_AT_ONCE: Final = 5
_MANY_TIMES: Final = 5


@pytest.fixture
async def ani(playwright: Playwright, url: str) -> AsyncIterator[AppPerson]:
    """Ani, who uses the app on a phone."""
    person = await AppPerson.arrive(playwright, url, view=PHONE)
    await person.sign_up(number="+6281234567890", handle="ani", name="Ani")
    yield person
    assert person.strange == []
    await person.leave()


@pytest.fixture
async def budi(lab: AmanatProcess, tmp_path: Path) -> AsyncIterator[NioPerson]:
    """Budi, whose app cannot be checked, and who is met in many chats."""
    async with await NioPerson.register(lab.url, "budi", tmp_path / "nio") as person:
        yield person


async def _another_chat(ani: AppPerson, budi: NioPerson, name: str) -> str:
    """Bring both into another chat."""
    (ani_id,) = {user for room in budi.client.rooms.values() for user in room.users} - {budi.user_id}
    encryption = nio.EnableEncryptionBuilder().as_dict()
    made = await budi.client.room_create(name=name, invite=[ani_id], initial_state=[encryption])
    room = str(nio_person.expect(nio.RoomCreateResponse, made).room_id)
    await budi.until(lambda: room in budi.client.rooms or None, f"sees {name}")
    await expect(ani.page.get_by_role("listitem").filter(has_text=name)).to_be_visible(timeout=_PATIENCE_MS)
    await ani.page.goto(f"{ani.url}/#/chats/{quote(room)}")
    await ani.page.get_by_role("button", name="Accept").click()
    await expect(ani.page.get_by_label("Write a message")).to_be_visible(timeout=_PATIENCE_MS)
    await ani.page.goto(f"{ani.url}/#/chats")
    return room


def _message(ani: AppPerson, text: str) -> Locator:
    return ani.page.get_by_role("log").get_by_role("article").filter(has_text=text)


async def _begin_to_choose(ani: AppPerson, text: str) -> None:
    await _message(ani, text).click(button="right")
    await ani.page.get_by_role("menuitem", name="Choose several").click()


async def _delete_with_the_keyboard(ani: AppPerson) -> None:
    """Choose two of one's own with the keyboard alone, think better of it, choose again and delete them."""
    page = ani.page
    await page.get_by_role("log").focus()
    await page.keyboard.press("Home")
    await expect(_message(ani, "satu")).to_be_focused()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Space")
    await expect(page.get_by_role("status").filter(has_text="2 messages chosen")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Write a message")).to_be_visible()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Space")
    await page.get_by_role("button", name="Delete for everybody").press("Enter")
    await page.get_by_role("dialog").get_by_role("button", name="Delete for everybody").press("Enter")
    await expect(_message(ani, "This message was deleted")).to_have_count(2, timeout=_PATIENCE_MS)


async def test_several_messages_are_passed_on_and_deleted_together(ani: AppPerson, budi: NioPerson) -> None:
    page = ani.page
    await ani.start_chat("budi")
    place = page.url
    first = unquote(place.split("#/chats/")[1])
    await budi.join(first)
    await page.get_by_role("button", name="Send anyway").click(timeout=_PATIENCE_MS)
    await page.goto(f"{ani.url}/#/chats")
    rooms = [await _another_chat(ani, budi, f"Grup {number}") for number in range(_CHATS_AT_ONCE)]

    await page.goto(place)
    for text in ("satu", "dua", "tiga"):
        await ani.say(text)
    await expect(_message(ani, "tiga")).to_contain_text("Sent", timeout=_PATIENCE_MS)
    await ani.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await _message(ani, "satu").click(button="right")
    await page.get_by_role("menuitem", name="Copy text").click()
    await expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == "satu"
    await _begin_to_choose(ani, "satu")
    await _message(ani, "dua").click()
    chosen = page.get_by_role("group", name="2 messages chosen")
    await ani.look()

    # To five chats at once and no more; in each they come in the order in which they were said.
    await chosen.get_by_role("button", name="Forward").click()
    boxes = page.get_by_role("dialog").get_by_role("checkbox")
    for number in range(_CHATS_AT_ONCE):
        await page.get_by_role("dialog").get_by_role("checkbox", name=f"Grup {number}").check()
    await expect(boxes.and_(page.locator(":disabled"))).to_have_count(1)
    await ani.look()
    await page.get_by_role("button", name=f"Forward to {_CHATS_AT_ONCE} chats").click()
    for room in rooms:
        await budi.hears(room, "dua")
        assert [text for _, text in await budi.heard(room)] == ["satu", "dua"]

    # What went through many hands goes to one chat, and so do others together with it.
    often = {"msgtype": "m.text", "body": "kabar berantai", "id.amanat.forwarded": {"depth": _MANY_TIMES}}
    await budi.send(first, often)
    await expect(_message(ani, "kabar berantai")).to_contain_text("Forwarded many times", timeout=_PATIENCE_MS)
    await _begin_to_choose(ani, "kabar berantai")
    await _message(ani, "tiga").click()
    await page.get_by_role("button", name="Forward").click()
    await expect(page.get_by_role("dialog")).to_contain_text("it goes to one chat only")
    await page.get_by_role("dialog").get_by_role("checkbox", name="Grup 0").check()
    await expect(boxes.and_(page.locator(":disabled"))).to_have_count(_CHATS_AT_ONCE)
    await page.get_by_role("button", name="Forward to 1 chat").click()
    await budi.hears(rooms[0], "kabar berantai")

    await _delete_with_the_keyboard(ani)
    await expect(_message(ani, "tiga")).to_have_count(1)

"""Who can read a chat: each label is right, changes while one looks, and what it promises is kept."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote

import nio
import pytest
from playwright.async_api import Locator, Playwright, async_playwright, expect

from tests.clients import nio_person
from tests.clients.js_person import JsHost, JsPerson
from tests.clients.nio_person import NioPerson
from tests.e2e.web_app import PHONE, AppPerson
from tests.processes import AmanatProcess

_PATIENCE_MS = 20_000
_PASSWORD = "correct horse battery staple"  # Of everybody at a js-sdk client.


@pytest.fixture
async def ani(lab: AmanatProcess) -> AsyncIterator[AppPerson]:
    """Somebody with the app."""
    async with async_playwright() as playwright:
        ani = await _arrive(playwright, lab)
        await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
        yield ani
        assert ani.strange == []
        await ani.leave()


@pytest.fixture
async def bot(lab: AmanatProcess, tmp_path: Path) -> AsyncIterator[NioPerson]:
    """Somebody whose app has no identity to check."""
    async with await NioPerson.register(lab.url, "bot", tmp_path / "nio") as bot:
        yield bot


@pytest.fixture
async def js_host(tmp_path: Path) -> AsyncIterator[JsHost]:
    """Where people at other apps live."""
    host = await JsHost.start(tmp_path)
    yield host
    await host.close()


async def _arrive(playwright: Playwright, lab: AmanatProcess) -> AppPerson:
    return await AppPerson.arrive(playwright, lab.url.replace("127.0.0.1", "localhost"))


async def _label_is(person: AppPerson, line: str) -> None:
    """See a line in the header of the open chat, and as the name of the mark in the list."""
    link = person.page.locator("header").get_by_role("link", name=line)
    await expect(link).to_be_visible(timeout=_PATIENCE_MS)


def _message(person: AppPerson, text: str) -> Locator:
    articles = person.page.get_by_role("log").get_by_role("article")
    return articles.filter(has=person.page.get_by_text(text, exact=True))


def _unreadable(person: NioPerson, room: str) -> list[str]:
    return [event.event_id for event in person.events(room, nio.MegolmEvent)]


def _room(person: AppPerson) -> str:
    return unquote(person.page.url.split("#/chats/")[1].split("/")[0])


async def test_an_unknown_device_holds_messages_back_and_so_do_changed_keys(
    lab: AmanatProcess, ani: AppPerson, js_host: JsHost, tmp_path: Path
) -> None:
    citra = await JsPerson.register(js_host, lab.url, "citra")
    await citra.set_up_recovery()
    await ani.start_chat("citra")
    room = _room(ani)
    await citra.join(room)
    await _label_is(ani, "Only you and citra can read this")
    await ani.say("satu")
    await citra.hears(room, "satu")

    tablet = await citra.new_device()
    await _label_is(ani, "Your messages are held back: there is an unknown device")
    await ani.page.locator("header").get_by_role("link", name="Your messages are held back").click()
    await expect(ani.page.get_by_text("Unknown: it gets none of your messages")).to_be_visible()
    beside = ani.page.get_by_role("region", name="What changed lately")
    await expect(beside.get_by_text("citra joined")).to_be_visible()
    await ani.look()
    await ani.say("dua")
    await expect(_message(ani, "dua")).to_contain_text("Held back")
    # Whoever waits has nothing more to do once another device has vouched for it.
    await tablet.vouch_for_itself()
    await _label_is(ani, "Only you and citra can read this")
    await tablet.hears(room, "dua")

    async with await NioPerson.log_in(lab.url, "citra", _PASSWORD, tmp_path / "nio") as robot:
        await _label_is(ani, "Your messages are held back: there is an unknown device")
        await ani.say("tiga")
        await expect(_message(ani, "tiga")).to_contain_text("Held back")
        assert "tiga" not in [text for _, text in await citra.heard(room)]
        await ani.page.get_by_role("region", name="Your messages are held back").get_by_role("button").click()
        told = await citra.hears(room, "tiga")
        await robot.until(lambda: told in _unreadable(robot, room) or None, "gets a message that it cannot read")
        await _label_is(ani, "Without citra's unknown device")
        await ani.page.reload()
        await ani.say("tiga lagi")
        await citra.hears(room, "tiga lagi")

    await citra.reset_identity()
    await _label_is(ani, "citra's keys have changed. Your messages are held back.")
    await ani.say("empat")
    await ani.look()
    assert "empat" not in [text for _, text in await citra.heard(room)]
    notice = ani.page.get_by_role("region", name="Your messages are held back")
    await notice.get_by_role("button", name="Go on sending").click()
    await notice.get_by_role("button", name="Send without it").click()
    await citra.hears(room, "empat")

    await ani.page.get_by_role("button", name="Compare numbers").click()
    await expect(ani.page.get_by_role("dialog").get_by_role("listitem")).to_have_count(12)
    await ani.look()
    await ani.page.get_by_role("button", name="The numbers are the same").click()
    await expect(ani.page.get_by_text("You have compared numbers")).to_be_visible()


async def test_an_app_that_cannot_be_checked_is_asked_about_once(ani: AppPerson, bot: NioPerson) -> None:
    await ani.start_chat("bot")
    room = _room(ani)
    await bot.join(room)
    await _label_is(ani, "bot's app cannot be checked. Your messages are held back.")
    await ani.say("halo bot")
    await ani.page.set_viewport_size(PHONE)
    await ani.look()
    await ani.page.get_by_role("button", name="Send anyway").click()
    await bot.hears(room, "halo bot")
    await _label_is(ani, "bot's app cannot be checked")
    await ani.page.reload()
    await ani.say("sekali lagi")
    await bot.hears(room, "sekali lagi")

    (ani_id,) = (user_id for user_id in bot.client.rooms[room].users if user_id != bot.user_id)
    made = await bot.client.room_create(preset=nio.RoomPreset.public_chat, name="Pasar", invite=[ani_id])
    public = nio_person.expect(nio.RoomCreateResponse, made).room_id
    await ani.page.goto(f"{ani.url}/#/chats/{public}")
    await ani.page.get_by_role("button", name="Accept").click(timeout=_PATIENCE_MS)
    await _label_is(ani, "Public: anybody can read this")
    await ani.look()

    # A community holds that one and others together; it has a place of its own.
    belongs = {"type": "m.space.child", "state_key": public, "content": {"via": ["localhost"]}}
    made = await bot.client.room_create(space=True, name="RT 05", invite=[ani_id], initial_state=[belongs])
    nio_person.expect(nio.RoomCreateResponse, made)
    await ani.page.goto(f"{ani.url}/#/chats")
    await ani.open_chat("RT 05")
    await ani.page.get_by_role("button", name="Accept").click()
    community = ani.page.get_by_role("region", name="RT 05")
    await expect(community.get_by_role("link", name="Pasar")).to_be_visible(timeout=_PATIENCE_MS)
    await ani.look()

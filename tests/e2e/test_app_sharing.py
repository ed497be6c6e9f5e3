"""A bot asks for a phone number and a place: people share them in the app, see who knows, and take it back."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.bot_program import BotProgram
from tests.e2e.conftest import GATEWAY
from tests.e2e.web_app import PHONE, AppPerson
from tests.processes import AmanatProcess

pytestmark = GATEWAY

BOT: Final = "bot-telegram"
NUMBER: Final = "+6281234567890"
ROWS: Final = [
    [{"text": "Nomor saya", "request_contact": True}],
    [{"text": "Tempat saya", "request_location": True}],
    [{"text": "Tidak"}],
]


@pytest.fixture
async def program(lab: AmanatProcess) -> AsyncIterator[BotProgram]:
    """The program of the lab's Telegram bot."""
    program = BotProgram(lab)
    yield program
    await program.close()


@pytest.fixture
async def ani(ani: AppPerson) -> AppPerson:
    """Ani, whose phone knows where she is."""
    await ani.context.grant_permissions(["geolocation"])
    await ani.context.set_geolocation({"latitude": -6.2, "longitude": 106.8, "accuracy": 20})
    return ani


async def test_somebody_shares_their_number_and_their_place(
    ani: AppPerson, program: BotProgram, tmp_path: Path
) -> None:
    await ani.sign_up(number=NUMBER, handle="ani", name="Ani")
    page = ani.page
    chat = await _begins(ani, program)
    await program.call("sendMessage", chat_id=chat, text="Siapa Anda?", reply_markup={"keyboard": ROWS})
    asked = _message(ani, "Siapa Anda?")
    button = asked.get_by_role("button", name="Nomor saya")
    await button.press("Enter")
    sheet = page.get_by_role("dialog", name="Share your phone number?")
    await expect(sheet).to_contain_text("Bot telegram, and whoever runs it, will know your phone number.")
    await expect(sheet).to_contain_text("90")
    await expect(sheet).not_to_contain_text(NUMBER)
    await ani.look()
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await expect(button).to_be_focused()
    await button.press("Enter")
    await sheet.get_by_role("button", name="Share number").press("Enter")
    await expect(sheet).to_be_hidden()
    message = await program.hears()
    assert message["contact"] == {
        "phone_number": NUMBER[1:],
        "first_name": "Ani",
        "user_id": message["from"]["id"],
    }
    await expect(asked.get_by_role("button", name="Nomor saya your choice")).to_be_visible()
    await expect(_message(ani, "I shared my phone number.")).to_be_visible()
    await ani.look()

    await page.set_viewport_size(PHONE)
    await page.emulate_media(color_scheme="dark")
    await program.call("sendMessage", chat_id=chat, text="Di mana?", reply_markup={"keyboard": ROWS})
    await _message(ani, "Di mana?").get_by_role("button", name="Nomor saya").click()
    await expect(sheet.get_by_role("button", name="Share number")).to_be_visible()
    await ani.look()
    await sheet.get_by_role("button", name="Not now").click()
    await _message(ani, "Di mana?").get_by_role("button", name="Tempat saya").click()
    await page.get_by_role("dialog", name="Send where you are").get_by_role("button", name="Send").click()
    place = (await program.hears())["location"]
    assert (place["latitude"], place["longitude"]) == (-6.2, 106.8)
    await expect(_message(ani, "Di mana?").get_by_role("button", name="Tempat saya your choice")).to_be_visible()
    await ani.look()

    await program.call("sendMessage", chat_id=chat, text="Lagi?", reply_markup={"keyboard": ROWS})
    await _message(ani, "Lagi?").get_by_role("button", name="Tidak").click()
    assert (await program.hears())["text"] == "Tidak"
    _stands_nowhere(tmp_path)
    await _takes_it_back(ani)


async def _takes_it_back(ani: AppPerson) -> None:
    """See on the server's page who has read the number, and let them read it no more."""
    page = ani.page
    await page.goto(f"{ani.url}/_amanat/account/readers")
    main = page.get_by_role("main")
    await expect(main).to_contain_text("Bot telegram (@bot-telegram:")
    await expect(main).to_contain_text("You shared it in this chat.")
    await expect(main).to_contain_text("phone number, all of it")
    await ani.look()
    await main.get_by_role("button", name=re.compile("Take it back")).click()
    await expect(main).to_contain_text("what was read, they know")
    await expect(main).to_contain_text("You allow nobody.")


async def _begins(ani: AppPerson, program: BotProgram) -> int:
    page = ani.page
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_label("User name", exact=True).fill(BOT)
    await page.get_by_role("button", name="Start chatting").click()
    await page.get_by_role("button", name="Rather not").wait_for()
    await page.get_by_role("button", name="Start chatting").click()
    await expect(page.get_by_label("Write a message")).to_be_visible()
    await ani.say("/start")
    return int((await program.hears())["chat"]["id"])


def _message(ani: AppPerson, text: str) -> Locator:
    return ani.page.get_by_role("log").get_by_role("article").filter(has_text=re.compile(text)).first


def _stands_nowhere(folder: Path) -> None:
    """The server keeps the number sealed, as before, and the gateway what it was told: nobody else writes it down."""
    written = [file for file in (folder / "data").rglob("*") if file.is_file()] + [folder / "lab.log"]
    assert written
    digits = NUMBER.removeprefix("+62").encode()
    assert [file for file in written if digits in file.read_bytes()] == []

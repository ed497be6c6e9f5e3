"""A bot that is brought into a group learns its name, which travels encrypted, and when that changes."""

from typing import Final

from playwright.async_api import expect

from tests.clients.nio_person import NioPerson
from tests.e2e.bot_program import BotProgram
from tests.e2e.conftest import GATEWAY
from tests.e2e.service import Service
from tests.e2e.web_app import AppPerson
from tests.processes import AmanatProcess

pytestmark = GATEWAY

NAME: Final = "Keluarga"
BOT_ID: Final = "@bot-telegram:localhost"
NEW_NAME: Final = "Keluarga besar"


async def test_a_bot_knows_what_its_group_is_called(ani: AppPerson, budi: NioPerson, lab: AmanatProcess) -> None:
    await Service(budi).publish_identity()
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    page, program = ani.page, BotProgram(lab)
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_role("button", name="New group").click()
    await page.get_by_label("Name of the group").fill(NAME)
    await page.get_by_label("Add by user name").fill("budi")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_role("button", name="Budi")).to_be_visible()
    await page.get_by_role("button", name="Make the group").click()
    log = page.get_by_role("log")
    await expect(log.get_by_text(f"You named this chat “{NAME}”")).to_be_visible()
    (room_id,) = await budi.until(lambda: list(budi.client.invited_rooms) or None, "is invited")
    await budi.join(room_id)

    await page.goto(f"{ani.url}/#/chats/{room_id}/group")
    await _brings_in(ani)
    await budi.until(lambda: BOT_ID in budi.client.rooms[room_id].users or None, "sees the bot")
    await budi.say(room_id, "/halo")
    where = (await program.hears())["chat"]["id"]
    await program.until(lambda about: about["title"] == NAME, "getChat", chat_id=where)
    await _renames(ani)
    renamed = await program.hears()
    assert (renamed["new_chat_title"], renamed["chat"]["title"]) == (NEW_NAME, NEW_NAME)
    assert renamed["chat"]["id"] == where

    await page.goto(f"{ani.url}/#/chats/{room_id}")
    await expect(log.get_by_text(f"You named this chat “{NEW_NAME}”")).to_be_visible()
    await expect(log.get_by_text("You named this chat")).to_have_count(2)
    await ani.look()
    await program.close()


async def _brings_in(ani: AppPerson) -> None:
    page = ani.page
    await page.get_by_role("button", name="Invite somebody").click()
    sheet = page.get_by_role("dialog", name="Invite somebody")
    await sheet.get_by_label("User name").fill("bot-telegram")
    await sheet.get_by_role("button", name="Invite", exact=True).click()
    await page.get_by_role("button", name="Bring into the group").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def _renames(ani: AppPerson) -> None:
    page = ani.page
    await page.get_by_role("button", name="Change picture, name and description").click()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_label("Name of the group").fill(NEW_NAME)
    await sheet.get_by_role("button", name="Save").click()
    await expect(sheet).to_be_hidden()

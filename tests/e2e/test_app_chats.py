"""The list of chats: what is set for each, strangers' invitations, and groups whose names the server cannot read."""

import asyncio
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, Playwright, expect

from tests import processes
from tests.e2e.web_app import PHONE, AppPerson
from tests.processes import AmanatProcess

ANI: Final = "+6281234567890"
BUDI: Final = "+6281234567891"
CITRA: Final = "+6281234567892"
# Nothing else in the world says these.
NAME: Final = "Arisan Melati 73915"
RENAMED: Final = "Arisan Kenanga 28461"
TOPIC: Final = "Iuran bulanan 55702"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder that the server writes to."""
    return tmp_path


@pytest.fixture
def lab(data: Path) -> Iterator[AmanatProcess]:
    """A lab that serves the built app, with the gate closed as on any other server."""
    with processes.lab(data, "--gate") as process:
        yield process


async def _menu(person: AppPerson, chat: str, act: str) -> None:
    """Choose something from a chat's menu, as with a long press."""
    await person.page.get_by_role("listitem").filter(has_text=chat).click(button="right")
    await person.page.get_by_role("dialog").get_by_role("button", name=act, exact=True).click()


async def _sign_in(person: AppPerson, *, number: str, unlock_code: str) -> None:
    """Open an account on a device that has nothing of it yet, with the code that was kept."""
    page = person.page
    await page.get_by_role("button", name="I have an account").click()
    await page.get_by_label("Phone number").fill(number)
    await page.get_by_role("button", name="Send the code").click()
    await page.get_by_label("Code from the SMS").fill(await person.code(number))
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Message unlock code").fill(unlock_code)
    await page.get_by_role("button", name="Open").click()
    await expect(page.get_by_role("heading", name="Chats", exact=True)).to_be_visible(timeout=30_000)


async def test_a_strangers_invitation_shows_nothing_of_them(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number=ANI, handle="ani", name="Ani Kurang Ajar")
    budi = await AppPerson.arrive(playwright, url, view=PHONE)
    await budi.sign_up(number=BUDI, handle="budi", name="Budi")

    await ani.start_chat("budi")
    await ani.say("halo Budi")
    requests = budi.page.get_by_role("link", name="Requests")
    await expect(requests).to_be_visible()
    await expect(budi.page.get_by_role("listitem")).to_have_count(0)
    await requests.click()
    await budi.look()
    await budi.page.get_by_role("listitem").get_by_role("link").click()
    await expect(budi.page.get_by_role("button", name="Block")).to_be_visible()
    await expect(budi.page.get_by_text("Kurang Ajar")).to_have_count(0)
    await budi.look()

    await budi.page.get_by_role("button", name="Report").click()
    await budi.page.get_by_label("What is wrong?").fill("tidak sopan")
    await budi.page.get_by_role("button", name="Send the report").click()
    await expect(budi.page.get_by_text("Report sent.")).to_be_visible()
    await budi.page.keyboard.press("Escape")
    await budi.page.get_by_role("button", name="Block").click()
    await expect(budi.page.get_by_role("heading", name="Chats", exact=True)).to_be_visible()
    await expect(requests).to_have_count(0)
    # Not even there.
    await budi.page.goto(f"{url}/#/me/privacy")
    await expect(budi.page.get_by_role("list", name="People you have blocked").get_by_role("listitem")).to_be_visible()
    await expect(budi.page.get_by_text("Kurang Ajar")).to_have_count(0)
    await budi.page.goto(f"{url}/#/chats")

    citra = await AppPerson.arrive(playwright, f"{url}")
    # The link outlives the way over the server's pages.
    await citra.page.goto(f"{url}/#/u/budi")
    await citra.sign_up(number=CITRA, handle="citra", name="Citra")
    await citra.page.get_by_role("button", name="Start chatting").click()
    await expect(citra.page.get_by_label("Write a message")).to_be_visible()
    await budi.open_chat("Citra")
    await budi.page.get_by_role("button", name="Accept").click()
    await expect(budi.page.get_by_role("heading", name="Citra")).to_be_visible()
    for person in (ani, budi, citra):
        assert person.strange == []
        await person.leave()


async def test_what_is_set_for_a_chat_holds_on_a_second_device(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number=ANI, handle="ani", name="Ani")
    budi = await AppPerson.arrive(playwright, url)
    await budi.sign_up(number=BUDI, handle="budi", name="Budi")
    await budi.start_chat("ani")
    await budi.say("halo *Ani*")
    await ani.open_chat("Budi")
    await ani.page.get_by_role("button", name="Accept").click()
    await ani.reads("halo Ani")
    row = ani.page.get_by_role("listitem").filter(has_text="Budi")
    await expect(row).to_contain_text("halo Ani")
    await expect(row).not_to_contain_text("unread")

    await ani.page.goto(f"{url}/#/chats")
    for each in range(3):
        await budi.say(f"pesan {each}")
    await expect(row).to_contain_text("3 unread")
    await ani.page.reload()
    await expect(row).to_contain_text("3 unread")
    await _menu(ani, "Budi", "Mark as read")
    await expect(row).not_to_contain_text("unread")
    await _menu(ani, "Budi", "Mark as unread")
    await expect(row).to_contain_text("Something is unread")
    await _menu(ani, "Budi", "Pin")
    await expect(row.get_by_label("Pinned")).to_be_visible()
    await _menu(ani, "Budi", "Mute")
    await expect(row.get_by_label("Muted")).to_be_visible()

    await ani.page.get_by_role("button", name="New list").click()
    await ani.page.get_by_label("Name of the list").fill("Keluarga")
    await ani.page.get_by_role("checkbox", name="Budi").check()
    await ani.page.get_by_role("button", name="Save").click()
    chosen = ani.page.get_by_role("button", name="Keluarga")
    await expect(chosen).to_have_attribute("aria-pressed", "true")
    await ani.look()
    await ani.page.reload()
    await expect(chosen).to_have_attribute("aria-pressed", "true")

    second = await AppPerson.arrive(playwright, url, view=PHONE, theme="dark")
    await _sign_in(second, number=ANI, unlock_code=ani.unlock_code)
    there = second.page.get_by_role("listitem").filter(has_text="Budi")
    await expect(second.page.get_by_role("button", name="Keluarga")).to_have_attribute("aria-pressed", "true")
    await expect(there.get_by_label("Pinned")).to_be_visible()
    await expect(there.get_by_label("Muted")).to_be_visible()
    await expect(there).to_contain_text("Something is unread")
    await second.look()
    await _menu(second, "Budi", "Archive")
    await expect(there).to_have_count(0)
    await second.page.get_by_role("link", name="Archive").click()
    await expect(there).to_be_visible()
    await expect(row).to_have_count(0)
    await _block_and_delete(second, ani, budi)
    # The second device complains of what it cannot read until it is given the code.
    assert (ani.strange, budi.strange) == ([], [])
    for person in (ani, budi, second):
        await person.leave()


async def _choose(person: AppPerson, act: str) -> None:
    """Choose something from the menu of the chat that is open."""
    await person.page.get_by_role("button", name="Chat options").click()
    await person.page.get_by_role("menuitem", name=act, exact=True).click()


async def _block_and_delete(phone: AppPerson, desk: AppPerson, budi: AppPerson) -> None:
    """From inside the chat: unmute it, block Budi and let him in again elsewhere, then delete the chat."""
    await phone.open_chat("Budi")
    await _choose(phone, "Unmute")
    await _choose(phone, "Take out of the archive")
    row = desk.page.get_by_role("listitem").filter(has_text="Budi")
    await expect(row).to_be_visible()
    await expect(row.get_by_label("Muted")).to_have_count(0)
    await _choose(phone, "Block Budi")
    await phone.look()
    await phone.page.get_by_role("dialog").get_by_role("button", name="Block").click()
    await expect(phone.page.get_by_text("You have blocked Budi")).to_be_visible()
    await expect(phone.page.get_by_label("Write a message")).to_have_count(0)
    await phone.look()
    await budi.say("tidak sampai")
    await budi.sends("tidak sampai")

    await desk.page.goto(f"{desk.url}/#/me/privacy")
    blocked = desk.page.get_by_role("list", name="People you have blocked")
    await expect(blocked.get_by_text("Budi")).to_be_visible()
    await desk.look()
    await blocked.get_by_role("button", name="Unblock").click()
    await expect(blocked.get_by_role("listitem")).to_have_count(0)
    await expect(phone.page.get_by_label("Write a message")).to_be_visible()
    await budi.say("sampai lagi")
    await desk.page.goto(f"{desk.url}/#/chats")
    await expect(row).to_contain_text("sampai lagi")

    await _choose(phone, "Delete the chat")
    await phone.look()
    await phone.page.get_by_role("dialog").get_by_role("button", name="Delete the chat").click()
    for person in (phone, desk):
        await expect(person.page.get_by_text("No chats yet")).to_be_visible()


async def test_a_group_whose_name_the_server_cannot_read(playwright: Playwright, url: str, data: Path) -> None:
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number=ANI, handle="ani", name="Ani")
    budi = await AppPerson.arrive(playwright, url, view=PHONE)
    await budi.sign_up(number=BUDI, handle="budi", name="Budi")

    await _make_group(ani)
    await budi.open_chat(NAME)
    await budi.page.get_by_role("button", name="Accept").click()
    await expect(budi.page.get_by_role("heading", name=NAME)).to_be_visible()
    await budi.reads("selamat datang")

    page = re.sub(r"$", "/group", ani.page.url)
    await ani.page.goto(page)
    await expect(ani.page.get_by_role("heading", name="2 members")).to_be_visible()
    await ani.page.get_by_role("button", name="Options for Budi").click()
    await ani.page.get_by_role("button", name="Make admin").click()
    await expect(ani.page.get_by_role("listitem").filter(has_text="Budi").get_by_text("Admin")).to_be_visible()
    await ani.page.get_by_role("button", name="Change picture, name and description").click()
    await _choose_picture(ani)
    await expect(_faces(budi.page.locator("header"))).to_be_visible()
    await ani.page.get_by_label("Name of the group").fill(RENAMED)
    await ani.page.get_by_role("button", name="Save").click()
    await expect(budi.page.get_by_role("heading", name=RENAMED)).to_be_visible()
    assert b"JFIF" not in await asyncio.to_thread(_everything_in, data), "The server can see the group's picture."
    await ani.page.get_by_role("switch", name="Link to join").click()
    link = ani.page.get_by_role("link", name="#/join/")
    await expect(link).to_be_visible()
    address = await link.inner_text()
    await ani.look()

    citra = await AppPerson.arrive(playwright, url)
    await citra.sign_up(number=CITRA, handle="citra", name="Citra")
    await _ask_to_join(citra, address, admin=ani)
    await expect(citra.page.get_by_role("heading", name=RENAMED)).to_be_visible(timeout=20_000)
    await citra.reads("selamat datang")
    await expect(_faces(citra.page.locator("header"))).to_be_visible()
    await citra.page.reload()
    await expect(citra.page.get_by_role("listitem").filter(has_text=RENAMED)).to_be_visible()

    await _show_oneself(ani, budi)
    await ani.page.goto(page)
    await ani.page.get_by_role("button", name="Leave the group").click()
    await ani.page.get_by_role("radio", name="Budi").check()
    await ani.page.get_by_role("button", name="Leave", exact=True).click()
    await expect(ani.page.get_by_role("listitem")).to_have_count(0)
    await budi.page.goto(page)
    own = budi.page.get_by_role("listitem").filter(has_text="Budi (You)")
    await expect(own.get_by_text("Owner")).to_be_visible()
    await budi.look()

    written = await asyncio.to_thread(_everything_in, data)
    for secret in (NAME, RENAMED, TOPIC):
        assert secret.encode() not in written
    for person in (ani, budi, citra):
        assert person.strange == []
        await person.leave()


async def _ask_to_join(person: AppPerson, address: str, *, admin: AppPerson) -> None:
    """Follow the link of a group whose page is open at an admin's, who lets one in."""
    await person.page.get_by_role("link", name="Communities", exact=True).click()
    await person.page.get_by_label("Link to join").fill(address)
    await person.look()
    await person.page.get_by_role("button", name="Open the link").click()
    await expect(person.page.get_by_text(RENAMED)).to_be_visible()
    await person.page.get_by_role("button", name="Ask to join").click()
    await expect(person.page.get_by_text("Your request was sent")).to_be_visible()
    await admin.page.get_by_role("button", name="Let in").click()


async def _show_oneself(person: AppPerson, other: AppPerson) -> None:
    """Choose a picture of oneself: others see it at once beside what one said before. Then take it away."""
    await person.page.goto(f"{person.url}/#/me/profile")
    await _choose_picture(person)
    await expect(_faces(other.page.get_by_role("log"))).to_be_visible()
    await other.look()
    await person.page.get_by_role("button", name="Remove the picture").click()
    await expect(_faces(other.page.get_by_role("log"))).to_have_count(0)


async def _choose_picture(person: AppPerson) -> None:
    """Choose a picture where one is asked for, and wait until it is shown there."""
    made = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(made, "PNG")
    file: FilePayload = {"name": "foto.png", "mimeType": "image/png", "buffer": made.getvalue()}
    await person.page.locator("input[type=file][aria-label='Choose a picture']").set_input_files(file)
    await expect(person.page.get_by_role("button", name="Remove the picture")).to_be_visible()


def _faces(where: Locator) -> Locator:
    """Return the pictures in a part of the screen; a name always stands beside them."""
    return where.locator("[aria-hidden] > img")


async def _make_group(person: AppPerson) -> None:
    """Make a group with Budi in it, and greet him."""
    await person.page.get_by_role("button", name="New chat").click()
    await person.page.get_by_role("button", name="New group").click()
    await person.page.get_by_label("Name of the group").fill(NAME)
    await person.page.get_by_label("About this group").fill(TOPIC)
    await person.page.get_by_label("Add by user name").fill("budi")
    await person.page.get_by_role("button", name="Add", exact=True).click()
    await expect(person.page.get_by_role("button", name="Budi")).to_be_visible()
    await person.page.get_by_role("button", name="Make the group").click()
    await expect(person.page.get_by_role("listitem").filter(has_text=NAME)).to_be_visible()
    await person.say("selamat datang")


def _everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())

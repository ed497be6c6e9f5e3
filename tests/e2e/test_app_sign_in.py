"""In and out of the web app: devices that let each other in, what opens old messages, tabs, and sessions that end."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, Playwright, expect

from tests.e2e.web_app import PHONE, AppPerson, camera_that_sees

OLD = "pesan lama"


@pytest.fixture
async def ani(playwright: Playwright, url: str) -> AsyncIterator[AppPerson]:
    """Somebody who has signed up, and written a message before any second device was there."""
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    page = ani.page
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_role("button", name="New group").click()
    await page.get_by_label("Name of the group").fill("Catatan")
    await page.get_by_role("button", name="Make the group").click()
    await ani.say(OLD)
    await ani.reads(OLD)
    yield ani
    await ani.leave()


async def test_a_new_device_shows_a_code_and_is_let_in(ani: AppPerson, playwright: Playwright, tmp_path: Path) -> None:
    tablet = await AppPerson.arrive(playwright, ani.url, view=PHONE, theme="dark")
    await tablet.page.get_by_role("button", name="Sign in with another phone").click()
    code = await picture_of_code(tablet.page, tmp_path / "code.jpeg")
    await tablet.look()

    await ani.page.goto(f"{ani.url}/#/me/link")
    await ani.page.get_by_role("button", name="Scan the code on the new device").click()
    await ani.page.get_by_label("Choose a picture of the code").set_input_files(code)

    await expect(tablet.page.get_by_role("heading", name="The same digits?")).to_be_visible(timeout=20_000)
    shown = await digits(tablet.page)
    assert await digits(ani.page) == shown
    await tablet.page.get_by_role("button", name="Yes, the same").click()
    await let_in(ani, tablet)
    await tablet.look()
    assert (ani.strange, tablet.strange) == ([], [])
    await tablet.leave()


async def test_a_new_device_scans_a_code_and_is_let_in(ani: AppPerson, playwright: Playwright, tmp_path: Path) -> None:
    await ani.page.goto(f"{ani.url}/#/me/link")
    await ani.look()
    await ani.page.get_by_role("button", name="Show a code here").click()
    film = await picture_of_code(ani.page, tmp_path / "code.mjpeg")
    await ani.look()

    tablet = await AppPerson.arrive(playwright, ani.url, view=PHONE, switches=camera_that_sees(film))
    await tablet.page.get_by_role("button", name="Sign in with another phone").click()
    await tablet.page.get_by_role("button", name="Scan a code with the camera").click()

    await expect(ani.page.get_by_role("heading", name="The same digits?")).to_be_visible(timeout=20_000)
    shown = await digits(ani.page)
    assert await digits(tablet.page) == shown
    await ani.page.get_by_role("button", name="Yes, the same").click()
    await let_in(ani, tablet)
    await expect(ani.page.get_by_role("heading", name="The new device is linked")).to_be_visible()
    assert (ani.strange, tablet.strange) == ([], [])
    await tablet.leave()


async def picture_of_code(page: Page, file: Path) -> Path:
    """Take a picture of a code that a screen shows; a JPEG is also a film of one frame."""
    code = page.get_by_role("img", name="QR code to link this device")
    await expect(code).to_be_visible(timeout=20_000)
    box = await code.bounding_box()
    assert box is not None
    # Cameras see an even number of points.
    x, y, side = round(box["x"]), round(box["y"]), round(box["width"]) // 2 * 2
    await page.screenshot(path=file, type="jpeg", clip={"x": x, "y": y, "width": side, "height": side})
    return file


async def digits(page: Page) -> str:
    """Read the two digits that both devices show."""
    shown = page.get_by_label("Two digits").first
    await expect(shown).to_be_visible(timeout=20_000)
    return await shown.inner_text()


async def let_in(old: AppPerson, new: AppPerson) -> None:
    """Let the new device in on the server's page, and see it come in with its keys."""
    asked = new.page.get_by_label("Two digits").nth(1)
    await expect(asked).to_be_visible(timeout=20_000)
    await old.look()
    await new.look()
    async with old.page.expect_popup() as opening:
        await old.page.get_by_role("link", name="Open the permission page").click()
    page = await opening.value
    await page.get_by_label("The last two digits on that device's screen").fill(await asked.inner_text())
    await page.get_by_role("button", name="Allow this device").click()
    await expect(new.page.get_by_role("heading", name="Chats", exact=True)).to_be_visible(timeout=30_000)
    await page.close()
    await new.open_chat("Catatan")
    await new.reads(OLD)

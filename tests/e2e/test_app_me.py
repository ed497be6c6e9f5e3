"""Me: settings survive, what is private stays private, and what was said is found again."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Playwright, async_playwright, expect

from tests import processes
from tests.e2e.web_app import AppPerson
from tests.processes import AmanatProcess


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[AmanatProcess]:
    """A lab that serves the built app."""
    with processes.lab(tmp_path) as process:
        yield process


@pytest.fixture
def url(lab: AmanatProcess) -> str:
    """What a person types."""
    return lab.url.replace("127.0.0.1", "localhost")


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    """What drives browsers."""
    async with async_playwright() as playwright:
        yield playwright


async def test_settings_survive_and_the_account_is_one_link_away(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    page = ani.page
    await page.get_by_role("link", name="Me", exact=True).click()
    await expect(page.get_by_text("@ani")).to_be_visible()
    await ani.look()
    await page.get_by_role("link", name="Phones and computers").click()
    await expect(page.get_by_text("This one")).to_be_visible()
    await expect(page.get_by_text("Unrecognised app")).to_have_count(0)
    await ani.look()

    await page.get_by_role("link", name="Name and picture").click()
    await page.get_by_label("Name", exact=True).fill("Ani Lestari")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()

    await page.get_by_role("link", name="Privacy", exact=False).first.click()
    await page.get_by_role("switch", name="Read marks").click()
    await ani.look()

    await page.get_by_role("link", name="Language and look").click()
    await page.get_by_role("radio", name="Dark").check(force=True)
    await page.get_by_role("radio", name="Bahasa Indonesia").check(force=True)
    await expect(page.get_by_role("heading", name="Bahasa dan tampilan")).to_be_visible()
    await ani.look()
    await page.wait_for_timeout(500)

    await page.reload()
    await expect(page.get_by_role("radio", name="Gelap")).to_be_checked()
    assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
    await page.goto(f"{url}/#/me/privacy")
    await expect(page.get_by_role("switch", name="Tanda dibaca")).not_to_be_checked()
    await page.goto(f"{url}/#/me/data")
    await expect(page.get_by_role("link", name="Siapa membaca dataku")).to_have_attribute(
        "href", f"{url}/_amanat/account/readers"
    )
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Tombol pintas")).to_be_visible()
    await ani.look()
    assert ani.strange == []
    await ani.leave()

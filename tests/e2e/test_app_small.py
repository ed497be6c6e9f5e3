"""Every screen of the app on the smallest phone, in Indonesian, whose words are the longer ones."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Playwright, expect

from tests.e2e.web_app import PHONE, AppPerson

PAGES = ("search", "profile", "devices", "privacy", "notifications", "lock", "look", "storage", "data", "about")
GROUP = "Keluarga Besar Sastrowardoyo di Jakarta Selatan"
LONG = "Kabar baik, terima kasih! Besok kita berangkat jam tujuh pagi dari rumah Bu Sri, jangan lupa bawa payung."


@pytest.fixture
async def ani(playwright: Playwright, url: str) -> AsyncIterator[AppPerson]:
    """Somebody with a small phone."""
    person = await AppPerson.arrive(playwright, url, language="id-ID", view=PHONE, theme="dark")
    await person.sign_up(number="+6281234567890", handle="ani", name="Ani Lestari")
    yield person
    await person.leave()


async def test_every_screen_fits(ani: AppPerson) -> None:
    await _a_group_and_what_is_done_in_it(ani)
    await _settings(ani)
    assert ani.strange == []


async def _settings(ani: AppPerson) -> None:
    for page in PAGES:
        await ani.page.goto(f"{ani.url}/#/me/{page}")
        await expect(ani.page.get_by_role("main").get_by_role("heading", level=1).last).to_be_visible()
        await ani.look()
    await ani.page.goto(f"{ani.url}/#/me")
    await _sheet(ani, "Keluar dari perangkat ini")


async def _a_group_and_what_is_done_in_it(ani: AppPerson) -> None:
    page = ani.page
    await page.get_by_role("button", name="Ajak teman lewat tautan").click()
    await expect(page.get_by_role("img", name="Kode QR")).to_be_visible()
    await _look_and_close(ani)
    await page.get_by_role("button", name="Mulai obrolan pertama").click()
    await ani.look()
    await page.get_by_role("button", name="Grup baru").click()
    await page.get_by_label("Nama grup").fill(GROUP)
    await ani.look()
    await page.get_by_role("button", name="Buat grup").click()
    await expect(page.get_by_role("heading", name=GROUP)).to_be_visible(timeout=20_000)

    for menu in ("Pilihan obrolan", "Lampirkan"):
        await _sheet(ani, menu)
    await page.get_by_role("button", name="Lampirkan").click()
    await page.get_by_role("button", name="Buat jajak pendapat").click()
    await _look_and_close(ani)
    await page.get_by_label("Tulis pesan").fill(LONG)
    await page.keyboard.press("Enter")
    message = page.get_by_role("log").get_by_role("article").filter(has_text="payung")
    await expect(message).to_contain_text("Terkirim", timeout=20_000)
    await message.click(button="right")
    await ani.look()
    await page.get_by_role("menuitem", name="Balas", exact=True).click()
    await ani.look()

    place = page.url
    await page.goto(f"{place}/info")
    await expect(page.get_by_role("heading", name="Siapa yang bisa membaca", level=1)).to_be_visible()
    await ani.look()
    await page.goto(f"{place}/group")
    await page.get_by_role("switch", name="Tautan bergabung").click()
    await expect(page.get_by_role("link", name="#/join/")).to_be_visible(timeout=20_000)
    await ani.look()
    for button in ("Undang anggota", "Keluar dari grup"):
        await _sheet(ani, button)
    await page.goto(f"{ani.url}/#/chats")
    await page.get_by_label("Cari obrolan atau pesan").fill("berangkat")
    await expect(page.get_by_role("link", name=re.compile("jam tujuh"))).to_be_visible(timeout=20_000)
    await ani.look()


async def _sheet(person: AppPerson, button: str) -> None:
    """Look at what a button opens, and close it."""
    await person.page.get_by_role("button", name=button).click()
    await _look_and_close(person)


async def _look_and_close(person: AppPerson) -> None:
    """Look at the dialog or menu that is open, and close it."""
    opened = person.page.get_by_role("dialog").or_(person.page.get_by_role("menu"))
    await expect(opened).to_be_visible()
    await person.look()
    await person.page.keyboard.press("Escape")
    await expect(opened).to_have_count(0)

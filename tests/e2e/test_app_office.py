"""A citizen's way through the sample office, in the app and in both languages: who runs it, its menus, a booking."""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Playwright, expect

from tests import processes
from tests.e2e.web_app import PHONE, AppPerson
from tests.gateway.sample_office import open_day
from tests.processes import AmanatProcess

WORDS: Final = {
    "en-GB": {
        "label": "You and Layanan Paspor (contoh)",
        "see": "See 7 choices",
        "choices": "Choices",
        "appointment": "Appointment",
        "purpose": "New passport",
        "day": "On which date",
        "yes": "Yes, I will",
        "booked": "Your appointment is",
        "done": "That is all",
    },
    "id-ID": {
        "label": "Kamu dan Layanan Paspor (contoh)",
        "see": "Lihat 7 pilihan",
        "choices": "Pilihan",
        "appointment": "Janji temu",
        "purpose": "Paspor baru",
        "day": "Tanggal berapa",
        "yes": "Ya, saya datang",
        "booked": "Janji temu Anda",
        "done": "Sudah cukup",
    },
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AmanatProcess]:
    """A gated lab with a gateway, and in it the sample office."""
    with processes.lab(tmp_path_factory.mktemp("office"), "--gate", "--gateway") as process:
        yield process


# Each language takes a sign-up; what the office says in both is held by tests/gateway/test_sample_office.py.
@pytest.mark.parametrize("language", WORDS if "SOAK" in os.environ else ["id-ID"])
async def test_a_citizen_books_an_appointment(lab: AmanatProcess, playwright: Playwright, language: str) -> None:
    words, number = WORDS[language], "+6281234567890" if language == "id-ID" else "+6281234567891"
    ani = await AppPerson.arrive(playwright, lab.url.replace("127.0.0.1", "localhost"), language=language, view=PHONE)
    await ani.sign_up(number=number, handle=f"ani-{language[:2]}", name="Ani")
    await _begins(ani, words)
    await ani.say("english" if language.startswith("en") else "bahasa indonesia")

    menu = ani.page.get_by_role("log").get_by_role("article").filter(has_text="(")
    await menu.last.get_by_role("button", name=words["see"]).click()
    await ani.look()
    await ani.page.get_by_role("dialog", name=words["choices"]).get_by_role("button", name=words["appointment"]).click()
    await ani.page.get_by_role("button", name=words["purpose"], exact=True).click()
    await ani.say("Ani")
    await ani.reads(words["day"])
    await ani.say(open_day().strftime("%d-%m-%Y"))
    await ani.page.get_by_role("button", name=words["yes"], exact=True).click()
    await ani.reads(words["booked"])
    await _has_the_ticket(ani)
    await ani.page.get_by_role("button", name=words["done"], exact=True).last.click()
    await ani.look()
    assert ani.strange == []
    await ani.leave()


async def _has_the_ticket(ani: AppPerson) -> None:
    """See the ticket as a desk's camera would, and save the file for the calendar."""
    log = ani.page.get_by_role("log")
    ticket = log.get_by_role("button", name=re.compile("KTC-[^.]*:")).locator("img")
    await expect(ticket).to_be_visible()
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(await ticket.screenshot())).convert("L"))
    assert read.text.startswith("AT1.")
    await ani.look()
    async with ani.page.expect_download() as download:
        await log.get_by_role("button", name=re.compile(r"KTC-.*\.ics")).click()
    saved = await (await download.value).path()
    assert b"METHOD:PUBLISH" in saved.read_bytes()


async def _begins(ani: AppPerson, words: dict[str, str]) -> None:
    """Begin a chat with the office, having seen who runs it."""
    await ani.page.get_by_role("button", name=ani.said("New chat")).click()
    await ani.page.get_by_label(ani.said("User name"), exact=True).fill("layanan-paspor")
    await ani.page.get_by_role("button", name=ani.said("Start chatting")).click()
    sheet = ani.page.get_by_role("dialog")
    await expect(sheet.get_by_text(words["label"])).to_be_visible()
    await ani.look()
    await ani.page.get_by_role("button", name=ani.said("Start chatting")).click()
    await expect(ani.page.get_by_label(ani.said("Write a message"))).to_be_visible()
    await expect(ani.page.locator("header").get_by_role("link", name=words["label"])).to_be_visible()

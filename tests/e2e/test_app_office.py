"""A citizen's whole way through the sample office, in the app and in both languages: a status, a visit, a complaint."""

import asyncio
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Final

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Locator, Playwright, expect

from tests import processes
from tests.e2e.web_app import PHONE, AppPerson
from tests.gateway.sample_office import open_day
from tests.processes import AmanatProcess

WORDS: Final = {
    "en-GB": {
        "language": "english",
        "label": "You and Layanan Paspor (contoh)",
        "see": "See 7 choices",
        "choices": "Choices",
        "status": "Application status",
        "reference": "application number",
        "born": "date of birth",
        "ready": "ready to collect",
        "appointment": "Appointment",
        "purpose": "New passport",
        "day": "On which date",
        "yes": "Yes, I will",
        "booked": "Your appointment is",
        "has": "You have an appointment",
        "move": "Another day",
        "moved": "It is moved",
        "cancel": "I cannot come",
        "cancelled": "is cancelled",
        "feedback": "Praise and complaints",
        "complaint": "A complaint",
        "write": "Please write it",
        "thanks": "Your ticket number is",
        "done": "That is all",
        "bye": "Write anything when you need me",
    },
    "id-ID": {
        "language": "bahasa indonesia",
        "label": "Kamu dan Layanan Paspor (contoh)",
        "see": "Lihat 7 pilihan",
        "choices": "Pilihan",
        "status": "Status permohonan",
        "reference": "nomor permohonan",
        "born": "tanggal lahir",
        "ready": "siap diambil",
        "appointment": "Janji temu",
        "purpose": "Paspor baru",
        "day": "Tanggal berapa",
        "yes": "Ya, saya datang",
        "booked": "Janji temu Anda",
        "has": "Anda punya janji temu",
        "move": "Ganti hari",
        "moved": "Sudah saya pindahkan",
        "cancel": "Tidak jadi datang",
        "cancelled": "sudah dibatalkan",
        "feedback": "Pujian dan keluhan",
        "complaint": "Keluhan",
        "write": "Silakan tulis",
        "thanks": "Nomor tiket Anda",
        "done": "Sudah cukup",
        "bye": "Tulis apa saja bila perlu",
    },
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AmanatProcess]:
    """A gated lab with a gateway, and in it the sample office."""
    with processes.lab(tmp_path_factory.mktemp("office"), "--gate", "--gateway") as process:
        yield process


@pytest.mark.parametrize("language", WORDS)
async def test_a_citizen_does_at_the_office_what_one_does_there(
    lab: AmanatProcess, playwright: Playwright, language: str
) -> None:
    words, number = WORDS[language], "+6281234567890" if language == "id-ID" else "+6281234567891"
    ani = await AppPerson.arrive(playwright, lab.url.replace("127.0.0.1", "localhost"), language=language, view=PHONE)
    await ani.sign_up(number=number, handle=f"ani-{language[:2]}", name="Ani")
    await _begins(ani, words)
    await ani.say(words["language"])
    await _asks_for_the_status(ani, words)
    await _books(ani, words)
    await _has_the_ticket(ani, open_day())
    await _moves_it(ani, words)
    await _has_the_ticket(ani, open_day(after=1))
    await _cancels(ani, words)
    await _complains(ani, words)
    await _presses(ani, words["done"])
    await ani.reads(words["bye"])
    await ani.look()
    assert ani.strange == []
    await ani.leave()


async def _asks_for_the_status(ani: AppPerson, words: dict[str, str]) -> None:
    await _chooses(ani, words, "status")
    await ani.reads(words["reference"])
    await ani.say("1234567890")
    await ani.reads(words["born"])
    await ani.say("25-01-1987")
    await ani.reads(words["ready"])


async def _books(ani: AppPerson, words: dict[str, str]) -> None:
    await ani.say("menu")
    await _chooses(ani, words, "appointment")
    await _presses(ani, words["purpose"])
    await ani.say("Ani")
    await ani.reads(words["day"])
    await ani.say(open_day().strftime("%d-%m-%Y"))
    await _presses(ani, words["yes"])
    await ani.reads(words["booked"])


async def _moves_it(ani: AppPerson, words: dict[str, str]) -> None:
    await ani.say("menu")
    await _chooses(ani, words, "appointment")
    await ani.reads(words["has"])
    await _presses(ani, words["move"])
    await ani.say(open_day(after=1).strftime("%d-%m-%Y"))
    await ani.reads(words["moved"])


async def _cancels(ani: AppPerson, words: dict[str, str]) -> None:
    await ani.say("menu")
    await _chooses(ani, words, "appointment")
    await _presses(ani, words["cancel"])
    await ani.reads(words["cancelled"])


async def _complains(ani: AppPerson, words: dict[str, str]) -> None:
    await ani.say("menu")
    await _chooses(ani, words, "feedback")
    await _presses(ani, words["complaint"])
    await ani.reads(words["write"])
    await ani.say("Antreannya panjang.")
    told = ani.page.get_by_role("log").get_by_role("article").filter(has_text=words["thanks"])
    await expect(told).to_contain_text(re.compile(r"[0-9A-Z]{3}-[0-9A-Z]{4}\b"))


async def _chooses(ani: AppPerson, words: dict[str, str], wanted: str) -> None:
    """Choose in the main menu, the one that was said last: those before it are answered."""
    see = ani.page.get_by_role("log").get_by_role("button", name=words["see"])
    await expect(see).to_have_count(1)
    await see.click()
    await ani.look()
    sheet = ani.page.get_by_role("dialog", name=words["choices"])
    await sheet.get_by_role("button", name=words[wanted]).click()
    await expect(sheet).to_be_hidden()


async def _presses(ani: AppPerson, name: str) -> None:
    """Press a button of what was said last."""
    await ani.page.get_by_role("log").get_by_role("button", name=name, exact=True).last.click()


async def _has_the_ticket(ani: AppPerson, day: date) -> None:
    """See the ticket of a day as a desk's camera would, and save its file for the calendar."""
    log = ani.page.get_by_role("log")
    ticket = log.get_by_role("button", name=re.compile(f"KTC-[^.]*: {day.day} ")).locator("img")
    await expect(ticket).to_be_visible()
    read = await _code_in(ticket)
    assert read.startswith("AT1.")
    await ani.look()
    async with ani.page.expect_download() as download:
        await log.get_by_role("button", name=re.compile(r"KTC-.*\.ics")).last.click()
    saved = await (await download.value).path()
    assert b"METHOD:PUBLISH" in saved.read_bytes()


async def _code_in(ticket: Locator) -> str:
    """Read a code as soon as it is drawn, and nothing lies over it."""
    async with asyncio.timeout(20):
        while True:
            seen = Image.open(BytesIO(await ticket.screenshot())).convert("L")
            for read in zxingcpp.read_barcodes(seen):
                return str(read.text)


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

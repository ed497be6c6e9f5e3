"""Writing in the web app: what is written arrives once, in order, and encrypted, whatever happens in between."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Playwright, async_playwright, expect

from tests import processes
from tests.e2e.web_app import PHONE, AppPerson
from tests.processes import AmanatProcess


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[AmanatProcess]:
    """A lab that serves the built app."""
    with processes.lab(tmp_path) as process:
        yield process


@pytest.fixture
def url(lab: AmanatProcess) -> str:
    """What a person types: passkeys and sign-in belong to this name."""
    return lab.url.replace("127.0.0.1", "localhost")


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    """What drives browsers."""
    async with async_playwright() as playwright:
        yield playwright


@pytest.fixture
async def pair(playwright: Playwright, url: str) -> AsyncIterator[tuple[AppPerson, AppPerson]]:
    """Ani on a computer and Budi on a phone, who have begun to talk."""
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    budi = await AppPerson.arrive(playwright, url, view=PHONE, theme="dark")
    await budi.sign_up(number="+6281234567891", handle="budi", name="Budi")
    await ani.start_chat("budi")
    await ani.say("halo Budi")
    await budi.open_chat("Ani")
    await budi.page.get_by_role("button", name="Accept").click()
    await budi.reads("halo Budi")
    yield ani, budi
    for person in (ani, budi):
        await person.leave()


def messages(person: AppPerson) -> Locator:
    """Return what is said in the chat that is open."""
    return person.page.get_by_role("log").get_by_role("article")


async def test_nothing_written_is_lost_or_doubled(pair: tuple[AppPerson, AppPerson], lab: AmanatProcess) -> None:
    ani, budi = pair
    field = ani.page.get_by_label("Write a message")

    # Offline, and the page goes away: the queue and the draft stay.
    await ani.context.set_offline(True)
    await ani.say("satu")
    await ani.say("dua")
    await expect(messages(ani).filter(has_text="dua")).to_contain_text("Not sent yet")
    await field.fill("belum selesai")
    await ani.page.wait_for_timeout(500)
    await ani.context.set_offline(False)
    lab.kill()
    await ani.page.reload()
    await expect(messages(ani).filter(has_text="dua")).to_contain_text("Not sent yet")
    await expect(field).to_have_value("belum selesai")

    # The server comes back, and is killed while more is written.
    lab.start()
    await budi.reads("dua")
    lab.kill()
    await ani.say("tiga")
    lab.start()
    await ani.say("empat")
    await budi.reads("empat")
    await expect(messages(ani).filter(has_text="empat")).to_contain_text(re.compile("Sent|Read"), timeout=20_000)
    said = ["satu", "dua", "tiga", "empat"]
    for person in pair:
        shown = await messages(person).all_inner_texts()
        assert [word for text in shown for word in said if word in text] == said

"""The first minutes with the web app: two people sign up, talk encrypted, and find everything again after a reload."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Playwright, async_playwright

from tests import processes
from tests.e2e.web_app import PHONE, AppPerson
from tests.processes import AmanatProcess


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[AmanatProcess]:
    """A lab that serves the built app."""
    with processes.lab(tmp_path, "--gate") as process:
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


async def test_two_people_sign_up_and_talk(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url)
    await ani.look()
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await ani.look()
    budi = await AppPerson.arrive(playwright, url, view=PHONE, theme="dark")
    await budi.sign_up(number="+6281234567891", handle="budi", name="Budi")
    await budi.look()

    await ani.start_chat("budi")
    await ani.say("halo Budi")
    await budi.open_chat("Ani")
    await budi.page.get_by_role("button", name="Accept").click()
    await budi.reads("halo Budi")
    await budi.say("halo juga")
    await ani.reads("halo juga")
    await ani.look()
    await budi.look()

    await ani.page.reload()
    await ani.reads("halo juga")

    assert (ani.strange, budi.strange) == ([], [])
    for person in (ani, budi):
        await person.leave()

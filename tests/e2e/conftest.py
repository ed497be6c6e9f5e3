"""What stories with a browser stand on: a server that serves the built app, its address, and what drives browsers."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Playwright, async_playwright, expect

from tests import processes
from tests.clients.nio_person import NioPerson
from tests.e2e.web_app import AppPerson
from tests.processes import AmanatProcess

# It waits for what the gateway and the app look at every so often: a minute, for `make soak`.
collect_ignore = [] if "SOAK" in os.environ else ["test_app_bots.py"]

# A machine that does something else besides is no fault of the app's: nothing here measures time.
expect.set_options(timeout=20_000)


GATEWAY: Final = pytest.mark.parametrize("lab", [("--gateway",)], ids=["gateway"], indirect=True)
"""For stories whose lab has services, and a bot of each API."""
DESK: Final = pytest.mark.parametrize("lab", [("--gateway", "--desk", "127.0.0.1:0")], ids=["desk"], indirect=True)
"""And whose staff have a desk."""


@pytest.fixture
def lab(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[AmanatProcess]:
    """A lab with the gate closed, as on any other server."""
    with processes.lab(tmp_path, "--gate", *getattr(request, "param", ())) as process:
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
async def ani(url: str, playwright: Playwright) -> AsyncIterator[AppPerson]:
    """Ani, who opens the app, and whose app never complains."""
    person = await AppPerson.arrive(playwright, url)
    yield person
    assert person.strange == []
    await person.leave()


@pytest.fixture
async def budi(lab: AmanatProcess, tmp_path: Path) -> AsyncIterator[NioPerson]:
    """Budi, who uses another client."""
    async with await NioPerson.register(lab.url, "budi", tmp_path / "nio") as person:
        await person.client.set_displayname("Budi")
        yield person

"""What stories with a browser stand on: a server that serves the built app, its address, and what drives browsers."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Playwright, async_playwright, expect

from tests import processes
from tests.clients.nio_person import NioPerson
from tests.processes import AmanatProcess

# It waits for what the gateway and the app look at every so often: a minute, for `make soak`.
collect_ignore = [] if "SOAK" in os.environ else ["test_app_bots.py"]

# A machine that does something else besides is no fault of the app's: nothing here measures time.
expect.set_options(timeout=20_000)


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[AmanatProcess]:
    """A lab with the gate closed, as on any other server."""
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


@pytest.fixture
async def budi(lab: AmanatProcess, tmp_path: Path) -> AsyncIterator[NioPerson]:
    """Budi, who uses another client."""
    async with await NioPerson.register(lab.url, "budi", tmp_path / "nio") as person:
        await person.client.set_displayname("Budi")
        yield person

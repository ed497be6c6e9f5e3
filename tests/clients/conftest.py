"""Real clients against a spawned `amanat lab`: one gated server, and people who leave when their story ends."""

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests import processes
from tests.clients.js_person import JsHost, JsPerson
from tests.clients.nio_person import NioPerson
from tests.clients.person import Person
from tests.processes import AmanatProcess

_numbers = itertools.count(1)


class People:
    """Registers the people of one story, each under a name that no other story uses."""

    def __init__(self, js_host: JsHost, *, url: str, folder: Path) -> None:
        self._js_host = js_host
        self._url = url
        self._folder = folder
        self._here: list[Person] = []

    async def register(self, sdk: str, name: str) -> Person:
        """Register a person who uses the SDK "nio" or "js-sdk"."""
        return await (self.nio(name) if sdk == "nio" else self.js(name))

    async def nio(self, name: str) -> NioPerson:
        """Register a person at a matrix-nio client."""
        person = await NioPerson.register(self._url, f"{name}-{next(_numbers)}", self._folder)
        self._here.append(person)
        return person

    async def js(self, name: str) -> JsPerson:
        """Register a person at a matrix-js-sdk client."""
        person = await JsPerson.register(self._js_host, self._url, f"{name}-{next(_numbers)}")
        self._here.append(person)
        return person

    async def close(self) -> None:
        """Send everybody home, with their other devices."""
        for person in self._here:
            await person.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run all stories on one event loop, which the Node process they share belongs to."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AmanatProcess]:
    """A gated lab for every story that does not harm its server."""
    with processes.lab(tmp_path_factory.mktemp("lab"), "--gate") as process:
        yield process


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def js_host(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[JsHost]:
    """The Node process of all js-sdk people."""
    host = await JsHost.start(tmp_path_factory.mktemp("node"))
    yield host
    await host.close()


@pytest_asyncio.fixture(loop_scope="session")
async def people(lab: AmanatProcess, js_host: JsHost, tmp_path: Path) -> AsyncIterator[People]:
    """People of one story on the common lab."""
    here = People(js_host, url=lab.url, folder=tmp_path)
    yield here
    await here.close()

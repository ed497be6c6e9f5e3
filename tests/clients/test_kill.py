"""A server killed with SIGKILL while people talk loses nothing that it acknowledged, and their clients just go on."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests import processes
from tests.clients.conftest import People
from tests.clients.js_person import JsHost
from tests.clients.person import Person, meet
from tests.processes import AmanatProcess

_MESSAGES = 30  # Each; the kills come after a third and two thirds of them.
_KILLS = (_MESSAGES // 3, 2 * _MESSAGES // 3)


@pytest.fixture
def own_lab(tmp_path: Path) -> Iterator[AmanatProcess]:
    """A lab that a story may harm."""
    with processes.lab(tmp_path, "--gate") as process:
        yield process


@pytest_asyncio.fixture(loop_scope="session")
async def residents(own_lab: AmanatProcess, js_host: JsHost, tmp_path: Path) -> AsyncIterator[People]:
    """People who talk on that lab."""
    here = People(js_host, url=own_lab.url, folder=tmp_path)
    yield here
    await here.close()


class Speaker:
    """Somebody who says numbered things one after the other and remembers what was acknowledged."""

    def __init__(self, person: Person, name: str) -> None:
        self.person = person
        self.acknowledged: dict[str, str] = {}
        self._name = name
        self._progress = asyncio.Condition()

    async def speak(self, room_id: str) -> None:
        for number in range(_MESSAGES):
            text = f"{self._name} {number}"
            event_id = await self.person.say(room_id, text)
            async with self._progress:
                self.acknowledged[event_id] = text
                self._progress.notify_all()

    async def has_said(self, count: int) -> None:
        async with self._progress:
            await self._progress.wait_for(lambda: len(self.acknowledged) >= count)


@pytest.mark.parametrize(("first_sdk", "second_sdk"), [("nio", "nio"), ("js-sdk", "js-sdk"), ("nio", "js-sdk")])
async def test_every_acknowledged_message_is_there_once_and_can_be_read(
    own_lab: AmanatProcess, residents: People, first_sdk: str, second_sdk: str
) -> None:
    alice, bob = await residents.register(first_sdk, "alice"), await residents.register(second_sdk, "bob")
    room_id = await meet(alice, bob)
    speakers = [Speaker(alice, "alice"), Speaker(bob, "bob")]
    async with asyncio.TaskGroup() as speaking:
        for speaker in speakers:
            speaking.create_task(speaker.speak(room_id))
        for count in _KILLS:
            await asyncio.gather(*(speaker.has_said(count) for speaker in speakers))
            await asyncio.to_thread(own_lab.kill)
            await asyncio.to_thread(own_lab.restart)
            await asyncio.gather(alice.look_now(), bob.look_now())

    acknowledged = speakers[0].acknowledged | speakers[1].acknowledged
    assert len(acknowledged) == 2 * _MESSAGES
    for person in alice, bob:
        for text in acknowledged.values():
            await person.hears(room_id, text)
        heard = await person.heard(room_id)
        assert len(heard) == len(acknowledged), f"{person.user_id} heard something twice or what nobody said"
        assert dict(heard) == acknowledged
        for speaker in speakers:
            # Each speaker's own order only: js-sdk leaves its local echoes where they were, before what came meanwhile.
            said = list(speaker.acknowledged)
            assert [event_id for event_id, _ in heard if event_id in speaker.acknowledged] == said

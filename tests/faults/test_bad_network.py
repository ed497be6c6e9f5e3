"""Over a network that loses, repeats and delays, everybody ends up with the same messages, once each and in order."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random

import pytest

from tests import processes
from tests.clients.nio_person import NioPerson
from tests.clients.person import meet
from tests.faults.bad_network import BadNetwork, Fault, bad_network
from tests.faults.conftest import Register
from tests.faults.device import Device, ciphertext, marks_to_device, olm, send_path, sync_path
from tests.faults.load import messages_in, read_timeline

_MESSAGES = 1000 if "SOAK" in os.environ else 60
_SAID = 100 if "SOAK" in os.environ else 15


@pytest.fixture(scope="module")
def lab_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gated lab."""
    with processes.lab(tmp_path_factory.mktemp("lab"), "--gate") as process:
        yield process.url


@pytest.fixture
async def network(lab_url: str) -> AsyncIterator[BadNetwork]:
    """The way to the lab."""
    async with bad_network(lab_url, random=Random(7)) as network:
        yield network


class Client:
    """A small client: it sends one message after the other, syncs beside that, and repeats what gets no answer."""

    def __init__(self, device: Device, *, url: str, room_id: str, since: str) -> None:
        self.timeline: list[tuple[str, str]] = []
        self.to_device: list[str] = []
        self._sending = device.another(url)
        self._syncing = device.another(url)
        self._room_id = room_id
        self._since = since

    async def send(self, name: str, *, to: Device) -> None:
        """Send numbered messages to the room, and as many to a device."""
        for number in range(_MESSAGES):
            mark = f"{name}-{number}"
            path = send_path(self._room_id, mark)
            (await self._sending.insist("PUT", path, ciphertext(mark, size=100))).json()
            messages = {to.user_id: {to.device_id: olm(mark)}}
            (await self._sending.insist("PUT", f"/sendToDevice/m.room.encrypted/{mark}", {"messages": messages})).json()

    async def sync_until_all_is_there(self, count: int) -> None:
        """Sync until that many messages have come of each kind."""
        while len(self.timeline) < count or len(self.to_device) < _MESSAGES:
            answer = (await self._syncing.insist("GET", sync_path(self._since, timeout_ms=1_000))).json()
            room = answer.get("rooms", {}).get("join", {}).get(self._room_id, {"timeline": {"events": []}})
            assert not room["timeline"].get("limited")
            self.timeline += messages_in(room["timeline"]["events"])
            self.to_device += marks_to_device(answer)
            self._since = answer["next_batch"]


async def test_clients_that_repeat_what_got_no_answer_converge(
    lab_url: str, network: BadNetwork, register: Register
) -> None:
    alice, bob = await register(lab_url, "alice"), await register(lab_url, "bob")
    room_id = await alice.create_room(invite=[bob.user_id])
    await bob.join(room_id)
    clients = [
        Client(
            person,
            url=network.url,
            room_id=room_id,
            since=(await person.ask("GET", sync_path(None))).json()["next_batch"],
        )
        for person in (alice, bob)
    ]
    network.faulty = True
    async with asyncio.TaskGroup() as group:
        for client, name, other in zip(clients, ("alice", "bob"), (bob, alice), strict=True):
            group.create_task(client.send(name, to=other))
            group.create_task(client.sync_until_all_is_there(2 * _MESSAGES))

    assert min(network.happened[fault] for fault in Fault) > 0
    timeline = await read_timeline(alice, room_id)
    for client in clients:
        assert client.timeline == timeline
    for name in "alice", "bob":
        said = [mark for mark, _ in timeline if mark.startswith(name)]
        assert said == [f"{name}-{number}" for number in range(_MESSAGES)]
    assert clients[0].to_device == [f"bob-{number}" for number in range(_MESSAGES)]
    assert clients[1].to_device == [f"alice-{number}" for number in range(_MESSAGES)]


async def test_real_clients_converge_and_can_read_everything(network: BadNetwork, tmp_path: Path) -> None:
    alice, bob = [await NioPerson.register(network.url, name, tmp_path) for name in ("nio-alice", "nio-bob")]
    try:
        room_id = await meet(alice, bob)
        network.faulty = True
        said = await asyncio.gather(_speak(alice, "alice", room_id), _speak(bob, "bob", room_id))
        for person in alice, bob:
            for text in said[0] + said[1]:
                await person.hears(room_id, text)
            heard = [text for _, text in await person.heard(room_id)]
            assert sorted(heard) == sorted(said[0] + said[1])
            assert [text for text in heard if text in said[0]] == said[0]
            assert [text for text in heard if text in said[1]] == said[1]
        assert await alice.heard(room_id) == await bob.heard(room_id)
        assert network.happened.total() - network.happened[Fault.NONE] > _SAID
    finally:
        network.faulty = False
        await alice.close()
        await bob.close()


async def _speak(person: NioPerson, name: str, room_id: str) -> list[str]:
    texts = [f"{name} {number}" for number in range(_SAID)]
    for text in texts:
        await person.say(room_id, text)
    return texts

"""What people do while their server is killed, and what each of them must find afterwards.

Every worker remembers what it asked and what was acknowledged; `Lost` ends its round, and it goes on in the next.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any, Protocol

from tests.faults.device import Device, ciphertext, mark_of, marks_to_device, olm, send_path, sync_path
from tests.faults.wire import Lost

_KEYS_AT_ONCE = 20
_KEYS_ENOUGH = 300  # Of the 500 that a device may have on the server.
_ALGORITHM = "signed_curve25519"
_PARK_MS = 5_000


class Worker(Protocol):
    """Somebody who does one thing after another."""

    async def step(self) -> None:
        """Do the next thing; raises `Lost`."""


class Shift:
    """Everybody works until their connection is lost; `reached` is set after that many steps."""

    def __init__(self, *, goal: int) -> None:
        self.reached = asyncio.Event()
        self._left = goal

    async def work(self, workers: Sequence[Worker]) -> None:
        """Work, all at once."""
        try:
            async with asyncio.TaskGroup() as group:
                for worker in workers:
                    group.create_task(self._work_on(worker))
        finally:
            self.reached.set()  # Somebody's error must not keep the others waiting.

    async def _work_on(self, worker: Worker) -> None:
        with contextlib.suppress(Lost):
            while True:
                await worker.step()
                self._left -= 1
                if self._left <= 0:
                    self.reached.set()


class Sender:
    """Sends numbered messages to a room, one after the other.

    What was not acknowledged it mostly repeats before it goes on, as clients do; some it leaves for the end.
    """

    def __init__(self, device: Device, room_id: str, *, name: str, random: Random) -> None:
        self.name = name
        self.event_ids: dict[int, str] = {}
        self.asked: list[int] = []
        self._device = device
        self._room_id = room_id
        self._random = random

    async def step(self) -> None:
        if self.asked and self.asked[-1] not in self.event_ids and self._random.random() < 0.7:
            number = self.asked[-1]
        else:
            number = len(self.asked)
            self.asked.append(number)
        self.event_ids[number] = await self._put(number)

    async def repeat(self) -> None:
        """Send all again, under the same transaction ids: what was acknowledged has the same id again."""
        for number in self.asked:
            event_id = await self._put(number)
            assert self.event_ids.setdefault(number, event_id) == event_id, f"{self.name} {number} has two events"

    def messages(self) -> list[tuple[str, str]]:
        """Return mark and id of all that was acknowledged."""
        return [(f"{self.name}-{number}", event_id) for number, event_id in self.event_ids.items()]

    async def _put(self, number: int) -> str:
        path, body = send_path(self._room_id, f"{self.name}-{number}"), ciphertext(f"{self.name}-{number}")
        event_id: str = (await self._device.ask("PUT", path, body)).json()["event_id"]
        return event_id

    def check(self, timeline: list[tuple[str, str]]) -> None:
        """Everything acknowledged is there once, under its id; nothing is there twice; my order is kept."""
        mine = [(int(mark.rpartition("-")[2]), event_id) for mark, event_id in timeline if self.owns(mark)]
        numbers = [number for number, _ in mine]
        assert numbers == sorted(set(numbers)), f"{self.name}: twice, or out of order"
        found = dict(mine)
        for number, event_id in self.event_ids.items():
            assert found.get(number) == event_id, f"{self.name} {number} was acknowledged as {event_id}"
        assert found.keys() <= set(self.asked)

    def owns(self, mark: str) -> bool:
        return mark.rpartition("-")[0] == self.name


class Courier:
    """Sends numbered messages to a device, one after the other, repeating what was not acknowledged."""

    def __init__(self, device: Device, receiver: Device, *, name: str) -> None:
        self.name = name
        self.acknowledged = 0
        self._device = device
        self._receiver = receiver

    async def step(self) -> None:
        mark = f"{self.name}-{self.acknowledged}"
        messages = {self._receiver.user_id: {self._receiver.device_id: olm(mark)}}
        path = f"/sendToDevice/m.room.encrypted/{mark}"
        (await self._device.ask("PUT", path, {"messages": messages})).json()
        self.acknowledged += 1


class Reader:
    """Syncs from one token to the next, and keeps what it has come past: messages of rooms, messages to the device.

    Often it asks again from the same token, as a client does that lost the answer: it must get the same once more.
    """

    def __init__(self, device: Device, room_id: str, *, since: str, random: Random) -> None:
        self.timeline: list[tuple[str, str]] = []
        self.to_device: list[str] = []
        self._device = device
        self._room_id = room_id
        self._since = since
        self._random = random

    async def step(self) -> None:
        answer = await self._sync(_PARK_MS)
        if self._random.random() < 0.3:
            again = await self._sync(0)
            first = marks_to_device(answer)
            assert marks_to_device(again)[: len(first)] == first, "what a device has not confirmed comes again"
            answer = again
        await self._take(answer)

    async def catch_up(self) -> None:
        """Sync until there is nothing new."""
        while True:
            answer = await self._sync(0)
            if answer["next_batch"] == self._since:
                return
            await self._take(answer)

    async def _sync(self, timeout_ms: int) -> Any:
        return (await self._device.ask("GET", sync_path(self._since, timeout_ms=timeout_ms))).json()

    async def _take(self, answer: Any) -> None:
        room = answer.get("rooms", {}).get("join", {}).get(self._room_id)
        if room is not None:
            events = room["timeline"]["events"]
            if room["timeline"].get("limited"):
                events = await self._gap(room["timeline"]["prev_batch"]) + events
            self.timeline += messages_in(events)
        self.to_device += marks_to_device(answer)
        self._since = answer["next_batch"]

    async def _gap(self, before: str) -> list[Any]:
        """Page back from where a timeline begins to what I know already."""
        known = self.timeline[-1][1] if self.timeline else None
        found: list[Any] = []
        while True:
            path = f"/rooms/{self._room_id}/messages?dir=b&limit=100&from={before}"
            page = (await self._device.ask("GET", path)).json()
            for event in page["chunk"]:
                if event["event_id"] == known:
                    return found[::-1]
                found.append(event)
            if "end" not in page:
                return found[::-1]
            before = page["end"]

    def check_to_device(self, couriers: list[Courier]) -> None:
        """Every acknowledged message came once, in its sender's order; one that was not, at most once."""
        for courier in couriers:
            mine = [mark for mark in self.to_device if mark.startswith(f"{courier.name}-")]
            wanted = [f"{courier.name}-{number}" for number in range(courier.acknowledged)]
            assert mine[: len(wanted)] == wanted
            assert len(mine) <= len(wanted) + 1, "only the last can have come without its sender knowing"


class KeyOwner:
    """Uploads one-time keys for others to claim."""

    def __init__(self, device: Device) -> None:
        self.acknowledged: set[str] = set()
        self.asked: set[str] = set()
        self._device = device
        self._held = 0

    async def step(self) -> None:
        batch = sorted(self.asked - self.acknowledged)
        if not batch and self._held < _KEYS_ENOUGH:
            batch = [f"{_ALGORITHM}:K{len(self.asked) + number}" for number in range(_KEYS_AT_ONCE)]
        keys = {key_id: self._key(key_id) for key_id in batch}
        self.asked.update(batch)
        answer = (await self._device.ask("POST", "/keys/upload", {"one_time_keys": keys})).json()
        self.acknowledged.update(batch)
        self._held = answer["one_time_key_counts"].get(_ALGORITHM, 0)

    def _key(self, key_id: str) -> dict[str, Any]:
        return {
            "key": _public(key_id),
            "signatures": {self._device.user_id: {f"ed25519:{self._device.device_id}": "S" * 86}},
        }


class Claimer:
    """Claims the owner's keys one by one."""

    def __init__(self, device: Device, owner: Device) -> None:
        self.claimed: list[str] = []
        self.lost = 0
        self._device = device
        self._owner = owner

    async def step(self) -> None:
        try:
            key_id = await self.claim()
        except Lost:
            self.lost += 1
            raise
        if key_id is None:
            await asyncio.sleep(0.005)

    async def claim(self) -> str | None:
        """Claim a key; return its id, or `None` when there is none."""
        wanted = {self._owner.user_id: {self._owner.device_id: _ALGORITHM}}
        reply = (await self._device.ask("POST", "/keys/claim", {"one_time_keys": wanted})).json()
        given = reply["one_time_keys"].get(self._owner.user_id, {}).get(self._owner.device_id, {})
        assert all(key["key"] == _public(key_id) for key_id, key in given.items())
        self.claimed += given
        return next(iter(given), None)


def _public(key_id: str) -> str:
    """Make up a public key; which key it is can be read from it."""
    return key_id.rpartition(":")[2].ljust(43, "A")


async def check_keys(owner: KeyOwner, claimers: list[Claimer]) -> None:
    """Claim what is left: no key was ever given twice, and no acknowledged one is missing but for lost answers."""
    left = len(owner.asked)
    while await claimers[0].claim() is not None:
        left -= 1
        assert left >= 0, "more keys are given than there ever were"
    given = Counter(key_id for claimer in claimers for key_id in claimer.claimed)
    assert [key_id for key_id, times in given.items() if times > 1] == []
    assert given.keys() <= owner.asked
    missing = owner.acknowledged - given.keys()
    assert len(missing) <= sum(claimer.lost for claimer in claimers), "each lost answer held at most one key"


async def read_timeline(device: Device, room_id: str) -> list[tuple[str, str]]:
    """Read a room from its beginning, page by page."""
    found: list[tuple[str, str]] = []
    start = ""
    while True:
        page = (await device.insist("GET", f"/rooms/{room_id}/messages?dir=f&limit=100{start}")).json()
        found += messages_in(page["chunk"])
        if "end" not in page:
            return found
        start = f"&from={page['end']}"


def messages_in(events: list[Any]) -> list[tuple[str, str]]:
    """Return mark and event id of the messages among some events."""
    return [(mark_of(event["content"]), event["event_id"]) for event in events if event["type"] == "m.room.encrypted"]

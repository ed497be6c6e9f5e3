"""One-time keys, each given away once. Spec: client-server-api#one-time-and-fallback-keys."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec import Raw, Struct
from msgspec.structs import replace

from amanat.core.identifiers import server_of
from amanat.core.one_time_keys import ALGORITHM
from amanat.db.tx import Need, Tx
from amanat.store.one_time_keys import (
    COUNTERS_OF,
    FALLBACK_KEYS,
    ONE_TIME_KEY_COUNTERS,
    ONE_TIME_KEYS,
    CounterRow,
    DeviceKey,
    KeyCounts,
)
from amanat.store.store import Store

UNIT = 100
"""Devices per unit, so that none holds the writer long."""
AHEAD = 4
"""Keys of a device that a unit may look at: as many claims of one device fit into a batch."""


class Wanted(Struct, frozen=True):
    """Whose key is asked for."""

    user_id: str
    device_id: str
    algorithm: str

    @property
    def device(self) -> DeviceKey:
        return self.user_id, self.device_id


class Taken(Struct, frozen=True):
    """A key that was given away, as JSON."""

    wanted: Wanted
    key_id: str
    key: bytes


class KeyClaims:
    """Gives keys away: the oldest first, and a fallback key when there is no other."""

    def __init__(self, store: Store, *, server_name: str) -> None:
        self._store = store
        self._server_name = server_name

    async def claim(self, wanted: dict[str, dict[str, str]]) -> dict[str, Any]:
        """Take a key of each device that has one, by user and device; no two claims are given the same key."""
        failures: dict[str, Any] = {}
        asked: list[Wanted] = []
        for user_id, devices in wanted.items():
            if server_of(user_id) != self._server_name:
                failures[server_of(user_id)] = {}
            else:
                asked += [Wanted(user_id, device_id, algorithm) for device_id, algorithm in devices.items()]
        taken: dict[str, dict[str, Any]] = {}
        for start in range(0, len(asked), UNIT):
            for key in await self._take(asked[start : start + UNIT]):
                wanted_key = {f"{key.wanted.algorithm}:{key.key_id}": Raw(key.key)}
                taken.setdefault(key.wanted.user_id, {})[key.wanted.device_id] = wanted_key
        return {"one_time_keys": taken, "failures": failures}

    async def _take(self, asked: Sequence[Wanted]) -> list[Taken]:
        """Take keys in one unit. Where others were faster than the look ahead of it, take again."""
        taken: list[Taken] = []
        while asked:
            given = await self._given(asked)
            firsts = {each: given.get(each.device, 0) + 1 for each in asked}
            ahead = {each: range(first, first + AHEAD) for each, first in firsts.items()}
            needs: list[Need] = []
            for each, numbers in ahead.items():
                needs += [(ONE_TIME_KEY_COUNTERS, each.device), (FALLBACK_KEYS, (*each.device, each.algorithm))]
                needs += [(ONE_TIME_KEYS, (*each.device, number)) for number in numbers]
            found, asked = await self._store.write(partial(self._take_in, ahead=ahead), needs=needs)
            taken += found
        return taken

    async def _given(self, asked: Sequence[Wanted]) -> dict[DeviceKey, int]:
        """Return how far the keys of these devices are given away, so that a unit can say what it will read."""
        rows = await self._store.all(COUNTERS_OF, user_ids={each.user_id for each in asked})
        return {(row.user_id, row.device_id): row.given for row in rows}

    def _take_in(self, tx: Tx, *, ahead: dict[Wanted, range]) -> tuple[list[Taken], list[Wanted]]:
        """Return the keys taken, and whose key could not be looked at."""
        taken, again = [], []
        for each, numbers in ahead.items():
            counter = tx.get(ONE_TIME_KEY_COUNTERS, *each.device) if each.algorithm == ALGORITHM else None
            if counter is None or not counter.left:
                key = self._take_fallback_key(tx, each)
            elif counter.given + 1 in numbers:
                key = self._take_one_time_key(tx, counter)
            else:
                again.append(each)
                continue
            if key is not None:
                taken.append(Taken(each, *key))
        return taken, again

    def _take_one_time_key(self, tx: Tx, counter: CounterRow) -> tuple[str, bytes]:
        device, number = (counter.user_id, counter.device_id), counter.given + 1
        key = tx.get(ONE_TIME_KEYS, *device, number)
        assert key is not None, "Keys are numbered without a gap."
        tx.put(ONE_TIME_KEY_COUNTERS, CounterRow(*device, counter.uploaded, number))
        self._count(tx, device, one_time=counter.left - 1)
        return key.key_id, key.key

    def _take_fallback_key(self, tx: Tx, wanted: Wanted) -> tuple[str, bytes] | None:
        key = tx.get(FALLBACK_KEYS, *wanted.device, wanted.algorithm)
        if key is None:
            return None
        if not key.used:
            tx.put(FALLBACK_KEYS, replace(key, used=1))
            self._count(tx, wanted.device, used=wanted.algorithm)
        return key.key_id, key.key

    def _count(self, tx: Tx, device: DeviceKey, *, one_time: int | None = None, used: str | None = None) -> None:
        """Let the device's next sync tell what it has left."""
        counts = tx.peek(self._store.key_counts, device)
        if counts is not None:
            left = counts.one_time if one_time is None else one_time
            counts = KeyCounts(left, tuple(name for name in counts.unused_fallback if name != used))
        tx.stage(self._store.key_counts, device, counts)

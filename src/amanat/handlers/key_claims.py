"""One-time keys, each given away once. Spec: client-server-api#one-time-and-fallback-keys."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from msgspec import Raw, Struct
from msgspec.structs import replace

from amanat.core.identifiers import server_of
from amanat.db.tx import Need, Tx
from amanat.store.one_time_keys import (
    CLAIMED_KEYS,
    FALLBACK_KEYS,
    OLD_CLAIMED_KEYS,
    ONE_TIME_KEYS,
    ClaimedKeyRow,
    DeviceKey,
    KeyCounts,
)
from amanat.store.store import Store

UNIT = 100
"""Devices per unit, so that none holds the writer long."""
REMEMBERED_MS = 30 * 86_400_000
"""How long it is remembered that a key was given away: longer than a client waits to repeat an upload."""


class Wanted(Struct, frozen=True):
    """Whose key is asked for."""

    user_id: str
    device_id: str
    algorithm: str

    @property
    def device(self) -> DeviceKey:
        return self.user_id, self.device_id


class KeyClaims:
    """Gives keys away: the oldest first, and a fallback key when there is no other."""

    def __init__(self, store: Store, *, server_name: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._server_name = server_name
        self._now_ms = now_ms

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
            for each, name, key in await self._take(asked[start : start + UNIT]):
                taken.setdefault(each.user_id, {})[each.device_id] = {name: Raw(key)}
        return {"one_time_keys": taken, "failures": failures}

    async def _take(self, asked: Sequence[Wanted]) -> list[tuple[Wanted, str, bytes]]:
        now = self._now_ms()

        def run(tx: Tx) -> list[tuple[Wanted, str, bytes]]:
            taken = []
            for each in asked:
                key = self._take_one_time_key(tx, each, now) or self._take_fallback_key(tx, each)
                if key is not None:
                    taken.append((each, *key))
            return taken

        needs: list[Need] = [(ONE_TIME_KEYS, (*each.device, each.algorithm), 1) for each in asked]
        needs += [(FALLBACK_KEYS, (*each.device, each.algorithm)) for each in asked]
        return await self._store.write(run, needs=needs)

    def _take_one_time_key(self, tx: Tx, wanted: Wanted, now: int) -> tuple[str, bytes] | None:
        device, counts = wanted.device, tx.peek(self._store.key_counts, wanted.device)
        if counts is not None and counts.one_time == 0:
            return None
        key = next(tx.scan(ONE_TIME_KEYS, *device, wanted.algorithm), None)
        if key is None:
            return None
        tx.delete(ONE_TIME_KEYS, *device, key.algorithm, key.number)
        tx.put(CLAIMED_KEYS, ClaimedKeyRow(*device, key.algorithm, key.key_id, now))
        after = None if counts is None else KeyCounts(counts.one_time - 1, counts.unused_fallback)
        tx.stage(self._store.key_counts, device, after)
        return f"{key.algorithm}:{key.key_id}", key.key

    def _take_fallback_key(self, tx: Tx, wanted: Wanted) -> tuple[str, bytes] | None:
        key = tx.get(FALLBACK_KEYS, *wanted.device, wanted.algorithm)
        if key is None:
            return None
        if not key.used:
            tx.put(FALLBACK_KEYS, replace(key, used=1))
            counts = tx.peek(self._store.key_counts, wanted.device)
            after = None
            if counts is not None:
                left = tuple(name for name in counts.unused_fallback if name != wanted.algorithm)
                after = KeyCounts(counts.one_time, left)
            tx.stage(self._store.key_counts, wanted.device, after)
        return f"{key.algorithm}:{key.key_id}", key.key

    async def forget_old(self) -> None:
        """Forget keys that were given away long ago."""
        before = self._now_ms() - REMEMBERED_MS
        while rows := await self._store.all(OLD_CLAIMED_KEYS, before=before, max_rows=UNIT):
            await self._store.write(partial(_forget, rows=rows))


def _forget(tx: Tx, *, rows: Sequence[ClaimedKeyRow]) -> None:
    for row in rows:
        tx.delete(CLAIMED_KEYS, row.user_id, row.device_id, row.algorithm, row.key_id)

"""The PIN of an account: who holds its number alone does not get in.

A PIN is hashed with a key that no table holds, and then slowly. A try is counted on disk before it is tested, so that
neither many at once nor a restart gives anybody more of them; `core/pins.py` has the figures.
"""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from amanat.core import pins
from amanat.core.errors import LimitExceeded
from amanat.core.keyed_hash import keyed_hash, subkey
from amanat.db.tx import Need, Tx
from amanat.handlers.slow_hashes import SlowHashes
from amanat.product.accounts.credentials.errors import WeakPin, WrongPin
from amanat.product.accounts.credentials.notices import Kind, Notices
from amanat.product.accounts.credentials.tables import LAST_SEEN, PIN, PINS, PinRow
from amanat.store.store import Store

HOUR_MS: Final = 3_600_000
"""Devices are seen by the hour."""


class Pins:
    """Sets, tests and forgets PINs, and says whether one is asked for."""

    def __init__(
        self,
        store: Store,
        *,
        slow_hashes: SlowHashes,
        notices: Notices,
        secret: Callable[[], bytes],
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._slow_hashes = slow_hashes
        self._notices = notices
        self._secret = secret
        self._now_ms = now_ms

    async def set(self, user_id: str, pin: str) -> None:
        """Give an account a PIN, in place of any other; raises WeakPin."""
        weakness = pins.weakness(pin)
        if weakness is not None:
            raise WeakPin(pins.SENTENCES[weakness], reason=weakness)
        hashed = await self._slow_hashes.hash(self._keyed(user_id, pin))
        now = self._now_ms()

        def run(tx: Tx) -> None:
            tx.put(PINS, PinRow(user_id, hashed, now, 0, 0, now, 0, None))
            self._notices.add(tx, user_id, kind=Kind.PIN_SET)

        await self._store.write(run, needs=self._notices.needs(user_id))

    async def remove(self, user_id: str) -> None:
        """Let an account's number open it by itself."""

        def run(tx: Tx) -> None:
            if tx.get(PINS, user_id) is not None:
                tx.delete(PINS, user_id)
                self._notices.add(tx, user_id, kind=Kind.PIN_REMOVED)

        await self._store.write(run, needs=self._needs(user_id))

    # Testing

    async def check(self, user_id: str, pin: str) -> None:
        """Return if this is the account's PIN; raises WrongPin and, when it was tried too often, LimitExceeded."""
        hashed = await self._store.write(lambda tx: self._count_try(tx, user_id), needs=[(PINS, (user_id,))])
        try:
            right = await self._slow_hashes.matches(hashed, self._keyed(user_id, pin))
        except LimitExceeded:
            await self._store.write(lambda tx: self._take_back(tx, user_id), needs=[(PINS, (user_id,))])
            raise
        settle = self._proved if right else self._tell_wrong
        retry_after_ms = await self._store.write(lambda tx: settle(tx, user_id), needs=self._needs(user_id))
        if not right:
            raise WrongPin(retry_after_ms=retry_after_ms)

    def _count_try(self, tx: Tx, user_id: str) -> str | None:
        row, now = tx.get(PINS, user_id), self._now_ms()
        if row is None:
            return None
        if now >= row.day_began_ts + pins.DAY_MS:
            row = replace(row, day_began_ts=now, day_tries=0)
        allowed_ts = max(row.next_try_ts, row.day_began_ts + pins.DAY_MS if row.day_tries >= pins.TRIES_A_DAY else 0)
        if now < allowed_ts:
            raise LimitExceeded("This PIN was tried too often; wait for the next try.", retry_after_ms=allowed_ts - now)
        failures = row.failures + 1
        wait_ms = pins.wait_ms(failures)
        tx.put(PINS, replace(row, failures=failures, next_try_ts=now + wait_ms, day_tries=row.day_tries + 1))
        return row.pin_hash

    def _take_back(self, tx: Tx, user_id: str) -> None:
        """Forget a try that was counted and could not be tested."""
        row = tx.get(PINS, user_id)
        if row is not None:
            tx.put(PINS, replace(row, failures=row.failures - 1, next_try_ts=0, day_tries=row.day_tries - 1))

    def _proved(self, tx: Tx, user_id: str) -> int:
        row = tx.get(PINS, user_id)
        if row is not None:
            # The wrong tries of today still count: else each right one of the owner gives a guesser new ones.
            day_tries = max(0, row.day_tries - 1)
            proved = replace(row, active_ts=self._now_ms(), failures=0, next_try_ts=0, day_tries=day_tries)
            tx.put(PINS, proved)
        return 0

    def _tell_wrong(self, tx: Tx, user_id: str) -> int:
        row = tx.get(PINS, user_id)
        if row is None:
            return 0
        self._notices.add(tx, user_id, kind=Kind.PIN_WRONG)
        return max(0, row.next_try_ts - self._now_ms())

    # The lock

    async def locks(self, user_id: str) -> bool:
        """Whether the account's number opens it only together with the PIN."""
        lapses_ts = await self.lapses_ts(user_id)
        return lapses_ts is not None and self._now_ms() < lapses_ts

    async def lapses_ts(self, user_id: str) -> int | None:
        """Return when the lock lapses unless one of the account's devices is used before; `None` without a PIN."""
        row = await self._store.first(PIN, user_id=user_id)
        if row is None:
            return None
        seen = await self._store.first(LAST_SEEN, user_id=user_id)
        seen_ts = 0 if seen is None or seen.ts is None else seen.ts + HOUR_MS
        lapses_ts = max(row.active_ts, seen_ts) + pins.LAPSES_MS
        return lapses_ts if row.reset_ts is None else min(lapses_ts, row.reset_ts)

    async def tell_asked(self, user_id: str) -> None:
        """Tell the account's devices that somebody with its number is being asked for the PIN, and when that ends."""
        until_ts = await self.lapses_ts(user_id)
        await self._store.write(
            lambda tx: self._notices.add(tx, user_id, kind=Kind.PIN_ASKED, until_ts=until_ts),
            needs=self._notices.needs(user_id),
        )

    def _needs(self, user_id: str) -> Sequence[Need]:
        return [(PINS, (user_id,)), *self._notices.needs(user_id)]

    def _keyed(self, user_id: str, pin: str) -> str:
        """Return what is hashed slowly: useless to who has the table alone, and of no other account."""
        return keyed_hash(subkey(self._secret(), "pin"), user_id, pin).hex()


class PinActivity:
    """Counts a device that is taken away as a use of the account: its lock does not lapse the sooner for it."""

    def __init__(self, *, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms

    def needs(self, user_id: str, _device_id: str) -> Sequence[Need]:
        """Return what `remove` reads."""
        return [(PINS, (user_id,))]

    def remove(self, tx: Tx, user_id: str, *, device_id: str) -> None:  # noqa: ARG002 - whichever it is
        """Note when a device was last there."""
        row = tx.get(PINS, user_id)
        if row is not None:
            tx.put(PINS, replace(row, active_ts=self._now_ms()))

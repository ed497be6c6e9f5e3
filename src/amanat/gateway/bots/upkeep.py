"""What goes with time: messages and files after 30 days, updates after as long as the API says."""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from amanat.core.errors import InternalError
from amanat.db.table import Table
from amanat.db.tx import Tx
from amanat.gateway.bots.delivery.deliveries import KEPT, note_given_up
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.tables import (
    DRAFTS,
    FILES,
    FORMS,
    GUESTS,
    LAST_UPDATES,
    LINKS,
    LOST_GUESTS,
    MESSAGES,
    OLD_DRAFTS,
    OLD_FILES,
    OLD_FORMS,
    OLD_LINKS,
    OLD_MESSAGES,
    OLD_REACTIONS,
    OLD_UPDATES,
    OLD_VOTES,
    REACTIONS,
    UPDATES,
    VOTES,
    GuestRow,
    UpdateRow,
    VoteRow,
)

EVERY_S: Final = 600.0
KEEP_DRAFTS_MS: Final = 24 * 3_600_000
"""Of a form that is asked: somebody who comes back later means to say something else."""
KEEP_MS: Final = 30 * 24 * 3_600_000
MOST_UPDATES: Final = 100_000


class Upkeep:
    """Forgets for one bot."""

    def __init__(self, on: Ground, *, gave_up: Callable[[], None]) -> None:
        """`gave_up` is called when updates that waited do not any more."""
        self._on = on
        self._gave_up = gave_up

    async def work(self) -> None:
        """Forget what is old every so often, until cancelled."""
        while True:
            with suppress(InternalError):  # the next turn does it
                await self.forget()
            # Not all bots of a gateway at the same moment: each opens its database for it.
            await asyncio.sleep(EVERY_S * random.uniform(0.5, 1))  # noqa: S311 - no secret hangs on it

    async def forget(self) -> None:
        """Forget what is old, a lot at a time."""
        store, before = self._on.store, self._on.now_ms() - KEEP_MS
        while rows := await store.all(OLD_MESSAGES, before=before):
            await store.write(partial(_delete, keys=[row.event_id for row in rows], table=MESSAGES))
        while numbers := await store.all(OLD_FILES, before=before):
            await store.write(partial(_delete, keys=[row.number for row in numbers], table=FILES))
        while numbers := await store.all(OLD_REACTIONS, before=before):
            await store.write(partial(_delete, keys=[row.number for row in numbers], table=REACTIONS))
        while forms := await store.all(OLD_FORMS, before=before):
            await store.write(partial(_delete, keys=[row.digest for row in forms], table=FORMS))
        left = self._on.now_ms() - KEEP_DRAFTS_MS
        while drafts := await store.all(OLD_DRAFTS, before=left):
            await store.write(partial(_delete, keys=[row.room_id for row in drafts], table=DRAFTS))
        while links := await store.all(OLD_LINKS, before=before):
            await store.write(partial(_delete, keys=[row.token for row in links], table=LINKS))
        while guests := await store.all(LOST_GUESTS):
            await store.write(partial(_delete_guests, guests=guests))
        while votes := await store.all(OLD_VOTES, before=before):
            await store.write(partial(_delete_votes, votes=votes))
        waited_from, full_to = self._on.now_ms() - self._on.api.keeps_ms, await self._overflow()
        while updates := await store.all(OLD_UPDATES, before=waited_from, to=full_to):
            # Who asks for updates has no deliveries: of theirs, nothing is kept.
            has_webhook = await self._on.webhook.get() is not None
            noted = updates[-KEPT:] if has_webhook else []
            await store.write(partial(_give_up, rows=updates, noted=noted, now_ms=self._on.now_ms()))
            self._gave_up()

    async def _overflow(self) -> int:
        """Return the position up to which there are more updates than are kept."""
        newest = await self._on.store.first(LAST_UPDATES, most=1)
        return newest.position - MOST_UPDATES if newest else 0


def _give_up(tx: Tx, *, rows: Sequence[UpdateRow], noted: Sequence[UpdateRow], now_ms: int) -> None:
    for row in rows:
        tx.delete(UPDATES, row.position)
    for row in noted:
        note_given_up(tx, row, ts=now_ms)


def _delete(tx: Tx, *, keys: list[int] | list[str], table: Table[Any]) -> None:
    for key in keys:
        tx.delete(table, key)


def _delete_guests(tx: Tx, *, guests: list[GuestRow]) -> None:
    for guest in guests:
        tx.delete(GUESTS, guest.room_id, guest.user_id)


def _delete_votes(tx: Tx, *, votes: list[VoteRow]) -> None:
    for vote in votes:
        tx.delete(VOTES, vote.poll, vote.user_id)

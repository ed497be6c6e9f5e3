"""Copies on request: made by a job, kept for a week for their person alone, one at a time."""

import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from typing import Final

from msgspec.structs import replace

from amanat.core.errors import LimitExceeded, NotFound
from amanat.db.tx import Tx
from amanat.handlers.blob_intake import BlobIntake, Taken
from amanat.handlers.jobs import Jobs
from amanat.product.rights.copies import Copies
from amanat.product.rights.tables import EXPIRED_EXPORTS, EXPORT_OF, EXPORTS, ExportRow
from amanat.store.store import Store

EXPORT: Final = "export"
"""The kind of job; its subject is whose copy is made."""
KEPT_MS: Final = 7 * 86_400_000
PAUSE_MS: Final = 3_600_000
"""Between one copy and the next."""
SWEPT_AT_ONCE: Final = 20


class Exports:
    """Makes copies and hands them out."""

    def __init__(
        self, store: Store, *, copies: Copies, intake: BlobIntake, jobs: Jobs, now_ms: Callable[[], int]
    ) -> None:
        """Let `intake` be the one whose blobs the sweep of media knows of."""
        self._store = store
        self._copies = copies
        self._intake = intake
        self._blobs = intake.blobs
        self._jobs = jobs
        self._now_ms = now_ms
        jobs.workers[EXPORT] = self._make

    async def request(self, user_id: str) -> ExportRow:
        """Ask for a copy; return the one under way if there is one. The one before it goes."""
        now = self._now_ms()
        wanted = ExportRow(user_id, secrets.token_urlsafe(16), now, now + KEPT_MS, None, 0)

        def run(tx: Tx) -> tuple[ExportRow, str | None]:
            held = tx.get(EXPORTS, user_id)
            if held is not None and held.expires_ts > now:
                if held.blob is None:
                    return held, None
                if held.requested_ts + PAUSE_MS > now:
                    wait = held.requested_ts + PAUSE_MS - now
                    raise LimitExceeded("You have just taken a copy; download that one.", retry_after_ms=wait)
            tx.put(EXPORTS, wanted)
            self._jobs.ask(tx, EXPORT, subject=user_id)
            return wanted, None if held is None else held.blob

        needs = [(EXPORTS, (user_id,)), *self._jobs.needs(EXPORT, user_id)]
        row, before = await self._store.write(run, needs=needs)
        if before is not None:
            await self._blobs.delete([before])
        return row

    async def of(self, user_id: str, export_id: str) -> ExportRow:
        """Return a person's copy; raises NotFound."""
        row = await self.latest(user_id)
        if row is None or row.export_id != export_id:
            raise NotFound("There is no such copy, or its week is over.")
        return row

    async def latest(self, user_id: str) -> ExportRow | None:
        """Return a person's copy, ready or not, if there is one."""
        row = await self._store.first(EXPORT_OF, user_id=user_id)
        return None if row is None or row.expires_ts <= self._now_ms() else row

    async def read(self, row: ExportRow) -> AsyncGenerator[bytes, None]:
        """Return the bytes of a copy; raises NotFound while it is being made."""
        if row.blob is None or await self._blobs.size(row.blob) is None:
            raise NotFound("This copy is not there yet, or was lost; ask for another.")
        return self._blobs.read(row.blob, start=0, end=row.size)

    async def forget(self, user_id: str) -> None:
        """Delete a person's copy."""
        row = await self._store.first(EXPORT_OF, user_id=user_id)
        if row is not None:
            await self._delete([row])

    async def sweep(self) -> None:
        """Delete the copies whose week is over."""
        while rows := await self._store.all(EXPIRED_EXPORTS, now=self._now_ms(), max_rows=SWEPT_AT_ONCE):
            await self._delete(rows)

    async def _delete(self, rows: Sequence[ExportRow]) -> None:
        def run(tx: Tx) -> list[str]:
            there = [held for row in rows if (held := tx.get(EXPORTS, row.user_id)) and held.export_id == row.export_id]
            for row in there:
                tx.delete(EXPORTS, row.user_id)
            return [row.blob for row in there if row.blob is not None]

        needs = [(EXPORTS, (row.user_id,)) for row in rows]
        await self._blobs.delete(await self._store.write(run, needs=needs))

    async def _make(self, user_id: str) -> None:
        wanted = await self._store.first(EXPORT_OF, user_id=user_id)
        if wanted is None or wanted.blob is not None:
            return
        with suppress(_Outdated):
            async with self._intake.take(self._copies.of(user_id)) as taken:
                await self._keep(wanted, taken)

    async def _keep(self, wanted: ExportRow, taken: Taken) -> None:
        def run(tx: Tx) -> None:
            held = tx.get(EXPORTS, wanted.user_id)
            if held != wanted:
                raise _Outdated
            tx.put(EXPORTS, replace(wanted, blob=taken.name, size=taken.size))

        await self._store.write(run, needs=[(EXPORTS, (wanted.user_id,))])


class _Outdated(NotFound):
    """Nobody wants this copy any more."""

"""Freeing media: what their owner stopped showing, addresses that were never used, bytes without a row.

With them go references that say nothing: to what is not their author's, or no longer there.

Rows go first and bytes after, so that a crash between leaves bytes without a row, which the next sweep finds.
Media that nobody ever said they show are kept: most apps never say, and the quota bounds them.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Final, TypeVar

import structlog
from msgspec import Struct
from prometheus_client import Counter

from amanat.blobs.blobs import Blobs
from amanat.db.tx import Need, Tx
from amanat.handlers.blob_intake import BlobIntake
from amanat.handlers.media import charged
from amanat.store.accounts import USER
from amanat.store.media import (
    BLOBS_IN_USE,
    EXPIRED_PENDING,
    MEDIA,
    MEDIA_OF_USER,
    MEDIA_PENDING,
    MEDIA_REFERENCES,
    MEDIA_RELEASED,
    MEDIA_USAGE,
    PENDING_OF_USER,
    REFERENCES_AFTER,
    RELEASED,
    THUMBNAILS,
    MediaRow,
    PendingRow,
    ReleasedRow,
    UsageRow,
)
from amanat.store.store import Store

log = structlog.get_logger()
T = TypeVar("T")

GRACE_MS: Final = 7 * 24 * 60 * 60 * 1000
"""Time to notice a mistaken deletion, and for another device to show the same file elsewhere."""
EVERY_S: Final = 60 * 60.0
BATCH: Final = 20
"""Files in one unit; each has a handful of rows, and no unit is to write more than a hundred or so."""
NAMES_AT_ONCE: Final = 500
REFERENCES_AT_ONCE: Final = 100
PLANNED: Final = 10_000
"""As many of each as a plan lists."""

FREED = Counter("amanat_media_freed_bytes", "Bytes of media deleted.")


class Freed(Struct, kw_only=True):
    """What a sweep freed, or would free: files, addresses whose content never came, bytes without a row."""

    media: list[MediaRow]
    expired: list[str]
    orphans: list[str]

    @property
    def bytes(self) -> int:
        """What the files took, their thumbnails apart."""
        return sum(row.size for row in self.media)


class MediaSweep:
    """Frees media: all of it at the start, and then every hour what has become due."""

    def __init__(self, store: Store, *, blobs: Blobs, intake: BlobIntake, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._blobs = blobs
        self._intake = intake
        self._now_ms = now_ms
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to sweep, beside everything else."""
        self._running = asyncio.create_task(self._keep_sweeping(), name="media sweep")

    async def stop(self) -> None:
        """Stop sweeping."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def plan(self) -> Freed:
        """Return what a whole `sweep` would free now, and change nothing."""
        now_ms = self._now_ms()
        released = await self._store.all(RELEASED, before=now_ms - GRACE_MS, max_rows=PLANNED)
        media = [row for some in _in_batches(released, BATCH) for row in await self._due(some)]
        expired = await self._store.all(EXPIRED_PENDING, before=now_ms, max_rows=PLANNED)
        orphans = [name async for names in self._orphans() for name in names]
        return Freed(media=media, expired=[row.media_id for row in expired], orphans=orphans[:PLANNED])

    async def sweep(self, *, orphans: bool = True) -> Freed:
        """Free what is due. Orphans are looked for among all files and references, which takes longer."""
        freed = Freed(media=await self._free_released(), expired=await self._drop_expired(), orphans=[])
        if orphans:
            async for names in self._orphans():
                await self._blobs.delete(names)
                freed.orphans += names
            await self._drop_idle_references()
        FREED.inc(freed.bytes)
        if freed.media or freed.orphans:
            log.info("media_freed", media=len(freed.media), bytes=freed.bytes, orphans=len(freed.orphans))
        return freed

    async def forget_erased(self, user_id: str) -> None:
        """Delete the media of an account that has ended, if its owner asked for erasure; others keep what they see."""
        user = await self._store.first(USER, user_id=user_id)
        if user is not None and user.erased:
            await self.forget_user_media(user_id)

    async def forget_user_media(self, user_id: str) -> None:
        """Delete everything that a person uploaded, and what was to come."""
        while rows := await self._store.all(MEDIA_OF_USER, user_id=user_id, max_rows=BATCH):
            await self._forget(rows)
        await self._drop(await self._store.all(PENDING_OF_USER, user_id=user_id))
        await self._store.write(lambda tx: tx.delete(MEDIA_USAGE, user_id))

    async def _keep_sweeping(self) -> None:
        orphans = True
        while True:
            try:
                await self.sweep(orphans=orphans)
                orphans = False
            except Exception:
                # A full disk, or a database that is away: an hour later it may be better.
                log.exception("media_sweep_failed")
            await asyncio.sleep(EVERY_S)

    # What was released

    async def _due(self, released: Sequence[ReleasedRow]) -> list[MediaRow]:
        def run(tx: Tx) -> list[MediaRow]:
            return [media for row in released if (media := _unshown(tx, row)) is not None]

        return await self._store.write(run, needs=_needs_of_released(released))

    async def _free_released(self) -> list[MediaRow]:
        before, freed = self._now_ms() - GRACE_MS, []
        while released := await self._store.all(RELEASED, before=before, max_rows=BATCH):

            def run(tx: Tx, released: Sequence[ReleasedRow] = released) -> tuple[list[MediaRow], list[str]]:
                due = [media for row in released if (media := _settled(tx, row, before=before)) is not None]
                return due, [name for media in due for name in _delete(tx, media)]

            needs = _needs_of_released(released) + _needs_of_deletion([(row.media_id, row.user_id) for row in released])
            due, names = await self._store.write(run, needs=needs)
            await self._blobs.delete(names)
            freed += due
        return freed

    async def _forget(self, rows: Sequence[MediaRow]) -> None:
        def run(tx: Tx) -> list[str]:
            there = [row for row in rows if tx.get(MEDIA, row.media_id) is not None]
            return [name for row in there for name in _delete(tx, row)]

        needs: list[Need] = [(MEDIA, (row.media_id,)) for row in rows]
        needs += _needs_of_deletion([(row.media_id, row.user_id) for row in rows])
        await self._blobs.delete(await self._store.write(run, needs=needs))

    # What never came

    async def _drop_expired(self) -> list[str]:
        dropped: list[str] = []
        while rows := await self._store.all(EXPIRED_PENDING, before=self._now_ms(), max_rows=BATCH):
            await self._drop(rows)
            dropped += [row.media_id for row in rows]
        return dropped

    async def _drop(self, rows: Sequence[PendingRow]) -> None:
        def run(tx: Tx) -> None:
            for row in rows:
                tx.delete(MEDIA_PENDING, row.user_id, row.media_id)

        await self._store.write(run)

    # What nobody knows

    async def _orphans(self) -> AsyncIterator[list[str]]:
        """Yield the names of bytes that no row stands for."""
        async for names in self._blobs.names():
            # In this order: what is neither still without a row nor has one now will never have one.
            settled = [name for name in names if name not in self._intake.without_row]
            for some in _in_batches(settled, NAMES_AT_ONCE):
                used = {row.blob for row in await self._store.all(BLOBS_IN_USE, blobs=list(some))}
                yield [name for name in some if name not in used]

    async def _drop_idle_references(self) -> None:
        """Delete the references that will never count: ids are random, so nobody can upload under one later."""
        after = ("", "", "")
        while page := await self._store.all(
            REFERENCES_AFTER, media_id=after[0], user_id=after[1], source=after[2], max_rows=REFERENCES_AT_ONCE
        ):
            keys = [(row.media_id, row.user_id, row.source) for row in page]
            idle = [key for key, row in zip(keys, page, strict=True) if not row.known]

            def run(tx: Tx, idle: Sequence[tuple[str, str, str]] = idle) -> None:
                for key in idle:
                    tx.delete(MEDIA_REFERENCES, *key)

            if idle:
                await self._store.write(run)
            await asyncio.sleep(0)
            after = keys[-1]


def _needs_of_released(released: Sequence[ReleasedRow]) -> list[Need]:
    needs: list[Need] = []
    for row in released:
        key = (row.media_id, row.user_id)
        needs += [(MEDIA, (row.media_id,)), (MEDIA_RELEASED, key), (MEDIA_REFERENCES, key, 1)]
    return needs


def _needs_of_deletion(media: Sequence[tuple[str, str]]) -> list[Need]:
    needs: list[Need] = []
    for media_id, user_id in media:
        needs += [(THUMBNAILS, (media_id,)), (MEDIA_USAGE, (user_id,))]
    return needs


def _unshown(tx: Tx, released: ReleasedRow) -> MediaRow | None:
    """Return the media if it was its owner who released it, and they show it nowhere else."""
    media = tx.get(MEDIA, released.media_id)
    if media is None or media.user_id != released.user_id:
        return None
    shown = next(iter(tx.scan(MEDIA_REFERENCES, media.media_id, media.user_id)), None)
    return media if shown is None else None


def _settled(tx: Tx, released: ReleasedRow, *, before: int) -> MediaRow | None:
    """Take a release off the list; return what is to be deleted. One that has been renewed begins a new grace."""
    now = tx.get(MEDIA_RELEASED, released.media_id, released.user_id)
    if now is None or now.ts > before:
        return None
    tx.delete(MEDIA_RELEASED, released.media_id, released.user_id)
    return _unshown(tx, released)


def _delete(tx: Tx, media: MediaRow) -> set[str]:
    """Delete the rows of a file; return the names of the bytes that are then nobody's."""
    names = {media.blob}
    for thumbnail in list(tx.scan(THUMBNAILS, media.media_id)):
        names |= {thumbnail.blob} if thumbnail.blob is not None else set()
        tx.delete(THUMBNAILS, media.media_id, thumbnail.variant)
    tx.delete(MEDIA, media.media_id)
    usage = tx.get(MEDIA_USAGE, media.user_id)
    if usage is not None:
        tx.put(MEDIA_USAGE, UsageRow(media.user_id, max(0, usage.bytes - charged(media.size))))
    return names


def _in_batches(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))

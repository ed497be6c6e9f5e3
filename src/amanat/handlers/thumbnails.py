"""Thumbnails: which variant of a picture to serve, made when it is first asked for and kept. Never of encrypted files.

Spec: client-server-api#thumbnails.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

from amanat.core.errors import CannotThumbnail, NotFound, TooLarge
from amanat.core.media import essence
from amanat.core.thumbnails import MAX_SOURCE_BYTES, SOURCES, Variant
from amanat.db.tx import Tx
from amanat.handlers.media import Content, Media, Wanted
from amanat.handlers.thumbnail_process import ThumbnailProcess, WorkerFailed
from amanat.store.media import MEDIA, THUMBNAIL, THUMBNAILS, MediaRow, ThumbnailRow
from amanat.store.store import Store

UNREADABLE: Final = "unreadable"
TOO_LARGE: Final = "too_large"
_EXTENSIONS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}


class Thumbnails:
    """Serves thumbnails. A picture that cannot be thumbnailed is tried once, and remembered."""

    def __init__(self, store: Store, *, media: Media, process: ThumbnailProcess) -> None:
        self._store = store
        self._media = media
        self._process = process
        self._making: dict[tuple[str, str], asyncio.Task[ThumbnailRow]] = {}

    async def content(self, wanted: Wanted, variant: Variant) -> Content:
        """Return a variant of a picture; raises NotFound, NotYetUploaded, CannotThumbnail and TooLarge."""
        row = await self._row(await self._media.find(wanted), variant)
        if row.refusal == TOO_LARGE:
            raise TooLarge("This picture is too large for a thumbnail.")
        if row.blob is None or row.content_type is None:
            raise CannotThumbnail
        name = f"thumbnail.{_EXTENSIONS[row.content_type]}"
        return await self._media.there(
            Content(blob=row.blob, size=row.size, content_type=row.content_type, file_name=name)
        )

    async def _row(self, media: MediaRow, variant: Variant) -> ThumbnailRow:
        if essence(media.content_type) not in SOURCES:
            raise CannotThumbnail
        if media.size > MAX_SOURCE_BYTES:
            raise TooLarge("This picture is too large for a thumbnail.")
        found = await self._store.first(THUMBNAIL, media_id=media.media_id, variant=variant.name)
        return await asyncio.shield(self._made(media, variant)) if found is None else found

    @property
    def worker_pid(self) -> int | None:
        """The id of the process that decodes pictures, while there is one."""
        return self._process.pid

    async def close(self) -> None:
        """Give up what is being made and end the process."""
        tasks = list(self._making.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._process.close()

    def _made(self, media: MediaRow, variant: Variant) -> asyncio.Task[ThumbnailRow]:
        """Return the making of a variant; all who ask meanwhile wait for the same, and it outlives who asked first."""
        key = (media.media_id, variant.name)
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.create_task(self._make(media, variant), name="thumbnail")
            task.add_done_callback(lambda done: self._finished(key, done))
        return task

    def _finished(self, key: tuple[str, str], done: asyncio.Task[ThumbnailRow]) -> None:
        del self._making[key]
        if not done.cancelled():
            done.exception()  # Those who wait have it; if all have gone, nobody is to be told.

    async def _make(self, media: MediaRow, variant: Variant) -> ThumbnailRow:
        try:
            async with aclosing(self._media.read(media.blob, start=0, end=media.size)) as picture:
                made, data = await self._process.make(picture, size=media.size, variant=variant)
        except FileNotFoundError:
            raise NotFound("This server has lost this file.") from None
        except WorkerFailed:
            return await self._keep(_refused(media, variant, refusal=UNREADABLE))
        if made.refusal is not None:
            return await self._keep(_refused(media, variant, refusal=made.refusal))
        if not data:
            return await self._keep(
                ThumbnailRow(media.media_id, variant.name, media.blob, media.size, made.content_type, None)
            )
        async with self._media.intake.take(_whole(data)) as taken:
            return await self._keep(
                ThumbnailRow(media.media_id, variant.name, taken.name, taken.size, made.content_type, None)
            )

    async def _keep(self, row: ThumbnailRow) -> ThumbnailRow:
        def run(tx: Tx) -> None:
            if tx.get(MEDIA, row.media_id) is None:
                raise NotFound("This file has been deleted.")
            tx.put(THUMBNAILS, row)

        await self._store.write(run, needs=[(MEDIA, (row.media_id,))])
        return row


async def _whole(data: bytes) -> AsyncGenerator[bytes, None]:
    yield data


def _refused(media: MediaRow, variant: Variant, *, refusal: str) -> ThumbnailRow:
    return ThumbnailRow(media.media_id, variant.name, blob=None, size=0, content_type=None, refusal=refusal)

"""Media: taking in files, and finding them again. Spec: client-server-api#content-repository.

A file is on disk before its row is written, and its row before the upload is answered.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from msgspec import Struct
from prometheus_client import Counter as Metric

from amanat.blobs.blobs import Blobs
from amanat.core.errors import CannotOverwriteMedia, Forbidden, LimitExceeded, NotFound, NotYetUploaded, TooLarge
from amanat.core.media import is_media_id, mxc
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.blob_intake import BlobIntake, Taken, mint
from amanat.store.media import (
    MEDIA,
    MEDIA_BY_ID,
    MEDIA_PENDING,
    MEDIA_USAGE,
    PENDING_BY_ID,
    USAGE_OF_USER,
    MediaRow,
    PendingRow,
    UsageRow,
)
from amanat.store.store import Store

BLOCK_BYTES: Final = 4096
"""A file takes whole blocks of a disk, and one at least. A quota counts those, so it bounds the number of files too."""
MAX_PENDING: Final = 20
"""Addresses that one person may hold without content: as many files as one picks at once."""
PENDING_MS: Final = 24 * 60 * 60 * 1000
"""As the specification recommends. spec: client-server-api#post_matrixmediav1create."""
MAX_ARRIVING: Final = 10
"""Files that one person may upload at the same time; each may hold its full size on disk meanwhile."""

UPLOADED = Metric("amanat_media_uploaded_bytes", "Bytes of media taken in.")

OnHangUp = Callable[[Callable[[], object]], object]


class MediaLimits(Struct, frozen=True, kw_only=True):
    """What one file and one person may take."""

    max_upload_bytes: int
    quota_bytes: int


class Described(Struct, frozen=True, kw_only=True):
    """What is said of a file that is being uploaded; `declared_bytes` is None where nothing is."""

    content_type: str
    file_name: str | None
    declared_bytes: int | None


class Wanted(Struct, frozen=True, kw_only=True):
    """What somebody asks for, and how long they would wait for it."""

    server_name: str
    media_id: str
    timeout_ms: int
    hang_up: OnHangUp


class Content(Struct, frozen=True, kw_only=True):
    """Bytes to be served, and what is said of them. A blob never changes, so its name is the tag of its bytes."""

    blob: str
    size: int
    content_type: str
    file_name: str | None


class Created(Struct, frozen=True, kw_only=True):
    """An address whose content may follow until `expires_ts`."""

    uri: str
    expires_ts: int


class Media:
    """Uploads and downloads."""

    def __init__(
        self,
        store: Store,
        *,
        blobs: Blobs,
        server_name: str,
        limits: MediaLimits,
        now_ms: Callable[[], int],
    ) -> None:
        self.limits = limits
        self.intake = BlobIntake(blobs)
        self._store = store
        self._blobs = blobs
        self._server_name = server_name
        self._now_ms = now_ms
        self._arriving: Counter[str] = Counter()
        self._awaited: dict[str, set[asyncio.Future[None]]] = {}
        self._stopping = False

    # Uploads

    async def upload(self, requester: Requester, pieces: AsyncIterable[bytes], *, described: Described) -> str:
        """Take in a file and return its address."""
        media_id = mint()

        def put(tx: Tx, taken: Taken) -> None:
            self._put(tx, self._row(requester, described, media_id=media_id, taken=taken))

        await self._take_in(requester.user_id, pieces, declared_bytes=described.declared_bytes, put=put, needs=[])
        return mxc(self._server_name, media_id)

    async def create(self, requester: Requester) -> Created:
        """Give out an address whose content will follow."""
        user_id, now_ms = requester.user_id, self._now_ms()
        pending = PendingRow(user_id, mint(), now_ms + PENDING_MS)

        def run(tx: Tx) -> None:
            waiting = []
            for row in tx.scan(MEDIA_PENDING, user_id):
                if row.expires_ts <= now_ms:
                    tx.delete(MEDIA_PENDING, user_id, row.media_id)
                else:
                    waiting.append(row.expires_ts)
            if len(waiting) >= MAX_PENDING:
                raise LimitExceeded(
                    f"Upload some of the {MAX_PENDING} files that you announced.", retry_after_ms=min(waiting) - now_ms
                )
            tx.put(MEDIA_PENDING, pending)

        await self._store.write(run, needs=[(MEDIA_PENDING, (user_id,))])
        return Created(uri=mxc(self._server_name, pending.media_id), expires_ts=pending.expires_ts)

    async def upload_to(
        self,
        requester: Requester,
        pieces: AsyncIterable[bytes],
        *,
        described: Described,
        address: tuple[str, str],
    ) -> None:
        """Take in the file that an address was made for. `address` is a server name and a media id."""
        media_id = await self._own_pending(requester, address)

        def put(tx: Tx, taken: Taken) -> None:
            if tx.get(MEDIA_PENDING, requester.user_id, media_id) is None:
                raise CannotOverwriteMedia if tx.get(MEDIA, media_id) is not None else NotFound("It came too late.")
            tx.delete(MEDIA_PENDING, requester.user_id, media_id)
            self._put(tx, self._row(requester, described, media_id=media_id, taken=taken))
            tx.after_commit(lambda: self._arrived(media_id))

        needs: list[Need] = [(MEDIA_PENDING, (requester.user_id, media_id)), (MEDIA, (media_id,))]
        await self._take_in(requester.user_id, pieces, declared_bytes=described.declared_bytes, put=put, needs=needs)

    async def _own_pending(self, requester: Requester, address: tuple[str, str]) -> str:
        server_name, media_id = address
        if server_name != self._server_name or not is_media_id(media_id):
            raise NotFound("This server has given out no such address.")
        pending = await self._store.first(PENDING_BY_ID, media_id=media_id)
        if pending is not None and pending.expires_ts > self._now_ms():
            if pending.user_id != requester.user_id:
                raise Forbidden("Somebody else made this address.")
            return media_id
        there = await self._store.first(MEDIA_BY_ID, media_id=media_id)
        if there is None:
            raise NotFound("There is no such address, or its time has run out.")
        if there.user_id != requester.user_id:
            raise Forbidden("Somebody else made this address.")
        raise CannotOverwriteMedia

    async def _take_in(
        self,
        user_id: str,
        pieces: AsyncIterable[bytes],
        *,
        declared_bytes: int | None,
        put: Callable[[Tx, Taken], None],
        needs: list[Need],
    ) -> None:
        """Bytes to disk, then the row by `put`; what is declared to be too much is refused before it comes."""
        with self._one_of_few(user_id):
            if declared_bytes is not None:
                if declared_bytes > self.limits.max_upload_bytes:
                    raise TooLarge(f"A file has at most {self.limits.max_upload_bytes} bytes.")
                usage = await self._store.first(USAGE_OF_USER, user_id=user_id)
                self._charge(usage, user_id=user_id, size=declared_bytes)
            async with self.intake.take(pieces) as taken:
                await self._store.write(lambda tx: put(tx, taken), needs=[(MEDIA_USAGE, (user_id,)), *needs])
                UPLOADED.inc(taken.size)

    @contextmanager
    def _one_of_few(self, user_id: str) -> Iterator[None]:
        if self._arriving[user_id] >= MAX_ARRIVING:
            raise LimitExceeded(f"Upload at most {MAX_ARRIVING} files at a time.", retry_after_ms=1000)
        self._arriving[user_id] += 1
        try:
            yield
        finally:
            self._arriving[user_id] -= 1
            if not self._arriving[user_id]:
                del self._arriving[user_id]

    def _row(self, requester: Requester, described: Described, *, media_id: str, taken: Taken) -> MediaRow:
        return MediaRow(
            media_id=media_id,
            user_id=requester.user_id,
            created_ts=self._now_ms(),
            blob=taken.name,
            size=taken.size,
            content_type=described.content_type,
            file_name=described.file_name,
        )

    def _put(self, tx: Tx, row: MediaRow) -> None:
        tx.put(MEDIA_USAGE, self._charge(tx.get(MEDIA_USAGE, row.user_id), user_id=row.user_id, size=row.size))
        tx.put(MEDIA, row)

    def _charge(self, usage: UsageRow | None, *, user_id: str, size: int) -> UsageRow:
        used = (usage.bytes if usage else 0) + charged(size)
        if used > self.limits.quota_bytes:
            # spec: client-server-api#content-repo-security-considerations
            raise Forbidden(f"Your files would take more than the {self.limits.quota_bytes} bytes that you may keep.")
        return UsageRow(user_id, used)

    def _arrived(self, media_id: str) -> None:
        for waiter in self._awaited.get(media_id, ()):
            _wake(waiter)

    # Downloads

    async def content(self, wanted: Wanted, *, file_name: str | None = None) -> Content:
        """Return a file, under the name it was uploaded with or another; raises NotFound and NotYetUploaded."""
        found = await self.find(wanted)
        return await self.there(
            Content(
                blob=found.blob,
                size=found.size,
                content_type=found.content_type,
                file_name=file_name or found.file_name,
            )
        )

    async def there(self, content: Content) -> Content:
        """Raise NotFound if the bytes are missing: somebody took them from the disk."""
        if await self._blobs.size(content.blob) is None:
            raise NotFound("This server has lost this file.")
        return content

    async def find(self, wanted: Wanted) -> MediaRow:
        """Return a file's row, waiting for one that was announced; raises NotFound and NotYetUploaded.

        Whoever knows the address may have it: that is the specification's rule, and why ids are not guessable.
        """
        media_id = wanted.media_id
        if wanted.server_name != self._server_name or not is_media_id(media_id):
            raise NotFound("This server has no such file.")
        found = await self._store.first(MEDIA_BY_ID, media_id=media_id)
        if found is not None:
            return found
        pending = await self._store.first(PENDING_BY_ID, media_id=media_id)
        if pending is not None and pending.expires_ts > self._now_ms():
            return await self._await(wanted)
        # Its content may have come between the two looks.
        found = await self._store.first(MEDIA_BY_ID, media_id=media_id)
        if found is None:
            raise NotFound("This server has no such file.")
        return found

    def stop_waiting(self) -> None:
        """Answer those who wait for announced files with what there is: the server is stopping."""
        self._stopping = True
        for media_id in self._awaited:
            self._arrived(media_id)

    def read(self, blob: str, *, start: int, end: int) -> AsyncGenerator[bytes, None]:
        """Yield a part of a file, piece by piece."""
        return self._blobs.read(blob, start=start, end=end)

    async def _await(self, wanted: Wanted) -> MediaRow:
        media_id = wanted.media_id
        waiter = asyncio.get_running_loop().create_future()
        waiters = self._awaited.setdefault(media_id, set())
        waiters.add(waiter)
        try:
            found = await self._store.first(MEDIA_BY_ID, media_id=media_id)
            if found is None and wanted.timeout_ms > 0 and not self._stopping:
                wanted.hang_up(lambda: _wake(waiter))
                with suppress(TimeoutError):
                    async with asyncio.timeout(wanted.timeout_ms / 1000):
                        await waiter
                found = await self._store.first(MEDIA_BY_ID, media_id=media_id)
        finally:
            waiters.discard(waiter)
            if not waiters:
                self._awaited.pop(media_id, None)
        if found is None:
            raise NotYetUploaded
        return found


def charged(size: int) -> int:
    """Return what a file of this size takes of a quota."""
    return max(1, -(-size // BLOCK_BYTES)) * BLOCK_BYTES


def _wake(waiter: "asyncio.Future[None]") -> None:
    if not waiter.done():
        waiter.set_result(None)

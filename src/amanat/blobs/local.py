"""Blobs as files of a folder: `arriving/` while they come, `kept/<first two characters>/<name>` for good."""

import asyncio
import os
import re
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, TypeVar

from amanat.db.files import sync_folder

T = TypeVar("T")

GATHERED_BYTES: Final = 256 * 1024
"""What is written at once: a thread's hand-over, some 50 µs, is small beside it."""
PIECE_BYTES: Final = 64 * 1024
"""What is read at once, and so what a slow reader holds: as much as a connection's own buffer."""
_THREADS: Final = 4
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{2}[A-Za-z0-9_.-]{0,253}")


class LocalBlobs:
    """Blobs in a folder of this machine. The file system is asked in threads of its own, never on the loop."""

    def __init__(self, folder: Path) -> None:
        self._arriving = folder / "arriving"
        self._kept = folder / "kept"
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="blobs")

    async def open(self) -> None:
        """Make the folders; drop what had been arriving when the last server ended."""
        await self.run(self._prepare)

    async def close(self) -> None:
        """Finish what the threads are doing."""
        await asyncio.to_thread(self._threads.shutdown)

    def receive(self) -> "LocalIncoming":
        """Begin to take in a blob."""
        return LocalIncoming(self, self._arriving / secrets.token_hex(16))

    async def size(self, name: str) -> int | None:
        """Return a blob's size; `None` if there is none of that name."""
        return await self.run(lambda: _size(self.path(name)))

    async def read(self, name: str, *, start: int, end: int) -> AsyncGenerator[bytes, None]:
        """Yield the bytes from `start` up to `end`; nothing is read ahead of who asks."""
        file = await self.run(partial(_open_at, self.path(name), start))
        try:
            while start < end:
                piece = await self.run(partial(file.read, min(PIECE_BYTES, end - start)))
                if not piece:
                    raise EOFError(f"The blob {name} ends at {start}, before {end}.")
                start += len(piece)
                yield piece
        finally:
            file.close()

    async def delete(self, names: Iterable[str]) -> None:
        """Delete these blobs; one that is not there is passed over."""
        paths = [self.path(name) for name in names]
        await self.run(partial(_unlink, paths))

    async def names(self) -> AsyncIterator[Sequence[str]]:
        """Yield the names of all blobs, folder by folder."""
        for folder in await self.run(partial(_folders, self._kept)):
            yield await self.run(partial(_blobs, folder))

    def path(self, name: str) -> Path:
        """Return where a blob lies; raises ValueError on a name that would lead elsewhere."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a blob.")
        return self._kept / name[:2] / name

    async def run(self, work: Callable[[], T]) -> T:
        """Do something in one of the threads."""
        done = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            # A thread cannot be stopped: what it works on must not be taken away under it.
            await asyncio.wait([done])
            raise

    def _prepare(self) -> None:
        for folder in (self._arriving, self._kept):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in self._arriving.iterdir():
            left.unlink()


class LocalIncoming:
    """A blob on its way in: pieces are gathered to a decent size, and written in a thread."""

    def __init__(self, blobs: LocalBlobs, path: Path) -> None:
        self._blobs = blobs
        self._path = path
        self._gathered: list[bytes] = []
        self._gathered_bytes = 0
        self._size = 0
        self._file: BinaryIO | None = None
        self._kept = False

    async def __aenter__(self) -> "LocalIncoming":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._kept:
            await self._blobs.run(self._drop)

    async def write(self, piece: bytes) -> None:
        """Add bytes to its end."""
        self._gathered.append(piece)
        self._gathered_bytes += len(piece)
        if self._gathered_bytes >= GATHERED_BYTES:
            await self._blobs.run(self._append)

    async def keep(self, name: str) -> int:
        """Give it its name and return its size, once both would outlive a crash."""
        target = self._blobs.path(name)
        await self._blobs.run(lambda: self._settle(target))
        self._kept = True
        return self._size

    # In a thread

    def _append(self) -> None:
        if self._file is None:
            self._file = open(self._path, "xb", opener=_private)  # noqa: SIM115 - it outlives this call
        for piece in self._gathered:
            self._file.write(piece)
        self._size += self._gathered_bytes
        self._gathered, self._gathered_bytes = [], 0

    def _settle(self, target: Path) -> None:
        """Bytes, then name, then folder: at no instant does a name stand for bytes that are not on disk."""
        self._append()
        assert self._file is not None
        with self._file as file:
            file.flush()
            os.fsync(file.fileno())
        if not target.parent.is_dir():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            sync_folder(target.parent.parent)
        self._path.rename(target)
        sync_folder(target.parent)

    def _drop(self) -> None:
        self._gathered = []
        if self._file is not None:
            # What the file object still holds is not worth a full disk's second error.
            with suppress(OSError):
                self._file.close()
        self._path.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def _open_at(path: Path, start: int) -> BinaryIO:
    file = open(path, "rb", buffering=0)  # noqa: SIM115 - the reader closes it
    file.seek(start)
    return file


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _folders(kept: Path) -> list[Path]:
    return sorted(path for path in kept.iterdir() if path.is_dir())


def _blobs(folder: Path) -> list[str]:
    """List what we have put here; what else somebody keeps in the folder is none of ours."""
    return sorted(name for name in os.listdir(folder) if name.startswith(folder.name) and _NAME.fullmatch(name))

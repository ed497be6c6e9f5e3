"""Files on their way through the gateway: a little of each in memory, the rest in a file without a name.

Such a file is unlinked as it is made (`tempfile`), readable by nobody else, and gone with the process: what people send
in clear lies nowhere that somebody could find it later. It lies in `TMPDIR`, which should be a disk.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Final, TypeAlias

from msgspec import Struct

IN_MEMORY: Final = 1024 * 1024
"""Of each file, in bytes."""
PIECE: Final = 256 * 1024
MOST: Final = 1024 * 1024 * 1024
"""Of all files that are under way at once through one gateway, in bytes: twenty of Telegram's largest."""


class Full(Exception):
    """More is under way than the gateway holds: later there is room."""


class Room:
    """How many bytes may be under way at once."""

    def __init__(self, most: int = MOST) -> None:
        self._free = most

    def take(self, size: int) -> None:
        """Take some; raises `Full`."""
        if size > self._free:
            raise Full
        self._free -= size

    def give_back(self, size: int) -> None:
        """Let others have them."""
        self._free += size


class Spool:
    """One file: written once, then read as often as need be."""

    def __init__(self, grows: Callable[[int], None]) -> None:
        """`grows` is told of each byte before it is kept, and may raise."""
        self._grows = grows
        self._size = 0
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - `close` closes it

    def __len__(self) -> int:
        return self._size

    def write(self, piece: bytes) -> None:
        """Add to it; raises `Full`.

        What comes from another server is written on the loop, in pieces of a socket's: into the machine's page cache.
        """
        self._grows(len(piece))
        self._file.write(piece)
        self._size += len(piece)

    @property
    def on_disk(self) -> bool:
        """Whether it is too large for memory."""
        return self._size > IN_MEMORY

    def reader(self) -> IO[bytes]:
        """Return it as a file that stands at its beginning; it stays the spool's own."""
        self._file.seek(0)
        return self._file

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """Yield all of it."""
        at = 0
        while at < self._size:
            piece = await asyncio.to_thread(self._read, at) if self.on_disk else self._read(at)
            at += len(piece)
            yield piece

    def close(self) -> None:
        """Let it go."""
        self._file.close()

    def _read(self, at: int) -> bytes:
        self._file.seek(at)
        return self._file.read(PIECE)


class Opened(Struct, frozen=True):
    """A file that can be read: as often as need be, as long as its spool is there."""

    size: int
    pieces: Callable[[], AsyncGenerator[bytes, None]]


async def sent(opened: Opened, spools: "Spools") -> AsyncGenerator[bytes, None]:
    """Return a file's pieces as they are sent; when they are closed, by whomever, its spools go."""

    async def pieces() -> AsyncGenerator[bytes, None]:
        with spools:
            yield b""
            async for piece in opened.pieces():
                yield piece

    begun = pieces()
    await anext(begun)  # what never began would let nothing go
    return begun


Content: TypeAlias = bytes | Spool
"""What a file holds."""


class Spools:
    """The files of one request: they go with it."""

    def __init__(self, room: Room, *, declared: int = 0) -> None:
        """`declared`: so many bytes are to come. Who has room for them has it to the end. Raises `Full`."""
        room.take(declared)
        self._room = room
        self._held, self._used = declared, 0
        self._spools: list[Spool] = []

    def __enter__(self) -> "Spools":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let all of them go."""
        for spool in self._spools:
            spool.close()
        self._room.give_back(self._held)
        self._held = 0

    def new(self) -> Spool:
        """Begin a file."""
        spool = Spool(self._grow)
        self._spools.append(spool)
        return spool

    @property
    def on_disk(self) -> bool:
        """Whether writing may have to wait for a disk."""
        return any(spool.on_disk for spool in self._spools)

    def _grow(self, size: int) -> None:
        more = self._used + size - self._held
        if more > 0:
            self._room.take(more)
            self._held += more
        self._used += size

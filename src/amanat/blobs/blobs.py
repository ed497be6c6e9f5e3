"""What a store of blobs is to those who use it. A blob is written once, under a name of its own, and never changed."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from types import TracebackType
from typing import Protocol


class Incoming(Protocol):
    """A blob that is arriving. Leaving its `async with` drops what has not been kept."""

    async def __aenter__(self) -> "Incoming": ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    async def write(self, piece: bytes) -> None:
        """Add bytes to its end."""
        ...

    async def keep(self, name: str) -> int:
        """Give it its name and return its size, once both would outlive a crash."""
        ...


class Blobs(Protocol):
    """Bytes by name. A name has letters, digits, `_`, `-` and `.`, and at least two of them."""

    async def open(self) -> None:
        """Begin; what had been arriving when the last server ended is dropped."""
        ...

    async def close(self) -> None:
        """Let everything go."""
        ...

    def receive(self) -> Incoming:
        """Begin to take in a blob."""
        ...

    async def size(self, name: str) -> int | None:
        """Return a blob's size; `None` if there is none of that name."""
        ...

    def read(self, name: str, *, start: int, end: int) -> AsyncGenerator[bytes, None]:
        """Yield the bytes from `start` up to `end` in pieces of moderate size, each read when it is asked for."""
        ...

    async def delete(self, names: Iterable[str]) -> None:
        """Delete these blobs; one that is not there is passed over."""
        ...

    def names(self) -> AsyncIterator[Sequence[str]]:
        """Yield the names of all blobs, some at a time."""
        ...

"""What a client sends of one request after its head: the body as it comes, and the news that the client hung up."""

from asyncio import Future, get_running_loop, timeout_at
from collections.abc import Callable
from typing import Final, Protocol

HELD_BYTES: Final = 64 * 1024
"""A body that nobody reads is held up to this size, and one read of the socket more; then the client must wait."""


class ClientGone(Exception):
    """The client hung up before its request was whole; nobody is left to answer."""


class Flow(Protocol):
    """The connection that a body comes from."""

    def hold_back(self) -> None:
        """Let the client wait with the rest."""

    def go_on(self) -> None:
        """Let the client send."""


class Incoming:
    """The rest of one request. The connection feeds it; the request reads it, or only watches for the hang-up."""

    __slots__ = ("_flow", "_held", "_pieces", "_reader", "_told", "_unwanted", "gone", "whole")

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._pieces: list[bytes] = []
        self._held = 0
        self._reader: Future[None] | None = None
        self._told: Callable[[], object] | None = None
        self._unwanted = False
        self.gone = False
        self.whole = False

    # The connection's side

    def feed(self, piece: bytes) -> None:
        """Take a piece of the body."""
        if self._unwanted:
            return
        self._pieces.append(piece)
        self._held += len(piece)
        if self._held > HELD_BYTES:
            self._flow.hold_back()
        self._wake()

    def end(self) -> None:
        """The body is whole."""
        self.whole = True
        self._wake()

    def lose(self) -> None:
        """The client is gone."""
        self.gone = True
        self._wake()
        told, self._told = self._told, None
        if told is not None:
            told()

    def drop(self) -> None:
        """The request is answered: what still comes of its body is nobody's."""
        self._unwanted = True
        self._told = None
        self._pieces.clear()
        self._flow.go_on()

    # The request's side

    async def read(self, deadline: float) -> bytes:
        """Return what has come of the body, empty at its end; wait for it until the deadline, on the loop's clock.

        Raises `TimeoutError`, and `ClientGone`. A body mostly came with its head: then nothing is waited for, and no
        timer (8 µs) is made.
        """
        if not self._pieces and not self.whole:
            await self._more(deadline)
        pieces = self._pieces
        self._pieces, self._held = [], 0
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    async def _more(self, deadline: float) -> None:
        self._flow.go_on()
        async with timeout_at(deadline):
            while not (self._pieces or self.whole):
                if self.gone:
                    raise ClientGone
                self._reader = get_running_loop().create_future()
                await self._reader

    def watch(self, told: Callable[[], object] | None) -> None:
        """Call `told` when the client hangs up, at once if it has; None ends the watch."""
        if told is not None and self.gone:
            told()
        else:
            self._told = told

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

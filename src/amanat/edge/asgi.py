"""The ASGI types that the edge speaks, and cheap ways to wait for a message and for a hang-up."""

from asyncio import Future, InvalidStateError, get_running_loop, timeout_at
from collections.abc import Awaitable, Callable, Coroutine, Generator, MutableMapping
from types import coroutine
from typing import Any, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Coroutine[Any, Any, Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Headers: TypeAlias = list[tuple[bytes, bytes]]


async def receive_by(receive: Receive, deadline: float) -> Message:
    """Receive a message, or raise `TimeoutError` at the deadline, a time of the loop's clock.

    A body mostly came with its headers: then there is nothing to wait for, and no timer (8 µs) is made.
    """
    waiting = receive()
    try:
        first = waiting.send(None)
    except StopIteration as end:
        message: Message = end.value
        return message
    async with timeout_at(deadline):
        return await _rest(waiting, first)


@coroutine
def _rest(waiting: Coroutine[Any, Any, Message], first: Any) -> Generator[Any, Any, Message]:
    """Await what is left of a coroutine that has been asked for `first` already."""
    try:
        yield first
    except BaseException:
        waiting.close()
        raise
    message: Message = yield from waiting
    return message


class HangUp:
    """Calls `told` once when the client goes away; `close` ends the watch.

    ASGI tells of a hang-up only to who awaits `receive()`. A task per parked poll costs several kilobytes, so the
    coroutine is stepped by the callbacks of the future it waits for: one coroutine and one future, and no task.
    """

    __slots__ = ("_receive", "_told", "_waiting", "_waits_for")

    def __init__(self, receive: Receive, told: Callable[[], object]) -> None:
        self._receive = receive
        self._told: Callable[[], object] | None = told
        self._waits_for: Future[Any] | None = None
        self._waiting: Coroutine[Any, Any, Message] | None = receive()
        self._step()

    def close(self) -> None:
        """Stop watching; nothing is told from now on."""
        self._told = None
        if self._waits_for is not None:
            self._waits_for.remove_done_callback(self._step)
            self._waits_for = None
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None

    def _step(self, _done: object = None) -> None:
        self._waits_for = None
        while self._waiting is not None:
            try:
                yielded = self._waiting.send(None)
            except StopIteration as end:
                # Rest of a request body may come before the hang-up: it is nobody's, and dropped.
                self._waiting = None if end.value["type"] == "http.disconnect" else self._receive()
            else:
                self._wait(yielded)
                return
        if self._told is not None:
            told, self._told = self._told, None
            told()

    def _wait(self, yielded: Any) -> None:
        if yielded is None:  # A bare `sleep(0)` inside the server.
            get_running_loop().call_soon(self._step)
            return
        if not getattr(yielded, "_asyncio_future_blocking", False):
            raise InvalidStateError("The server's receive() awaits something that is not a future of this loop.")
        yielded._asyncio_future_blocking = False
        self._waits_for = yielded
        yielded.add_done_callback(self._step)

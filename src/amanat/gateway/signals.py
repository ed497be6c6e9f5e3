"""Something that has happened, which others may wait for: what `asyncio.Event` does, at an eighth of its memory.

Each bot of a gateway has a dozen, and hardly anybody waits at any of them: an `asyncio.Event` takes 900 bytes from the
beginning, for the many who may.
"""

import asyncio


class Signal:
    """Is set or not; who waits goes on once it is."""

    __slots__ = ("_is_set", "_waiting")

    def __init__(self) -> None:
        self._is_set = False
        self._waiting: tuple[asyncio.Future[None], ...] = ()

    def is_set(self) -> bool:
        """Whether it is set."""
        return self._is_set

    def set(self) -> None:
        """Set it, and let everybody go on who waits now."""
        self._is_set = True
        waiting, self._waiting = self._waiting, ()
        for each in waiting:
            if not each.done():  # else it was cancelled
                each.set_result(None)

    def clear(self) -> None:
        """Let whoever comes wait until it is set again."""
        self._is_set = False

    async def wait(self) -> None:
        """Return once it is set: also where it has been cleared again since."""
        if self._is_set:
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting += (mine,)
        try:
            await mine
        finally:
            self._waiting = tuple(each for each in self._waiting if each is not mine)

"""Slow hashes of what people choose and others could guess: argon2id in threads, few at a time, a bounded queue."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from amanat.core.errors import LimitExceeded

T = TypeVar("T")

# OWASP's choice for argon2id with little memory: 19 MiB, measured at 20 ms.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE: Final = 2


class SlowHashes:
    """Makes and tests slow hashes; refuses with LimitExceeded when more than `max_waiting` are in line."""

    def __init__(self, *, max_waiting: int = 64) -> None:
        self._max_waiting = max_waiting
        self._waiting = 0
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="argon2")
        self._decoy: str | None = None

    async def hash(self, text: str) -> str:
        """Hash a new password or PIN."""
        return await self._in_thread(lambda: _HASHER.hash(text))

    async def matches(self, hashed: str | None, text: str) -> bool:
        """Whether `text` is what was hashed; where nothing was, no, after as long a time."""
        if self._decoy is None:
            self._decoy = await self._in_thread(lambda: _HASHER.hash(""))
        tried = hashed or self._decoy
        same = await self._in_thread(lambda: _matches(tried, text))
        return same and hashed is not None

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        if self._waiting >= self._max_waiting:
            raise LimitExceeded("Too many people are logging in at this moment.", retry_after_ms=2000)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def _matches(hashed: str, text: str) -> bool:
    try:
        return _HASHER.verify(hashed, text)
    except VerificationError:
        return False

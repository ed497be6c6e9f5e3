"""Hashing passwords: argon2id in threads, few at a time, at the same cost whether or not there is such an account."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from amanat.core.errors import InvalidParam, LimitExceeded, WeakPassword

T = TypeVar("T")

# OWASP's choice for argon2id with little memory: 19 MiB, measured at 20 ms.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE: Final = 2
_MAX_BYTES: Final = 512


class Passwords:
    """Hashes and verifies; refuses with LimitExceeded when more than `max_waiting` are in line."""

    def __init__(self, *, min_length: int, max_waiting: int = 64) -> None:
        self._min_length = min_length
        self._max_waiting = max_waiting
        self._waiting = 0
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="argon2")
        self._decoy: str | None = None

    async def hash(self, password: str) -> str:
        """Hash a new password; raises WeakPassword."""
        if len(password) < self._min_length:
            raise WeakPassword(f"A password has at least {self._min_length} characters.")
        _check_size(password)
        return await self._in_thread(lambda: _HASHER.hash(password))

    async def verify(self, hashed: str | None, password: str) -> bool:
        """Whether `password` is the one that was hashed; where there is none, no, after as long a time."""
        _check_size(password)
        if self._decoy is None:
            self._decoy = await self._in_thread(lambda: _HASHER.hash(""))
        tried = hashed or self._decoy
        matches = await self._in_thread(lambda: _matches(tried, password))
        return matches and hashed is not None

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


def _check_size(password: str) -> None:
    if len(password.encode("utf-8", "surrogatepass")) > _MAX_BYTES:
        raise InvalidParam(f"A password has at most {_MAX_BYTES} bytes.")


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except VerificationError:
        return False

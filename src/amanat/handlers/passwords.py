"""Passwords: how long one is, and that it is hashed slowly, at the same cost whether or not there is an account."""

from typing import Final

from amanat.core.errors import InvalidParam, WeakPassword
from amanat.handlers.slow_hashes import SlowHashes

_MAX_BYTES: Final = 512


class Passwords:
    """Hashes and verifies passwords."""

    def __init__(self, slow_hashes: SlowHashes, *, min_length: int) -> None:
        self._slow_hashes = slow_hashes
        self._min_length = min_length

    async def hash(self, password: str) -> str:
        """Hash a new password; raises WeakPassword."""
        if len(password) < self._min_length:
            raise WeakPassword(f"A password has at least {self._min_length} characters.")
        _check_size(password)
        return await self._slow_hashes.hash(password)

    async def verify(self, hashed: str | None, password: str) -> bool:
        """Whether `password` is the one that was hashed; where there is none, no, after as long a time."""
        _check_size(password)
        return await self._slow_hashes.matches(hashed, password)


def _check_size(password: str) -> None:
    if len(password.encode("utf-8", "surrogatepass")) > _MAX_BYTES:
        raise InvalidParam(f"A password has at most {_MAX_BYTES} bytes.")

"""Who is signed in at the desk. In memory, and each token as its hash: a restart signs everybody out."""

import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from msgspec import Struct

IDLE_MS: Final = 8 * 3_600_000
"""A working day; each request begins it anew."""
LONGEST_MS: Final = 12 * 3_600_000
MAX_SESSIONS: Final = 10_000
"""At some 400 bytes; the one that signed in first gives way."""


class Session(Struct, kw_only=True):
    """A browser in which somebody is signed in."""

    user_id: str
    name: str
    since_ms: int
    used_ms: int


class Sessions:
    """Opens, finds and ends sessions."""

    def __init__(self, *, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._open: dict[bytes, Session] = {}

    def open(self, user_id: str, *, name: str) -> str:
        """Sign somebody in, and return the token that their browser keeps."""
        token, now_ms = secrets.token_urlsafe(32), self._now_ms()
        self._open[_hash(token)] = Session(user_id=user_id, name=name, since_ms=now_ms, used_ms=now_ms)
        while len(self._open) > MAX_SESSIONS:
            del self._open[next(iter(self._open))]
        return token

    def find(self, token: str) -> Session | None:
        """Return whose token it is; `None` once its time is over."""
        key, now_ms = _hash(token), self._now_ms()
        session = self._open.get(key)
        if session is None:
            return None
        if now_ms >= min(session.used_ms + IDLE_MS, session.since_ms + LONGEST_MS):
            del self._open[key]
            return None
        session.used_ms = now_ms
        return session

    def end(self, token: str) -> None:
        """Sign somebody out."""
        self._open.pop(_hash(token), None)


def _hash(token: str) -> bytes:
    # It is random, so a fast hash is as good as a slow one.
    return sha256(token.encode("utf-8", "surrogatepass")).digest()

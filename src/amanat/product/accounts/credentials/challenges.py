"""Challenges for passkeys: random, used once, for two minutes, and only by the browser or device that asked."""

import secrets
from collections.abc import Callable
from typing import Final

LIFETIME_MS: Final = 2 * 60_000
MAX_CHALLENGES: Final = 10_000
"""At some 300 bytes; the oldest gives way."""
CHALLENGE_BYTES: Final = 32

Binding = tuple[str, ...]
"""What a challenge is for, and who may use it."""


class Challenges:
    """Keeps challenges in memory; after a restart people begin anew."""

    def __init__(self, *, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._held: dict[Binding, tuple[bytes, int]] = {}

    def new(self, *binding: str) -> bytes:
        """Make a challenge; one that was bound alike is void."""
        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        self._held.pop(binding, None)
        self._held[binding] = (challenge, self._now_ms() + LIFETIME_MS)
        while len(self._held) > MAX_CHALLENGES:
            del self._held[next(iter(self._held))]
        return challenge

    def take(self, *binding: str) -> bytes | None:
        """Return the challenge that is bound so, if its time is not over; it is void from now on."""
        challenge, expires_ts = self._held.pop(binding, (None, 0))
        return challenge if self._now_ms() < expires_ts else None

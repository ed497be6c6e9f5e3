"""Rendezvous: two devices of one person that meet, before one of them is signed in, leave each other messages here.

Each message is encrypted between them by keys that a QR code carried, and replaces the one before. MSC4108, as of 2024.
Kept in memory: who is interrupted by a restart shows another code.
"""

import secrets
from collections import Counter
from collections.abc import Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from prometheus_client import Gauge

from amanat.core.errors import ConcurrentWrite, LimitExceeded, NotFound

LIFETIME_MS: Final = 300_000
"""Long enough to sign in to the account pages with a code by SMS in between, which is where a device is let in."""
MAX_BYTES: Final = 4096
MAX_MEETINGS: Final = 2_000
"""At 4 KiB: eight megabytes."""
MAX_PER_BLOCK: Final = 30
"""Per address block: a class or an office may stand behind one."""
MEETINGS = Gauge("amanat_handlers_rendezvous_entries", "Devices that are being linked.")


class Meeting(Struct, frozen=True, kw_only=True):
    """What lies there for the other device. `tag` tells one message from the next."""

    id: str
    address_block: str
    message: bytes
    revision: int
    changed_ts: int
    expires_ts: int

    @property
    def tag(self) -> str:
        """An entity tag (RFC 9110, 8.8.3)."""
        return f'"{self.revision}"'


class Rendezvous:
    """Keeps meetings, each for five minutes from its beginning."""

    def __init__(self, *, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._meetings: dict[str, Meeting] = {}
        MEETINGS.set_function(self._meetings.__len__)
        self._of_block: Counter[str] = Counter()

    def begin(self, message: bytes, *, address_block: str) -> Meeting:
        """Begin a meeting with a first message; raises LimitExceeded."""
        now = self._now_ms()
        self._forget_old(now)
        if len(self._meetings) >= MAX_MEETINGS or self._of_block[address_block] >= MAX_PER_BLOCK:
            raise LimitExceeded("Too many devices are being linked.", retry_after_ms=LIFETIME_MS)
        meeting = Meeting(
            id=secrets.token_urlsafe(24),
            address_block=address_block,
            message=message,
            revision=1,
            changed_ts=now,
            expires_ts=now + LIFETIME_MS,
        )
        self._meetings[meeting.id] = meeting
        self._of_block[address_block] += 1
        return meeting

    def get(self, meeting_id: str) -> Meeting:
        """Return a meeting; raises NotFound."""
        self._forget_old(self._now_ms())
        meeting = self._meetings.get(meeting_id)
        if meeting is None:
            raise NotFound("There is no such rendezvous, or no longer.")
        return meeting

    def leave(self, meeting_id: str, message: bytes, *, seen: str) -> Meeting:
        """Replace the message whose tag was `seen`; raises ConcurrentWrite if there is another by now."""
        meeting = self.get(meeting_id)
        if seen != meeting.tag:
            raise ConcurrentWrite(**{"org.matrix.msc4108.errcode": "M_CONCURRENT_WRITE"})
        changed = replace(meeting, message=message, revision=meeting.revision + 1, changed_ts=self._now_ms())
        self._meetings[meeting_id] = changed
        return changed

    def end(self, meeting_id: str) -> None:
        """End a meeting; raises NotFound."""
        self._forget(self.get(meeting_id))

    def sweep(self) -> None:
        """Forget what is over."""
        self._forget_old(self._now_ms())

    def _forget_old(self, now: int) -> None:
        # They all last equally long, so the oldest stand first.
        while self._meetings:
            oldest = next(iter(self._meetings.values()))
            if now < oldest.expires_ts:
                return
            self._forget(oldest)

    def _forget(self, meeting: Meeting) -> None:
        del self._meetings[meeting.id]
        self._of_block[meeting.address_block] -= 1
        if not self._of_block[meeting.address_block]:
            del self._of_block[meeting.address_block]

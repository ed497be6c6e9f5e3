"""Phones in a test: the feature on a store, with a clock that tests move, and people who read their texts."""

import re
from hashlib import sha256
from itertools import count
from typing import Any

from amanat.config import Config
from amanat.core import proof_of_work
from amanat.outbound.sms.inbox import Inbox
from amanat.product.accounts.phone.codes import Challenge, Phone
from amanat.product.accounts.phone.feature import PhoneFeature, Rehearsal
from amanat.product.accounts.phone.work import WorkChallenge
from amanat.store.store import Store
from tests.server import FakeClock

ANI, BUDI = "+6281234567890", "+6285612345678"
MINUTE_MS = 60_000
SECRET = b"s" * 32
_CODE = re.compile(r"#(\d{6})$")


class Phones:
    """The feature, and everybody's phone."""

    def __init__(self, store: Store, *, limited: bool = True, **settings: Any) -> None:
        self.store = store
        self.clock = FakeClock()
        self.clock.look_ms = 0
        self.inbox = Inbox(now_ms=self.clock.now_ms)
        config = Config(**{"phone_work_bits": 0, "public_url": "https://chat.example.id", **settings})
        self.feature = PhoneFeature(
            store,
            config=config,
            secret=lambda: SECRET,
            now_ms=self.clock.now_ms,
            rehearsal=Rehearsal(inbox=self.inbox, limited=limited),
        )

    async def request(
        self, number: str, *, address: str = "192.0.2.1", work: str | None = None, purpose: str = "sign-in"
    ) -> Challenge:
        """Ask for a code."""
        return await self.feature.codes.request(number, purpose=purpose, address=address, language="id", work=work)

    def code(self, number: str) -> str:
        """The code in the newest text to a number."""
        found = _CODE.search(self.inbox.texts(number)[0].text)
        assert found is not None
        return found[1]

    def wrong_code(self, number: str) -> str:
        """Another code than that."""
        return f"{(int(self.code(number)) + 1) % 1_000_000:06d}"

    async def prove(self, number: str, *, address: str = "192.0.2.1", work: str | None = None) -> Phone:
        """Ask for a code and enter it."""
        challenge = await self.request(number, address=address, work=work)
        return await self.feature.codes.verify(challenge.id, self.code(number))

    def work(self) -> str:
        """Do some work, as an app does."""
        return solve(self.feature.work.challenge())


def solve(asked: WorkChallenge) -> str:
    """Do the work that is asked for."""
    works = (f"{asked.challenge}:{number}" for number in count())
    return next(work for work in works if _bits(work) >= asked.bits)


def _bits(work: str) -> int:
    return proof_of_work.zero_bits(sha256(work.encode()).digest())

"""Notices: what happens to an account is told to every device of its owner, and by mail where they want it.

They are account data of a type of our own: every app syncs it, and one that does not know the type passes it over.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

import msgspec
from msgspec import Struct

from amanat.core import canonical_json
from amanat.core.identifiers import SECURITY_TYPE
from amanat.db.tx import Need, Tx
from amanat.handlers.account_data import AccountData
from amanat.handlers.jobs import Jobs
from amanat.product.accounts.credentials.tables import RECOVERY_EMAILS
from amanat.store.account_data import ACCOUNT_DATA, ACCOUNT_DATA_BY_TYPE, NO_ROOM
from amanat.store.store import Store

KEPT: Final = 20
APART_MS: Final = 3_600_000
"""What a stranger can make happen is told once in this time."""
MAIL: Final = "security_mail"
"""The kind of job that mails what has not been mailed; its subject is whose notices they are."""


class Kind(StrEnum):
    """What can happen to an account."""

    PIN_SET = "pin_set"
    PIN_REMOVED = "pin_removed"
    PIN_ASKED = "pin_asked"
    """Somebody holds the account's number and does not know its PIN, or not yet."""
    PIN_WRONG = "pin_wrong"
    PIN_RESET_ASKED = "pin_reset_asked"
    PIN_RESET_CANCELLED = "pin_reset_cancelled"
    PIN_RESET = "pin_reset"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_COPIED = "passkey_copied"
    RECOVERY_KEY_MADE = "recovery_key_made"
    RECOVERY_KEY_USED = "recovery_key_used"
    EMAIL_CHANGED = "email_changed"
    EMAIL_REMOVED = "email_removed"
    NUMBER_CHANGED = "number_changed"
    ENTERED = "entered"
    """The account was entered without one of its devices."""


BY_STRANGERS: Final = frozenset({Kind.PIN_ASKED, Kind.PIN_WRONG})


class Notice(Struct, frozen=True, omit_defaults=True):
    """One thing that happened. `until_ts`: when what it announces takes effect."""

    kind: Kind
    ts: int
    until_ts: int | None = None


class _Content(Struct, frozen=True):
    notices: list[Notice] = []


class Notices:
    """Tells what happens to accounts."""

    def __init__(self, store: Store, *, account_data: AccountData, jobs: Jobs, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._account_data = account_data
        self._jobs = jobs
        self._now_ms = now_ms

    def needs(self, user_id: str) -> Sequence[Need]:
        """Return what `add` reads."""
        told: Need = (ACCOUNT_DATA, (user_id, NO_ROOM, SECURITY_TYPE))
        return [told, (RECOVERY_EMAILS, (user_id,)), *self._jobs.needs(MAIL, user_id)]

    def add(self, tx: Tx, user_id: str, *, kind: Kind, until_ts: int | None = None) -> None:
        """Tell of something, inside the unit of work in which it happens."""
        now = self._now_ms()
        row = tx.get(ACCOUNT_DATA, user_id, NO_ROOM, SECURITY_TYPE)
        before = [] if row is None else _read(row.content)
        if kind in BY_STRANGERS and any(notice.kind is kind and now < notice.ts + APART_MS for notice in before):
            return
        kept = [*before, Notice(kind, now, until_ts)][-KEPT:]
        content = canonical_json.encode(msgspec.to_builtins(_Content(kept)))
        self._account_data.put_in(tx, user_id, room_id=NO_ROOM, data_type=SECURITY_TYPE, content=content)
        email = tx.get(RECOVERY_EMAILS, user_id)
        if email is not None and (email.address or email.previous):
            self._jobs.ask(tx, MAIL, subject=user_id)

    async def tell(self, user_id: str, kind: Kind) -> None:
        """Tell of something by itself."""
        await self._store.write(lambda tx: self.add(tx, user_id, kind=kind), needs=self.needs(user_id))

    async def list(self, user_id: str) -> Sequence[Notice]:
        """Return what a person was told lately, the oldest first."""
        row = await self._store.first(ACCOUNT_DATA_BY_TYPE, user_id=user_id, room_id=NO_ROOM, type=SECURITY_TYPE)
        return [] if row is None else _read(row.content)


def _read(content: bytes) -> list[Notice]:
    return msgspec.json.decode(content, type=_Content).notices

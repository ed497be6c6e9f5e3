"""How many codes an address block, a prefix and a country are sent in 24 hours, and the watch for SMS pumping.

Who rents a range of numbers and earns by each text never enters the codes: a prefix whose codes are not entered is
closed, until the unanswered ones are a day old.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import LimitExceeded
from amanat.core.phone_numbers import PhoneNumber, prefix_of
from amanat.db.tx import Need, Tx
from amanat.edge.addresses import block
from amanat.product.accounts.phone.phone_keys import PhoneKeys
from amanat.product.accounts.phone.tables import PHONE_COUNTS, PhoneCountRow

HOUR_MS: Final = 60 * 60 * 1000
HOURS: Final = 24
"""How many hours count: the one that has begun, and those before it."""

ADDRESS, PREFIX, COUNTRY = "address", "prefix", "country"

_SPENT: Final = {
    ADDRESS: "Too many codes were asked for from your network today.",
    PREFIX: "Too many codes were asked for numbers like this one today.",
    COUNTRY: "Too many codes were sent to this country today.",
}
_CLOSED: Final = "Codes to numbers like this one are hardly ever entered, so none are sent for now."


class Budgets(Struct, frozen=True, kw_only=True):
    """Codes in 24 hours; and from how many on at least what percentage must have been entered."""

    address: int = 50
    prefix: int = 200
    country: int = 20_000
    watched_from: int = 50
    entered_percent: int = 20


_ENDLESS: Final = 10**12
UNLIMITED: Final = Budgets(address=_ENDLESS, prefix=_ENDLESS, country=_ENDLESS, watched_from=_ENDLESS)
"""For a lab."""


class Subject(Struct, frozen=True):
    """Something that has a budget, as it is stored."""

    scope: str
    key: bytes


class Counts:
    """Counts codes by the hour. Its methods with a `tx` are parts of units of work."""

    def __init__(self, keys: PhoneKeys, *, budgets: Budgets) -> None:
        self._keys = keys
        self._budgets = budgets

    def subjects(self, number: PhoneNumber, *, address: str) -> list[Subject]:
        """Return what pays for a code to this number, asked for from this address."""
        names = {ADDRESS: block(address), PREFIX: prefix_of(number.e164), COUNTRY: number.country}
        return [Subject(scope, self._keys.subject(scope, name)) for scope, name in names.items()]

    def needs(self, subjects: Sequence[Subject]) -> list[Need]:
        """Return what `take` reads."""
        return [(PHONE_COUNTS, (subject.scope, subject.key)) for subject in subjects]

    def take(self, tx: Tx, subjects: Sequence[Subject], *, now_ms: int) -> None:
        """Count one code for each subject; raises `LimitExceeded` if that is too many for one of them."""
        hour = now_ms // HOUR_MS
        rows = [self._admit(tx, subject, hour=hour, now_ms=now_ms) for subject in subjects]
        for row in rows:
            tx.put(PHONE_COUNTS, replace(row, sent=row.sent + 1))

    def _admit(self, tx: Tx, subject: Subject, *, hour: int, now_ms: int) -> PhoneCountRow:
        rows = [row for row in tx.scan(PHONE_COUNTS, subject.scope, subject.key) if row.hour > hour - HOURS]
        sent = sum(row.sent for row in rows)
        verified = sum(row.verified for row in rows)
        # The oldest hour that counts is forgotten when the next one begins.
        wait = {"retry_after_ms": HOUR_MS - now_ms % HOUR_MS}
        if sent >= getattr(self._budgets, subject.scope):
            raise LimitExceeded(_SPENT[subject.scope], **wait)
        if subject.scope == PREFIX and self._is_pumped(sent, verified):
            raise LimitExceeded(_CLOSED, **wait)
        current = PhoneCountRow(subject.scope, subject.key, hour, 0, 0)
        return next((row for row in rows if row.hour == hour), current)

    def _is_pumped(self, sent: int, verified: int) -> bool:
        return sent >= self._budgets.watched_from and verified * 100 < sent * self._budgets.entered_percent

    def give_back(self, tx: Tx, subjects: Sequence[Subject], *, now_ms: int) -> None:
        """Take back one code for each subject, which was never sent: an outage closes no range."""
        for subject in subjects:
            row = tx.get(PHONE_COUNTS, subject.scope, subject.key, now_ms // HOUR_MS)
            if row is not None:
                tx.put(PHONE_COUNTS, replace(row, sent=row.sent - 1))

    def entered_needs(self, e164: str, *, sent_ms: int) -> list[Need]:
        """Return what `entered` reads."""
        return [(PHONE_COUNTS, self._prefix(e164, sent_ms))]

    def entered(self, tx: Tx, e164: str, *, sent_ms: int) -> None:
        """Count that a code which was sent then has been entered."""
        row = tx.get(PHONE_COUNTS, *self._prefix(e164, sent_ms))
        if row is not None:
            tx.put(PHONE_COUNTS, replace(row, verified=row.verified + 1))

    def _prefix(self, e164: str, sent_ms: int) -> tuple[str, bytes, int]:
        return PREFIX, self._keys.subject(PREFIX, prefix_of(e164)), sent_ms // HOUR_MS

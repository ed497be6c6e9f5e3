"""Whether a code may be sent now: the number's own pace, work from a newcomer, and the budgets."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, json

from amanat.core import otp, phone_numbers
from amanat.core.errors import LimitExceeded
from amanat.core.otp import Pace
from amanat.core.proof_of_work import Proof
from amanat.db.tx import Need, Tx
from amanat.product.accounts.phone.budgets import ADDRESS, Counts, Subject
from amanat.product.accounts.phone.phone_keys import PhoneKeys
from amanat.product.accounts.phone.tables import PHONE_SENDS, PhoneSendRow
from amanat.product.accounts.phone.work import Work

KEPT: Final = 32
"""Codes of a day that are remembered of a number. It is sent fewer, but in a lab."""

_TOO_SOON: Final = "A code was sent to this number a moment ago. Wait before you ask for another."


class Sending(Struct, frozen=True, kw_only=True):
    """A code that somebody wants sent."""

    number: str
    number_hash: bytes
    subjects: list[Subject]
    proof: Proof | None
    now_ms: int

    @property
    def address_hash(self) -> bytes:
        """Who asks, as it is stored."""
        (asker,) = (subject.key for subject in self.subjects if subject.scope == ADDRESS)
        return asker


class SendLimits:
    """Admits codes. Its methods with a `tx` are parts of units of work."""

    def __init__(self, keys: PhoneKeys, *, countries: Sequence[str], pace: Pace, counts: Counts, work: Work) -> None:
        self.counts = counts
        self._keys = keys
        self._countries = countries
        self._pace = pace
        self._work = work

    def sending(self, written: str, *, address: str, work: str | None, now_ms: int) -> Sending:
        """Describe what is asked for; raises `NumberRefused` where no text can be sent to what was written."""
        number = phone_numbers.parse(written, countries=self._countries)
        return Sending(
            number=number.e164,
            number_hash=self._keys.number_hash(number.e164),
            subjects=self.counts.subjects(number, address=address),
            proof=self._work.read(work),
            now_ms=now_ms,
        )

    def needs(self, sending: Sending) -> list[Need]:
        """Return what `admit` reads."""
        own: list[Need] = [(PHONE_SENDS, (sending.number_hash,))]
        return [*own, *self.counts.needs(sending.subjects), *self._work.needs(sending.proof)]

    def admit(self, tx: Tx, sending: Sending) -> int:
        """Count one code, and return how long the number waits for the next; raises where it may not be sent."""
        before = tx.get(PHONE_SENDS, sending.number_hash)
        sent = [] if before is None else _times(before)
        wait = otp.wait_ms(sent, now_ms=sending.now_ms, pace=self._pace)
        if wait > 0:
            raise LimitExceeded(_TOO_SOON, retry_after_ms=wait)
        if before is None or before.address_hash != sending.address_hash:
            self._work.spend(tx, sending.proof)
        self.counts.take(tx, sending.subjects, now_ms=sending.now_ms)
        sent = [*otp.recent(sent, now_ms=sending.now_ms), sending.now_ms][-KEPT:]
        self._put(tx, sending, sent)
        return otp.wait_ms(sent, now_ms=sending.now_ms, pace=self._pace)

    def give_back(self, tx: Tx, sending: Sending) -> None:
        """Count a code as never sent; reads what `admit` does."""
        self.counts.give_back(tx, sending.subjects, now_ms=sending.now_ms)
        before = tx.get(PHONE_SENDS, sending.number_hash)
        if before is not None:
            self._put(tx, sending, [at for at in _times(before) if at != sending.now_ms])

    def _put(self, tx: Tx, sending: Sending, sent: list[int]) -> None:
        row = PhoneSendRow(sending.number_hash, sending.address_hash, json.encode(sent), sending.now_ms)
        tx.put(PHONE_SENDS, row)


def _times(row: PhoneSendRow) -> list[int]:
    return json.decode(row.sent, type=list[int])

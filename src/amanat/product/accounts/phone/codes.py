"""Codes by SMS: sent to a number, and taken once from whoever holds the phone.

A number that belongs to an account and one that does not are treated alike: nothing here looks for the account.
"""

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256
from math import ceil
from typing import Final, Literal, TypeAlias

import structlog
from msgspec import Struct
from msgspec.structs import replace
from prometheus_client import Counter

from amanat.core import otp
from amanat.db.tx import Need, Tx
from amanat.outbound.sms.sms import SmsFailed
from amanat.product.accounts.phone.code_texts import CodeTexts
from amanat.product.accounts.phone.errors import Expired, SmsUnavailable, TooManyGuesses, WrongCode
from amanat.product.accounts.phone.phone_keys import PhoneKeys
from amanat.product.accounts.phone.send_limits import Sending, SendLimits
from amanat.product.accounts.phone.tables import PHONE_CODE, PHONE_CODES, PhoneCodeRow
from amanat.store.store import Store

log = structlog.get_logger()

CODES = Counter("amanat_phone_codes_total", "Codes that were entered, by outcome.", ["outcome"])

Outcome: TypeAlias = Literal["right", "wrong", "expired", "void"]

SIGN_IN: Final = "sign-in"
"""The purpose of a code that nothing else is said of. A code of one purpose is none of another."""


class Challenge(Struct, frozen=True):
    """A code is on its way. `id` is told to whoever asked, and is worth nothing without the code."""

    id: str
    resend_after_s: int


class Phone(Struct, frozen=True):
    """A number that its holder has just proved to hold."""

    number_hash: bytes
    number: str


class PhoneCodes:
    """Sends codes and takes them."""

    def __init__(
        self,
        store: Store,
        *,
        keys: PhoneKeys,
        texts: CodeTexts,
        limits: SendLimits,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self.keys = keys
        self._texts = texts
        self.limits = limits
        self._now_ms = now_ms

    @property
    def available(self) -> bool:
        """Whether this server sends texts at all."""
        return self._texts.available

    async def request(
        self, number: str, *, purpose: str, address: str, language: str, work: str | None = None
    ) -> Challenge:
        """Send a code, which voids the one before it.

        Raises `NumberRefused`, `LimitExceeded`, `WorkNeeded` or `SmsUnavailable`. `address` is the asker's.
        """
        if not self.available:
            raise SmsUnavailable("This server sends no texts.")
        sending = self.limits.sending(number, address=address, work=work, now_ms=self._now_ms())
        challenge_id, code = secrets.token_urlsafe(16), otp.code_of(secrets.randbelow(otp.CODES))
        row = self._row(sending, challenge_id=challenge_id, code=code, purpose=purpose)

        def run(tx: Tx) -> int:
            wait_ms = self.limits.admit(tx, sending)
            tx.put(PHONE_CODES, row)
            return wait_ms

        wait_ms = await self._store.write(run, needs=self.limits.needs(sending))
        try:
            await self._texts.send(sending.number, code, language=language, purpose=purpose)
        except SmsFailed as error:
            log.error("code_not_sent", reason=str(error))
            if not error.maybe_sent:
                await self._give_back(sending, row)
            raise SmsUnavailable from None
        return Challenge(challenge_id, ceil(wait_ms / 1000))

    def _row(self, sending: Sending, *, challenge_id: str, code: str, purpose: str) -> PhoneCodeRow:
        return PhoneCodeRow(
            number_hash=sending.number_hash,
            challenge_hash=_hash(challenge_id),
            code_hash=self.keys.code_hash(challenge_id, code),
            sealed_number=self.keys.seal(sending.number, about=_about(sending.number_hash)),
            purpose=purpose,
            created_ts=sending.now_ms,
            guesses=0,
        )

    async def _give_back(self, sending: Sending, row: PhoneCodeRow) -> None:
        def run(tx: Tx) -> None:
            if tx.get(PHONE_CODES, row.number_hash) == row:
                tx.delete(PHONE_CODES, row.number_hash)
            self.limits.give_back(tx, sending)

        needs: list[Need] = [(PHONE_CODES, (row.number_hash,)), *self.limits.needs(sending)]
        await self._store.write(run, needs=needs)

    async def verify(self, challenge_id: str, code: str, *, purpose: str = SIGN_IN) -> Phone:
        """Take a code, once; raises `WrongCode`, `TooManyGuesses` or `Expired`."""
        found = await self._store.first(PHONE_CODE, challenge_hash=_hash(challenge_id))
        number = None if found is None else self._number(found)
        if found is None or number is None:
            raise Expired
        guess = self.keys.code_hash(challenge_id, otp.read_code(code) or "")

        def run(tx: Tx) -> tuple[Outcome, int]:
            row = tx.get(PHONE_CODES, found.number_hash)
            outcome = self._judge(row, guess, challenge_hash=found.challenge_hash, purpose=purpose)
            if row is None or outcome in ("expired", "void"):
                return outcome, 0
            if outcome == "wrong":
                # Not by an exception, which would take the count back.
                tx.put(PHONE_CODES, replace(row, guesses=row.guesses + 1))
                return outcome, otp.GUESSES - row.guesses - 1
            tx.delete(PHONE_CODES, row.number_hash)
            self.limits.counts.entered(tx, number, sent_ms=row.created_ts)
            return outcome, 0

        needs: list[Need] = [(PHONE_CODES, (found.number_hash,))]
        needs += self.limits.counts.entered_needs(number, sent_ms=found.created_ts)
        outcome, guesses_left = await self._store.write(run, needs=needs)
        CODES.labels(outcome).inc()
        if outcome == "right":
            return Phone(found.number_hash, number)
        raise _refusal(outcome, guesses_left)

    def _judge(self, row: PhoneCodeRow | None, guess: bytes, *, challenge_hash: bytes, purpose: str) -> Outcome:
        """Say what a guess is worth, as the code stands in the unit of work."""
        if row is None or row.challenge_hash != challenge_hash or row.purpose != purpose:
            return "expired"
        if self._now_ms() - row.created_ts >= otp.LIFETIME_MS:
            return "expired"
        if row.guesses >= otp.GUESSES:
            return "void"
        return "right" if hmac.compare_digest(guess, row.code_hash) else "wrong"

    def _number(self, row: PhoneCodeRow) -> str | None:
        return self.keys.unseal(row.sealed_number, about=_about(row.number_hash))


def _refusal(outcome: Outcome, guesses_left: int) -> WrongCode | TooManyGuesses | Expired:
    if outcome == "expired":
        return Expired()
    return WrongCode(guesses_left=guesses_left) if guesses_left else TooManyGuesses()


def _hash(challenge_id: str) -> bytes:
    return sha256(challenge_id.encode("utf-8", "surrogatepass")).digest()


def _about(number_hash: bytes) -> str:
    return f"code {number_hash.hex()}"

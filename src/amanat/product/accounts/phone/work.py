"""Proofs of work: what an address shows before it has a text sent to a number for the first time."""

import secrets
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from amanat.core import proof_of_work
from amanat.core.proof_of_work import Proof
from amanat.db.tx import Need, Tx
from amanat.product.accounts.phone.errors import WorkNeeded
from amanat.product.accounts.phone.phone_keys import PhoneKeys
from amanat.product.accounts.phone.tables import PHONE_WORK, PhoneWorkRow

LIFETIME_MS: Final = 5 * 60 * 1000


class WorkChallenge(Struct, frozen=True, kw_only=True):
    """What to work on: find a number so that the SHA-256 of `challenge:number` begins with `bits` zero bits."""

    challenge: str
    bits: int
    expires_ts: int


class Work:
    """Gives out challenges and takes each proof once. With `bits` at 0 nobody has to work."""

    def __init__(self, keys: PhoneKeys, *, bits: int, now_ms: Callable[[], int]) -> None:
        self._keys = keys
        self._bits = bits
        self._now_ms = now_ms

    def challenge(self) -> WorkChallenge:
        """Return something to work on. Nothing is stored of it."""
        expires_ms = self._now_ms() + LIFETIME_MS
        text = proof_of_work.challenge(
            self._keys.work, nonce=secrets.token_hex(12), expires_ms=expires_ms, bits=self._bits
        )
        return WorkChallenge(challenge=text, bits=self._bits, expires_ts=expires_ms)

    def read(self, work: str | None) -> Proof | None:
        """Return the proof that was shown, if it is one."""
        if work is None:
            return None
        return proof_of_work.check(self._keys.work, work, now_ms=self._now_ms(), bits=self._bits)

    def needs(self, proof: Proof | None) -> list[Need]:
        """Return what `spend` reads."""
        return [] if proof is None else [(PHONE_WORK, (proof.nonce,))]

    def spend(self, tx: Tx, proof: Proof | None) -> None:
        """Take a proof, inside the unit of work that it pays for; raises `WorkNeeded` where there is none."""
        if self._bits == 0:
            return
        if proof is None or tx.get(PHONE_WORK, proof.nonce) is not None:
            fresh = self.challenge()
            raise WorkNeeded(challenge=fresh.challenge, bits=fresh.bits, expires_ts=fresh.expires_ts)
        tx.put(PHONE_WORK, PhoneWorkRow(proof.nonce, proof.expires_ms))

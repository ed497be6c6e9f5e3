"""A proof that somebody let a machine work for a moment, which a machine that asks a million times cannot afford. Pure.

A challenge is signed, so that none is stored: `1.<expires in ms>.<bits>.<nonce>.<signature>`. Its proof is the
challenge, a colon and a number, such that the SHA-256 of the whole begins with that many zero bits (as in Hashcash).
"""

import hashlib
import hmac
from typing import Final

from msgspec import Struct

from amanat.core.keyed_hash import keyed_hash

MAX_LENGTH: Final = 200
MAX_BITS: Final = 24
"""More takes a phone minutes."""
_VERSION: Final = "1"


class Proof(Struct, frozen=True, kw_only=True):
    """A proof that holds. Whoever takes it remembers the nonce until it expires, so that it is good once."""

    nonce: str
    expires_ms: int


def challenge(key: bytes, *, nonce: str, expires_ms: int, bits: int) -> str:
    """Return what a client is to work on; `nonce` is random and has no full stop in it."""
    signed = f"{_VERSION}.{expires_ms}.{bits}.{nonce}"
    return f"{signed}.{_signature(key, signed)}"


def check(key: bytes, work: str, *, now_ms: int, bits: int) -> Proof | None:
    """Return the proof, if it is one of ours, in time, and of no fewer than `bits`."""
    shown, colon, _ = work.partition(":")
    parts = shown.split(".")
    if len(work) > MAX_LENGTH or not colon or len(parts) != 5 or not work.isascii():
        return None
    version, expires, asked, nonce, signature = parts
    if not hmac.compare_digest(signature, _signature(key, ".".join(parts[:4]))) or version != _VERSION:
        return None
    # Signed by us, so these are the numbers that we wrote.
    if int(expires) <= now_ms or int(asked) < bits or zero_bits(hashlib.sha256(work.encode()).digest()) < int(asked):
        return None
    return Proof(nonce=nonce, expires_ms=int(expires))


def zero_bits(digest: bytes) -> int:
    """Return how many zero bits a digest begins with."""
    return len(digest) * 8 - int.from_bytes(digest, "big").bit_length()


def _signature(key: bytes, signed: str) -> str:
    return keyed_hash(key, signed).hex()[:32]

"""The signed ticket behind a QR code: whoever has the office's public key can check it without a network. Pure.

`AT1.<payload>.<signature>`, both base64url; the signature is Ed25519 over everything before its dot, so nothing else
that the key may sign can be taken for a ticket. A ticket names no person. It proves that the office gave out this
number for this time. Whether it still holds, after a move or a cancellation, only the day's list can tell; of two
tickets, the one that was moved more often is the newer.
"""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import DecodeError, Struct, json

from amanat.core import base64url

PREFIX: Final = "AT1"
MAX_LENGTH: Final = 400


class Ticket(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a ticket says. The field names are short because they stand in a QR code."""

    n: str
    """The number."""
    c: str
    """The counter, `place.counter`."""
    t: int
    """When the visit starts, in seconds since 1970."""
    m: int = 0
    """How often it was moved."""


def sign(ticket: Ticket, key: Ed25519PrivateKey) -> str:
    """Return the text that stands in the QR code."""
    signed = f"{PREFIX}.{base64url.encode(json.encode(ticket))}"
    return f"{signed}.{base64url.encode(key.sign(signed.encode()))}"


def verify(text: str, key: Ed25519PublicKey) -> Ticket | None:
    """Return what a ticket says, or `None` if this key has not signed it."""
    signed, _, signature = text.rpartition(".")
    prefix, _, payload = signed.partition(".")
    if prefix != PREFIX or len(text) > MAX_LENGTH:
        return None
    try:
        key.verify(base64url.decode(signature), signed.encode())
        return json.decode(base64url.decode(payload), type=Ticket)
    except (InvalidSignature, ValueError, DecodeError):
        return None

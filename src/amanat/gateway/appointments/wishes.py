"""What somebody wants of an office, and what they are told. Plain data, and how persons become keyed hashes. Pure."""

from datetime import date
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct, json

from amanat.core.keyed_hash import keyed_hash, subkey
from amanat.gateway.appointments.settings import Channel

MAX_DETAIL: Final = 500
"""Characters of one detail."""


class Wish(Struct, frozen=True, kw_only=True):
    """A request for an appointment. `request` is its own for ever: asked twice, it is answered alike.

    `person` stands for whoever speaks, `identity` for who they said they are, '' if the service asks for none: both as
    `Keys` hashes them, for a wish may be kept for days.
    Without a `day`, the first that is free is meant, without a `time` the first of the day, without a `place` any.
    `seed` is at least 16 random bytes, of which the number is made. `hold` keeps the seat only until it is booked.
    """

    request: str
    service: str
    person: str
    seed: bytes
    hold: bool = False
    number: str = ""
    """Which of their appointments is meant, if they may have several."""
    chat: str = ""
    language: str = ""
    day: date | None = None
    time: str = ""
    place: str = ""
    identity: str = ""
    priority: str = ""
    details: dict[str, str] = {}
    channel: Channel = "chat"


class Visit(Struct, frozen=True, kw_only=True):
    """An appointment as the person it belongs to is told of it."""

    number: str
    service: str
    counter: str
    starts_ms: int
    ends_ms: int
    moves: int = 0


class Papers(Struct, frozen=True, kw_only=True):
    """That a person is due a ticket and a calendar file, or, where they are `void`, word that those they have are."""

    visit: Visit
    void: bool = False


class Answer(Struct, frozen=True, kw_only=True):
    """What came of a request: a word that a flow knows, values for its texts, and the visit if there is one."""

    outcome: str
    values: dict[str, str] = {}
    visit: Visit | None = None
    papers: Papers | None = None


class Keys:
    """The secrets of appointments: what persons are hashed with, lots are drawn with and tickets are signed with.

    `secret` is the service's own, of 32 bytes.
    """

    def __init__(self, secret: bytes) -> None:
        self._hash = subkey(secret, "appointments/hash")
        self._lots = subkey(secret, "appointments/lots")
        self.tickets = Ed25519PrivateKey.from_private_bytes(subkey(secret, "appointments/tickets"))

    def person(self, person: str) -> str:
        """Return what stands for a person."""
        return "p" + keyed_hash(self._hash, "person", person).hex()[:40]

    def identity(self, identity: str) -> str:
        """Return what stands for an identity: spaces, dots and dashes in it make no difference."""
        plain = "".join(character for character in identity.casefold() if character.isalnum())
        return "i" + keyed_hash(self._hash, "identity", plain).hex()[:40] if plain else ""

    def lot(self, service: str, draw_ms: int, *, person: str) -> str:
        """Return a person's lot: the same however often they ask, and nobody without the secret can tell it before."""
        return "0" + keyed_hash(self._lots, service, str(draw_ms), person).hex()[:40]


_ANSWERS: Final = json.Decoder(Answer)
_WISHES: Final = json.Decoder(Wish)


def encode(value: Answer | Wish) -> bytes:
    """Write an answer or a wish down."""
    return json.encode(value)


def decode_answer(stored: bytes) -> Answer:
    """Read an answer."""
    return _ANSWERS.decode(stored)


def decode_wish(stored: bytes) -> Wish:
    """Read a wish."""
    return _WISHES.decode(stored)

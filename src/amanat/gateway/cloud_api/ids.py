"""The Graph API's ids of what a bot has: decimal strings, and opaque ones that can be read back. Pure.

Every id begins with a digit that says what it is of, so that `/{id}` finds it without a table.
"""

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from amanat.gateway.bots.api import Me
from amanat.gateway.bots.model import Person

Kind: TypeAlias = Literal["phone", "business", "app", "media", "template", "flow", "catalogue", "product"]

_KINDS: Final[Mapping[str, Kind]] = {
    "1": "phone",
    "2": "business",
    "3": "app",
    "4": "media",
    "5": "template",
    "6": "flow",
    "7": "catalogue",
    "8": "product",
}
_DIGITS: Final[Mapping[Kind, str]] = {kind: digit for digit, kind in _KINDS.items()}
_LONGEST: Final = 18
"""Of a number in digits: what any database holds."""

UNASSIGNED: Final = "999"
"""No country's code (ITU-T E.164): behind it stand numbers that nobody can be called by."""
BUSINESS_SCOPED: Final = "ID."
"""The country of the business, as the ids of people begin that hold for one business alone."""

_WAMID: Final = struct.Struct(">bqq")
_MESSAGE, _EVENT = 0, 1


class Node(Struct, frozen=True):
    """What an id is of."""

    kind: Kind
    number: int


def node_id(kind: Kind, number: int) -> str:
    """Return the id of something."""
    return f"{_DIGITS[kind]}{number}"


def read_node(text: str) -> Node | None:
    """Return what an id is of; None for what is none."""
    kind = _KINDS.get(text[:1])
    if kind is None or not 2 <= len(text) <= 1 + _LONGEST or not (text.isascii() and text.isdigit()):
        return None
    return Node(kind, int(text[1:]))


def display_number(me: Me) -> str:
    """Return the number that stands for the bot where the API asks for one: digits without `+`, of nobody."""
    return f"{UNASSIGNED}{me.number % 10**12:012d}"


# People. Who shared their number is known by it, and everybody by an id that this bot alone was given.


def user_id(person: Person) -> str:
    """Return somebody's id with this business."""
    return f"{BUSINESS_SCOPED}{person.number}"


def wa_id(person: Person, *, stand_in: bool) -> str | None:
    """Return somebody's phone number; a `stand_in` for who shared none is a number of nobody's."""
    if person.phone:
        return person.phone.removeprefix("+")
    return f"{UNASSIGNED}{person.number}" if stand_in else None


def read_user_id(text: str) -> int | None:
    """Return whose id with this business it is, or whose stand-in; None for a phone number."""
    for prefix in (BUSINESS_SCOPED, UNASSIGNED):
        number = text.removeprefix(prefix)
        if number != text and number.isascii() and number.isdigit() and len(number) <= _LONGEST:
            return int(number)
    return None


# Messages.


class MessageId(Struct, frozen=True):
    """Where a message stands."""

    chat: int
    number: int


def wamid(chat: int, number: int) -> str:
    """Return the id of a message."""
    return _wamid(_MESSAGE, chat, number)


def event_wamid(chat: int, position: int) -> str:
    """Return the id of what is told of a message, as of a reaction: it is no message that could be answered."""
    return _wamid(_EVENT, chat, position)


def read_wamid(text: str) -> MessageId | None:
    """Return where a message stands; None for what is no message's id."""
    return _read(_MESSAGE, text)


def chat_of_event(text: str) -> int | None:
    """Return in which chat something was told that is no message; None for any other id."""
    found = _read(_EVENT, text)
    return None if found is None else found.chat


def _read(wanted: int, text: str) -> MessageId | None:
    encoded = text.removeprefix("wamid.")
    try:
        kind, chat, number = _WAMID.unpack(urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (Error, ValueError, struct.error):
        return None
    return MessageId(chat, number) if kind == wanted and encoded != text else None


def _wamid(kind: int, chat: int, number: int) -> str:
    return f"wamid.{urlsafe_b64encode(_WAMID.pack(kind, chat, number)).decode().rstrip('=')}"

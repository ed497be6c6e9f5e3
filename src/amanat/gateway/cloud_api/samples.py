"""What tells of nothing: the message with which a webhook is tested. Pure."""

import json
from typing import Any, Final

import msgspec

from amanat.gateway.bots.model import Came, Chat, Person, Said, Words
from amanat.gateway.cloud_api.events import Teller

NOBODY: Final = Person(number=0, name="test user name", phone="+16315551181")
"""Whom Meta's own samples are from: a number that is given to nobody. Whoever answers is told 131026."""
TEXT: Final = "this is a text message"


def sample(teller: Teller, *, ts: int) -> bytes:
    """Return the body of a test: its words are Meta's, and its id is of no message that could be answered."""
    chat = Chat(number=0, room_id="", kind="private", title="", person=NOBODY)
    told = teller.webhook(Came(said=Said(number=0, chat=chat, sender=NOBODY, ts=ts, body=Words(text=TEXT))))
    assert told is not None
    told["entry"][0]["changes"][0]["value"]["messages"][0]["id"] = teller.event_id(chat.number)
    return rendered(told)


def rendered(told: dict[str, Any]) -> bytes:
    """Return a webhook's body in ASCII, as Meta signs it: who reads it and writes it before they check is right too."""
    try:
        encoded = msgspec.json.encode(told)  # at a tenth of the price, and the same where all of it is ASCII
    except ValueError:  # half a character, which only the other writes
        encoded = b"\xff"
    return encoded if encoded.isascii() else json.dumps(told, separators=(",", ":")).encode("ascii")

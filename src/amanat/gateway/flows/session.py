"""One person's conversation with a flow, what can happen to it, and what comes of that: plain data."""

from typing import Final, Literal

import msgspec
from msgspec import Struct

from amanat.gateway.flows.model import EffectKind, Option

Standing = Literal["new", "asking", "choosing_language", "working", "with_staff", "ended"]


class Session(Struct, frozen=True, kw_only=True):
    """Where a conversation stands. It is tied to the version of the flow that it began in."""

    flow: str
    version: str
    language: str
    standing: Standing
    step: str
    variables: dict[str, str]
    """Only what the step or one after it still uses."""
    failures: int = 0
    """Answers that were not understood since the last that was."""
    effects: int = 0
    """How many effects there were: the id of the one that is waited for."""
    since_ms: int = 0
    """When the step was entered or, while the bot waits for an answer, when the person was last heard."""


class Said(Struct, frozen=True, kw_only=True, tag="said"):
    """The person wrote something, or pressed a button: then `option` is its id and `menu` the id of its menu."""

    text: str
    option: str = ""
    menu: str = ""


class Sent(Struct, frozen=True, kw_only=True, tag="sent"):
    """The person sent something that is not text."""

    kind: Literal["voice", "picture", "video", "file", "place", "sticker", "other"]


class Answered(Struct, frozen=True, kw_only=True, tag="answered"):
    """What came of an effect; `values` is never read as anything but text."""

    effect: str
    outcome: str
    values: dict[str, str] = {}


class GivenBack(Struct, frozen=True, kw_only=True, tag="given_back"):
    """The staff have finished."""


class TimePassed(Struct, frozen=True, kw_only=True, tag="time_passed"):
    """Nothing happened until now: see `interpreter.due_ms`."""


Input = Said | Sent | Answered | GivenBack | TimePassed


class Message(Struct, frozen=True, kw_only=True):
    """Something to say: Markdown, and a menu below it if there are options."""

    text: str
    options: tuple[Option, ...] = ()
    menu: str = ""
    """The id of the menu, which a pressed button names."""
    hint: str = ""
    """How to answer a menu, for apps that show it as a numbered text."""

    @property
    def style(self) -> Literal["text", "buttons", "list"]:
        """Return how an app shows it: few short options are buttons."""
        if not self.options:
            return "text"
        few = len(self.options) <= MAX_BUTTONS and not any(option.description for option in self.options)
        return "buttons" if few else "list"


class Act(Struct, frozen=True, kw_only=True, tag="act"):
    """Something to have done outside: `call`, `book` or `ticket`. The answer comes back as `Answered`.

    The arguments named in `secrets` are whole here and nowhere else: they belong in no log.
    """

    id: str
    kind: EffectKind
    target: str
    arguments: dict[str, str]
    secrets: frozenset[str]
    deadline_ms: int


class HandToStaff(Struct, frozen=True, kw_only=True, tag="hand_to_staff"):
    """Give the chat to a desk, with what is known of what the flow asked. The bot is silent until `GivenBack`."""

    desk: str
    language: str
    known: dict[str, str] = {}


class TakeBack(Struct, frozen=True, kw_only=True, tag="take_back"):
    """Take the chat from the staff: the person went back to the bot, or nobody came."""


Request = Act | HandToStaff | TakeBack


class Turn(Struct, frozen=True, kw_only=True):
    """What one input leads to."""

    session: Session
    outputs: tuple[Message, ...] = ()
    effects: tuple[Request, ...] = ()
    path: tuple[str, ...] = ()
    """The steps that were entered on the way."""


LANGUAGE_MENU: Final = "language"
"""The id of the one menu that is no step."""

MAX_BUTTONS: Final = 3
"""WhatsApp's limit, which people know and other apps share."""

_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(Session)


def encode(session: Session) -> bytes:
    """Write a session down."""
    return _ENCODER.encode(session)


def decode(stored: bytes) -> Session:
    """Read what `encode` wrote."""
    return _DECODER.decode(stored)

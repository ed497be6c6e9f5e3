"""What somebody decides about a bot, in no API's words. Pure data."""

from typing import Literal

from msgspec import Struct

About = Literal["offers", "calls"]
"""Whether the bot may send offers of its own accord; whether who runs it may ring."""
Answer = Literal["", "yes", "no"]
"""Empty: they have said nothing yet. It lets the bot do nothing."""


class NotWanted(Exception):
    """The person has not allowed it, or was asked for it already."""


class TooOften(Exception):
    """The person had as many offers as they get in a day, and has answered none of them."""


class Consent(Struct, frozen=True, kw_only=True):
    """What somebody decided about one thing, and when; `asked_ts`: when the bot asked, or 0."""

    answer: Answer = ""
    ts: int = 0
    asked_ts: int = 0

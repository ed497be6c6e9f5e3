"""Polls that a bot asks and ends; source: core.telegram.org/bots/api#sendpoll."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from msgspec.structs import replace

from amanat.gateway.bots.api import NoSuchMessage
from amanat.gateway.bots.dues import TooMany
from amanat.gateway.bots.model import PollBody
from amanat.gateway.telegram_bot_api.calls import Call, chat_of, message_of, method
from amanat.gateway.telegram_bot_api.errors import NOT_AVAILABLE, BadRequest
from amanat.gateway.telegram_bot_api.fields import Fields
from amanat.gateway.telegram_bot_api.keyboards import keyboard_of
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.poll_objects import REGULAR, poll_of
from amanat.gateway.telegram_bot_api.speaking import Content, Speaker
from amanat.gateway.telegram_bot_api.texts import formatted_of

MAX_QUESTION: Final = 300
MAX_OPTION: Final = 100
MAX_OPTIONS: Final = 12
MAX_EXPLANATION: Final = 200
_QUIZ: Final = "quiz"
SHORTEST_S: Final = 5
LONGEST_S: Final = 2_628_000
"""How long a poll may be open, as tdlib/telegram-bot-api has it."""
_UNAVAILABLE: Final = ("allow_adding_options", "media", "explanation_media")
"""A poll of Matrix has its answers from the start, and words alone."""
_UNSET: Final = ("", "false", "0")
_OPTIONS: Final = "can't parse options JSON object"


class Polls:
    """Methods about polls."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    @method("sendPoll")
    async def send(self, call: Call) -> Object:
        """Ask a poll. Who votes what is seen by whoever is in the chat, as Matrix has it."""
        chat, fields = await chat_of(call), call.fields
        kind = fields.text("type") or REGULAR
        if kind not in (REGULAR, _QUIZ):
            raise BadRequest("unsupported poll type specified")
        if any(str(fields.values.get(name, "")).lower() not in _UNSET for name in _UNAVAILABLE):
            raise BadRequest(NOT_AVAILABLE)
        if keyboard_of(fields).choices:
            raise BadRequest("a poll has no keyboard on this server")
        several, options = fields.flag("allows_multiple_answers"), _options(fields)
        poll = PollBody(
            question=_text(fields, "question", most=MAX_QUESTION, refusal="poll question"),
            answers=tuple((str(place), text) for place, text in enumerate(options, 1)),
            most=len(options) if several else 1,
            secret=kind == _QUIZ or fields.flag("hide_results_until_closes"),
        )
        told, now_ms = _quiz(fields, len(options)) if kind == _QUIZ else {}, call.line.now_ms()
        poll = replace(poll, right=tuple(told.get("correct_option_ids", ())), explanation=told.get("explanation", ""))
        closes_ts = _closes_ts(fields, now_ms=now_ms)
        content = Content(
            body=poll,
            poll=told | _times(closes_ts, now_ms=now_ms),
            names_voters=not fields.flag("is_anonymous", default=True),
            # A poll that is over at once shows what one looks like.
            closes_ts=now_ms if fields.flag("is_closed") else closes_ts,
        )
        try:
            return await self._speaker.say(call, chat, content=content)
        except TooMany:
            raise BadRequest("too many polls with open_period or close_date") from None

    @method("stopPoll")
    async def stop(self, call: Call) -> Object:
        """End a poll, and return it with its votes."""
        chat = await chat_of(call)
        said = await message_of(call, chat, refusal="message with poll to stop not found")
        if not isinstance(said.body, PollBody):
            raise BadRequest("message with poll to stop not found")
        if said.sender is not None:
            raise BadRequest("poll can't be stopped")
        if said.body.ended:
            raise BadRequest("poll has already been closed")
        try:
            return poll_of(await call.line.stop_poll(chat, said.number))
        except NoSuchMessage:
            raise BadRequest("message with poll to stop not found") from None


def _closes_ts(fields: Fields, *, now_ms: int) -> int:
    """Return when a poll is over, in ms; 0 where its bot ends it."""
    period_s, date_s = fields.number("open_period") or 0, fields.number("close_date") or 0
    if not (period_s or date_s):
        return 0
    open_ms = min(period_s, LONGEST_S) * 1000 if period_s else date_s * 1000 - now_ms
    if not SHORTEST_S * 1000 <= open_ms <= LONGEST_S * 1000:
        raise BadRequest(f"poll must be open for {SHORTEST_S} to {LONGEST_S} seconds")
    return now_ms + open_ms


def _times(closes_ts: int, *, now_ms: int) -> dict[str, Any]:
    """Return what is told of them."""
    if not closes_ts:
        return {}
    return {"open_period": (closes_ts - now_ms + 999) // 1000, "close_date": closes_ts // 1000}


def _options(fields: Fields) -> Sequence[str]:
    given = fields.items("options", _OPTIONS)
    if given is None:
        raise BadRequest(_OPTIONS)
    options = [_option(each) for each in given[: MAX_OPTIONS + 1]]
    if not options:
        raise BadRequest("poll must have at least one answer option")
    if len(options) > MAX_OPTIONS:
        raise BadRequest(f"poll can't have more than {MAX_OPTIONS} options")
    return options


def _option(given: Any) -> str:
    if isinstance(given, Mapping):
        if given.get("media"):
            raise BadRequest(NOT_AVAILABLE)
        values = {"option": given.get("text"), "option_parse_mode": given.get("text_parse_mode")}
        return _text(Fields(values), "option", most=MAX_OPTION, refusal="poll options")
    if not isinstance(given, str):
        raise BadRequest(_OPTIONS)
    return _text(Fields({"option": given}), "option", most=MAX_OPTION, refusal="poll options")


def _quiz(fields: Fields, options: int) -> dict[str, Any]:
    """Return what is told to the bot of a quiz."""
    one = fields.number("correct_option_id")
    several = fields.items("correct_option_ids", "can't parse correct option identifiers JSON object")
    right = several if several is not None else [] if one is None else [one]
    if not right:
        raise BadRequest("correct quiz option list must be non-empty")
    if not all(isinstance(place, int) and 0 <= place < options for place in right):
        raise BadRequest("wrong quiz correct_option_id")
    if any(later <= earlier for earlier, later in pairwise(right)):
        raise BadRequest("correct quiz option list must be increasing")
    told: dict[str, Any] = {"type": _QUIZ, "correct_option_ids": right}
    told |= {"correct_option_id": right[0]} if len(right) == 1 else {}
    if fields.text("explanation"):
        told["explanation"] = _text(fields, "explanation", most=MAX_EXPLANATION, refusal="explanation")
    return told


def _text(fields: Fields, name: str, *, most: int, refusal: str) -> str:
    """Return a text without its marks: there are none in polls."""
    marked = fields.with_values(parse_mode=fields.text(f"{name}_parse_mode"))
    text = formatted_of(marked, name, entities=f"{name}_entities").text
    if not text:
        raise BadRequest(f"{refusal.removesuffix('s')} must be non-empty")
    if len(text) > most:
        raise BadRequest(f"{refusal} length must not exceed {most}")
    return text

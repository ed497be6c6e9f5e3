"""One call of a bot: what it was given, and the chat and the message that it is about."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from msgspec import Struct

from amanat.gateway.bots.api import Line, NoLongerIn, NoSuchChat, NoSuchMessage
from amanat.gateway.bots.model import Chat, Said
from amanat.gateway.telegram_bot_api.errors import CHAT_NOT_FOUND, BadRequest, Forbidden
from amanat.gateway.telegram_bot_api.fields import Fields

Method = Callable[..., Awaitable[Any]]
F = TypeVar("F", bound=Method)

MOST_AT_ONCE: Final = 100
"""Messages of one call; source: core.telegram.org/bots/api#deletemessages, #copymessages."""

_DECLARED: Final = "__bot_api_methods__"


class Call(Struct, frozen=True):
    """A call by the bot of a line. `waits`: nobody reads its answer, so what it says too fast is said later."""

    line: Line
    fields: Fields
    waits: bool = False


class Answer(Struct, frozen=True):
    """A result, with words for whoever reads the answer."""

    result: Any
    description: str


def method(*names: str) -> Callable[[F], F]:
    """Answer calls of these names."""

    def mark(function: F) -> F:
        setattr(function, _DECLARED, names)
        return function

    return mark


def collect(*instances: object) -> dict[str, Method]:
    """Return the methods that these objects answer, by their names in small letters: names have no case."""
    found: dict[str, Method] = {}
    for instance in instances:
        for attribute in dir(type(instance)):
            for name in getattr(getattr(type(instance), attribute), _DECLARED, ()):
                assert name.lower() not in found, f"{name} is declared twice"
                found[name.lower()] = getattr(instance, attribute)
    return found


async def chat_of(call: Call, name: str = "chat_id") -> Chat:
    """Return the chat that a call names."""
    given = call.fields.text(name).strip()
    if not given:
        raise BadRequest(f"{name} is empty")
    digits = given.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise BadRequest(CHAT_NOT_FOUND)
    number = int(given)
    try:
        return await call.line.chat(number)
    except NoSuchChat as gone:
        if number < 0 and isinstance(gone, NoLongerIn):
            # Whoever put it out: programs look for these words, and one that has left knows it.
            raise Forbidden("bot was kicked from the group chat") from None
        if number > 0 and await call.line.person(number) is not None:
            raise Forbidden("bot was blocked by the user") from None
        raise BadRequest(CHAT_NOT_FOUND) from None


def message_number(fields: Fields, name: str = "message_id") -> int:
    """Return the message that a call names."""
    if "inline_message_id" in fields:
        raise BadRequest("inline messages are not available on this server")
    number = fields.number(name)
    if number is None:
        raise BadRequest("message identifier is not specified")
    return number


def message_numbers(fields: Fields) -> list[Any]:
    """Return the messages that a call names, at most a hundred."""
    given = fields.structure("message_ids", "can't parse message_ids JSON object")
    if given is None:
        raise BadRequest("message identifiers are not specified")
    if not isinstance(given, list):
        raise BadRequest("expected an Array of message identifiers")
    if not given:
        raise BadRequest("message identifiers are not specified")
    if len(given) > MOST_AT_ONCE:
        raise BadRequest("too many message identifiers specified")
    return given


async def message_of(call: Call, chat: Chat, *, refusal: str) -> Said:
    """Return the message that a call names in a chat; `refusal` is said where there is none."""
    try:
        return await call.line.message(chat, message_number(call.fields))
    except NoSuchMessage:
        raise BadRequest(refusal) from None

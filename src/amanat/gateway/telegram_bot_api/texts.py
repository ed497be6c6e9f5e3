"""The texts of calls and of messages: parsed, held against their limits, and turned into what people see. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from amanat.gateway.bots.model import Words
from amanat.gateway.telegram_bot_api import html_mode, markdown_mode, markdown_v2_mode
from amanat.gateway.telegram_bot_api.entities import Entity, Formatted, given, seen, trimmed, utf16_length, with_found
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.fields import Fields
from amanat.gateway.telegram_bot_api.matrix_html import from_html, to_html

MAX_TEXT: Final = 4096
MAX_CAPTION: Final = 1024
"""In UTF-16 code units, without marks; source: core.telegram.org/bots/api#sendmessage, #sendphoto."""
MAX_RAW: Final = 8 * MAX_TEXT
"""In characters, with marks: what is longer is not parsed."""

_MODES: Final[Mapping[str, Callable[[str], Formatted]]] = {
    "html": html_mode.parse,
    "markdown": markdown_mode.parse,
    "markdownv2": markdown_v2_mode.parse,
}
_ENTITIES: Final = "can't parse entities JSON object"


def text_of(fields: Fields) -> Formatted:
    """Return the text to be said; raises `BadRequest` where there is none, or too much."""
    formatted = formatted_of(fields, "text", entities="entities")
    if not formatted.text:
        raise BadRequest("message text is empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise BadRequest("message is too long")
    return formatted


def caption_of(fields: Fields) -> Formatted:
    """Return what is said with a file, which may be nothing."""
    formatted = formatted_of(fields, "caption", entities="caption_entities")
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise BadRequest("message caption is too long")
    return formatted


def formatted_of(fields: Fields, name: str, *, entities: str) -> Formatted:
    """Return a text with the marks that its `parse_mode` or its entities make."""
    text = fields.text(name)
    if len(text) > MAX_RAW:
        raise BadRequest("message is too long" if name == "text" else "message caption is too long")
    text = seen(text)
    mode = fields.text("parse_mode").lower()
    if mode:
        if mode not in _MODES:
            raise BadRequest("unsupported parse_mode")
        return trimmed(_MODES[mode](text))
    return trimmed(given(fields.items(entities, _ENTITIES) or (), text))


def words(formatted: Formatted) -> Words:
    """Return a text as people's apps show it."""
    return Words(text=formatted.text, html=to_html(formatted))


def heard(said: Words) -> Formatted:
    """Return what somebody's app sent, as a bot is told it."""
    formatted = from_html(said.html) if said.html else Formatted(said.text)
    return with_found(formatted if formatted.text else Formatted(said.text))


def with_marks(text: str, entities: tuple[Entity, ...]) -> Formatted:
    """Return a text of the bot's own, with what is found in it."""
    return with_found(Formatted(text, entities))


def told(formatted: Formatted, *, text: str, entities: str) -> dict[str, Any]:
    """Return a text as fields of a message."""
    marks = [
        {name: value for name in Entity.__struct_fields__ if (value := getattr(mark, name)) not in ("", None)}
        for mark in formatted.entities
    ]
    return {text: formatted.text} | ({entities: marks} if marks else {})

"""Marks in a text, counted in UTF-16 code units. Pure; source: core.telegram.org/bots/api#messageentity."""

import re
from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct, ValidationError, convert
from msgspec.structs import replace

MAX_ENTITIES: Final = 100
"""Of one text; source: core.telegram.org/bots/api#formatting-options. The rest marks nothing."""
LINKS: Final = frozenset({"text_link", "text_mention"})
CODES: Final = frozenset({"code", "pre"})
MARKS: Final = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "custom_emoji",
        *CODES,
        *LINKS,
    }
)
"""What a bot may say of a text; everything else is found in it."""

_FOUND: Final = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{1,32})?(?![\w/<>@])")),
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"]+[^\s<>\".,:;!?'()\[\]]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}(?!\w)")),
    ("mention", re.compile(r"(?<![\w@.])@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#\w{0,200}[^\W\d]\w{0,50}")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{3,8}(?!\w)")),
)
# Telegram's servers make a space of what cannot be seen, and nothing of a carriage return.
_UNSEEN: Final = {code: " " for code in range(32) if chr(code) not in "\n\t\r"} | {ord("\r"): None}


class Entity(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A mark on `length` code units from `offset`."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    custom_emoji_id: str = ""
    user: dict[str, Any] | None = None

    @property
    def end(self) -> int:
        """The first code unit behind it."""
        return self.offset + self.length


class Formatted(Struct, frozen=True):
    """A text and its marks, by their offset."""

    text: str
    entities: tuple[Entity, ...] = ()


class Draft:
    """A formatted text in the making."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.at = 0
        self.entities: list[Entity] = []

    def add(self, text: str) -> None:
        """Add some text."""
        self._pieces.append(text)
        self.at += utf16_length(text)

    def mark(self, kind: str, since: int, **told: Any) -> None:
        """Mark what was added since a place, if anything was."""
        if self.at > since:
            self.entities.append(Entity(type=kind, offset=since, length=self.at - since, **told))

    @property
    def text(self) -> str:
        """What was added."""
        return "".join(self._pieces)

    def since(self, place: int) -> str:
        """Return what was added since a place."""
        pieces, at = [], self.at
        for piece in reversed(self._pieces):
            if at <= place:
                break
            pieces.append(piece)
            at -= utf16_length(piece)
        return "".join(reversed(pieces))

    def formatted(self) -> Formatted:
        """Return the whole."""
        return Formatted(self.text, in_order(self.entities))


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Sort marks by their offset, the longest first."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def seen(text: str) -> str:
    """Return a text without what nobody sees."""
    return text.translate(_UNSEEN)


def given(items: Iterable[Any], text: str) -> Formatted:
    """Return a text with the marks that a bot gave; one that does not fit the text marks nothing."""
    length, marks = utf16_length(text), []
    for item in items:
        try:
            entity = convert(item, Entity, strict=False)
        except ValidationError:
            continue
        if entity.type in MARKS and entity.offset >= 0 and entity.length > 0 and entity.end <= length:
            marks.append(entity)
    return Formatted(text, in_order(marks)[:MAX_ENTITIES])


def trimmed(formatted: Formatted) -> Formatted:
    """Take away the space before and behind a text, and what it was of the marks; keep as many as there may be."""
    text, entities = formatted.text.strip(), formatted.entities[:MAX_ENTITIES]
    if text == formatted.text:
        return Formatted(text, entities)
    before = utf16_length(formatted.text) - utf16_length(formatted.text.lstrip())
    length = utf16_length(text)
    kept = []
    for entity in entities:
        start, end = max(entity.offset - before, 0), min(entity.end - before, length)
        if end > start:
            kept.append(replace(entity, offset=start, length=end - start))
    return Formatted(text, in_order(kept))


def with_found(formatted: Formatted) -> Formatted:
    """Add what stands in the text itself: commands, addresses, names."""
    text = formatted.text
    closed = [entity for entity in formatted.entities if entity.type in CODES | LINKS]
    found: list[Entity] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, length = utf16_length(text[: match.start()]), utf16_length(match[0])
            entity = Entity(type=kind, offset=start, length=length)
            if not any(_meet(entity, other) for other in (*closed, *found)):
                found.append(entity)
            if len(found) >= MAX_ENTITIES:
                break
    return Formatted(text, in_order((*formatted.entities, *found))[:MAX_ENTITIES])


def _meet(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end

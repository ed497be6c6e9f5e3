"""Marks as the HTML that Matrix apps show, and back. Pure; spec: client-server-api#mroommessage-msgtypes."""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final

from msgspec import Struct

from amanat.gateway.telegram_bot_api.entities import MAX_ENTITIES, Draft, Entity, Formatted, in_order, trimmed

_TAGS: Final[Mapping[str, tuple[str, str]]] = {
    "bold": ("<strong>", "</strong>"),
    "italic": ("<em>", "</em>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<del>", "</del>"),
    "spoiler": ("<span data-mx-spoiler>", "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre><code>", "</code></pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote>", "</blockquote>"),
    "text_link": ("<a>", "</a>"),
}
_KINDS: Final[Mapping[str, str]] = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
} | {f"h{level}": "bold" for level in range(1, 7)}
_LINES: Final = frozenset({"p", "div", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "hr"}) | {
    f"h{level}" for level in range(1, 7)
}
_VOID: Final = frozenset({"br", "hr", "img"})
_MAX_OPEN: Final = 100
_MAX_MARKS: Final = 2 * MAX_ENTITIES
"""Of what is read; a block of code with a language is two marks, and becomes one."""
_LINKS: Final = ("http://", "https://", "mailto:", "tel:")
# Linear in the length of a text, whatever stands in it: anybody can send one.
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,15})([^<>]*)>")
_ATTRIBUTE: Final = re.compile(r"\s([A-Za-z-]{1,30})(?:=(\"[^\"]*\"|'[^']*'|[^\s\"'>]{1,2000}))?")
_SPACE: Final = re.compile(r"[ \t\n]+")


def to_html(formatted: Formatted) -> str:
    """Return a text as HTML; empty where nothing of it is marked that an app could show."""
    marks = [entity for entity in formatted.entities if _is_shown(entity)]
    if not marks:
        return ""
    units = formatted.text.encode("utf-16-le")
    places = sorted({0, len(units) // 2, *(mark.offset for mark in marks), *(mark.end for mark in marks)})
    pieces: list[str] = []
    opened: list[Entity] = []
    for place, after in zip(places, [*places[1:], places[-1]], strict=True):
        pieces.extend(_turned(opened, [mark for mark in marks if mark.offset <= place < mark.end]))
        words = escape(units[2 * place : 2 * after].decode("utf-16-le", "replace"), quote=False)
        is_block = any(mark.type == "pre" for mark in opened)
        pieces.append(words if is_block else words.replace("\n", "<br>"))
    return "".join(pieces)


def _is_shown(mark: Entity) -> bool:
    return mark.type in _TAGS and (mark.type != "text_link" or mark.url.lower().startswith(_LINKS))


def _turned(opened: list[Entity], wanted: list[Entity]) -> list[str]:
    """Close and open tags so that exactly the wanted are open, each inside the one before it."""
    keep = 0
    while keep < len(opened) and opened[keep] in wanted:
        keep += 1
    closing = [_TAGS[mark.type][1] for mark in reversed(opened[keep:])]
    del opened[keep:]
    opening = sorted((mark for mark in wanted if mark not in opened), key=lambda mark: (mark.offset, -mark.end))
    opened.extend(opening)
    return closing + [_begun(mark) for mark in opening]


def _begun(mark: Entity) -> str:
    if mark.type == "text_link":
        return f'<a href="{escape(mark.url)}">'
    if mark.type == "pre" and mark.language:
        return f'<pre><code class="language-{escape(mark.language)}">'
    return _TAGS[mark.type][0]


def from_html(html: str) -> Formatted:
    """Return what HTML says; tags that mean nothing to a bot leave their words."""
    reader, at = _Reader(), 0
    for found in _TAG.finditer(html):
        reader.words(html[at : found.start()])
        at = found.end()
        name = found[2].lower()
        if found[1]:
            reader.end(name)
        else:
            reader.begin(name, found[3])
    reader.words(html[at:])
    return reader.formatted()


class _Open(Struct, frozen=True):
    """A tag whose end has not come. `told`: the mark's other fields."""

    tag: str
    kind: str
    since: int
    told: dict[str, str]


class _Reader:
    def __init__(self) -> None:
        self._draft = Draft()
        self._open: list[_Open] = []
        self._numbers: list[int | None] = []
        self._is_line_new = True
        self._is_space_last = False
        self._quotes = 0

    def formatted(self) -> Formatted:
        for opened in reversed(self._open):
            self._mark(opened)
        marks = _without_doubles(self._draft.entities)
        return trimmed(Formatted(self._draft.text, in_order(marks)[:MAX_ENTITIES]))

    def words(self, raw: str) -> None:
        """Add what stands between tags, with its white space as apps show it."""
        if not raw or self._quotes:
            return
        text = unescape(raw)
        if not any(opened.kind == "pre" for opened in self._open):
            text = _SPACE.sub(" ", text)
            text = text.lstrip(" ") if self._is_line_new or self._is_space_last else text
        self._add(text)

    def begin(self, tag: str, raw: str) -> None:
        """Begin a tag."""
        if tag == "mx-reply":
            self._quotes += 1
        if self._quotes:
            return
        self._break_line(tag)
        if tag == "br":
            self._draft.add("\n")
            self._is_line_new = True
        elif tag == "img":
            self._add(unescape(_attributes(raw).get("alt", "")))
        elif tag in ("ol", "ul"):
            self._numbers.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._add(self._bullet())
            self._is_line_new = True
        if tag not in _VOID and len(self._open) < _MAX_OPEN:
            kind, told = _meaning(tag, raw)
            self._open.append(_Open(tag, kind, self._draft.at, told))

    def end(self, tag: str) -> None:
        """End a tag, and whatever was opened inside it and not ended."""
        if tag == "mx-reply":
            self._quotes = max(self._quotes - 1, 0)
            return
        if self._quotes or not any(opened.tag == tag for opened in self._open):
            return
        while self._open:
            opened = self._open.pop()
            self._mark(opened)
            if opened.tag == tag:
                break
        if tag in ("ol", "ul") and self._numbers:
            self._numbers.pop()
        self._break_line(tag)

    def _add(self, text: str) -> None:
        if text:
            self._draft.add(text)
            self._is_line_new, self._is_space_last = text.endswith("\n"), text.endswith(" ")

    def _break_line(self, tag: str) -> None:
        if tag in _LINES and not self._is_line_new and self._draft.at:
            self._draft.add("\n")
            self._is_line_new = True

    def _bullet(self) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return "\u2022 "
        self._numbers[-1] = number + 1
        return f"{number}. "

    def _mark(self, opened: _Open) -> None:
        if opened.kind and len(self._draft.entities) < _MAX_MARKS:
            self._draft.mark(opened.kind, opened.since, **opened.told)


def _meaning(tag: str, raw: str) -> tuple[str, dict[str, str]]:
    """Return the mark that a tag is, and what it tells of it."""
    if tag == "a":
        url = unescape(_attributes(raw).get("href", ""))
        return ("text_link", {"url": url}) if url.startswith(_LINKS) else ("", {})
    if tag == "span":
        return ("spoiler" if "data-mx-spoiler" in _attributes(raw) else ""), {}
    if tag == "code":
        named = _attributes(raw).get("class", "")
        return "code", ({"language": named.removeprefix("language-")} if named.startswith("language-") else {})
    return _KINDS.get(tag, ""), {}


def _attributes(raw: str) -> dict[str, str]:
    return {found[1].lower(): (found[2] or "").strip("\"'") for found in _ATTRIBUTE.finditer(raw)}


def _without_doubles(entities: list[Entity]) -> list[Entity]:
    """Inside a block of code nothing else is marked, but for its language, which is the block's."""
    blocks = [entity for entity in entities if entity.type == "pre"]
    kept = []
    for entity in entities:
        around = next((block for block in blocks if block.offset <= entity.offset and entity.end <= block.end), None)
        if around is None:
            bare = entity.type == "code" and entity.language
            kept.append(Entity(type="code", offset=entity.offset, length=entity.length) if bare else entity)
        elif entity is around:
            told = next((e.language for e in entities if e.type == "code" and e.language and _inside(e, around)), "")
            kept.append(Entity(type="pre", offset=entity.offset, length=entity.length, language=told))
    return kept


def _inside(entity: Entity, other: Entity) -> bool:
    return other.offset <= entity.offset and entity.end <= other.end

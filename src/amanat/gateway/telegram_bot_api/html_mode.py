"""`parse_mode` HTML, with Telegram's own words for what is wrong. Pure; core.telegram.org/bots/api#html-style."""

import re
from typing import Final, NoReturn

from msgspec import Struct

from amanat.gateway.telegram_bot_api.entities import Draft, Entity, Formatted, in_order
from amanat.gateway.telegram_bot_api.errors import BadRequest

_KINDS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPE: Final = re.compile(r"&(?:#(x[0-9a-f]{1,8}|[0-9]{1,8})|(lt|gt|amp|quot));?", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[^<&]+")
_NAME: Final = re.compile(r"[^\s>]*")
_SPACE: Final = re.compile(r"\s*")
_ATTRIBUTE: Final = re.compile(r"[^\s=>]*")
_TOKEN: Final = re.compile(r"[A-Za-z0-9.-]*")
_LINK: Final = re.compile(r"(?:(?:https?|tg|ton)://[^\s]+|mailto:[^\s]+|tel:[^\s]+)", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/:?#][^\s]*)?")


class _Open(Struct, frozen=True):
    """A tag that waits for its end."""

    tag: str
    argument: str
    since: int


def parse(text: str) -> Formatted:
    """Return the text that HTML stands for; raises `BadRequest`, with the byte offset of the mistake."""
    return _Reader(text).read()


def unparsable(reason: str) -> NoReturn:
    """Refuse a text whose marks cannot be read."""
    raise BadRequest(f"can't parse entities: {reason}")


def checked_link(url: str) -> str:
    """Return an address that an app can open; empty where it is none."""
    url = url.strip()
    if _LINK.fullmatch(url):
        return url
    return f"http://{url}" if _DOMAIN.fullmatch(url) else ""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._draft = Draft()
        self._open: list[_Open] = []

    def read(self) -> Formatted:
        text = self._text
        while self._at < len(text):
            plain = _PLAIN.match(text, self._at)
            if plain:
                self._draft.add(plain[0])
                self._at = plain.end()
            elif text[self._at] == "&":
                self._draft.add(self._escape())
            elif text.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return Formatted(self._draft.text, in_order(_joined(self._draft.entities)))

    def _escape(self) -> str:
        """Read what an ampersand begins: a character, or itself."""
        found = _ESCAPE.match(self._text, self._at)
        character = "" if found is None else _character(found)
        if found is None or not character:
            self._at += 1
            return "&"
        self._at = found.end()
        return character

    def _byte(self, at: int) -> int:
        return len(self._text[:at].encode())

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        assert found is not None, "every pattern here matches nothing at least"
        self._at = found.end()
        return found[0]

    @property
    def _is_over(self) -> bool:
        return self._at >= len(self._text)

    def _start_tag(self) -> None:
        begin = self._byte(self._at)
        self._at += 1
        tag = self._skip(_NAME).lower()
        if self._is_over:
            unparsable(f"Unclosed start tag at byte offset {begin}")
        if tag not in _KINDS:
            unparsable(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while True:
            self._skip(_SPACE)
            if self._text.startswith(">", self._at):
                break
            argument = self._attribute(tag, begin) or argument
        self._at += 1
        if tag == "span" and argument != "spoiler":
            unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        if tag == "tg-emoji" and not (argument.isascii() and argument.isdigit()):
            unparsable("Invalid custom emoji identifier specified")
        self._open.append(_Open(tag, argument, self._draft.at))

    def _attribute(self, tag: str, begin: int) -> str:
        """Read an attribute; return what it means to its tag, if anything."""
        name = self._skip(_ATTRIBUTE).lower()
        if self._is_over:
            unparsable(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if not name:
            unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip(_SPACE)
        if not self._text.startswith("=", self._at):
            return "1" if (tag, name) == ("blockquote", "expandable") else ""
        self._at += 1
        self._skip(_SPACE)
        if self._is_over:
            unparsable(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._value()
        if self._is_over:
            unparsable(f"Unclosed start tag at byte offset {begin}")
        return _meant(tag, name, value)

    def _value(self) -> str:
        quote = self._text[self._at]
        if quote not in "'\"":
            begin = self._at
            value = self._skip(_TOKEN).lower()
            if not self._is_over and not (self._text[self._at].isspace() or self._text[self._at] == ">"):
                unparsable(f"Unexpected end of name token at byte offset {self._byte(begin)}")
            return value
        end = self._text.find(quote, self._at + 1)
        raw = self._text[self._at + 1 : end if end >= 0 else len(self._text)]
        self._at = end + 1 if end >= 0 else len(self._text)
        return _ESCAPE.sub(lambda found: _character(found) or found[0], raw)

    def _end_tag(self) -> None:
        begin = self._byte(self._at)
        if not self._open:
            unparsable(f"Unexpected end tag at byte offset {begin}")
        self._at += 2
        tag = self._skip(_NAME).lower()
        self._skip(_SPACE)
        if not self._text.startswith(">", self._at):
            unparsable(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        opened = self._open.pop()
        if tag and tag != opened.tag:
            unparsable(f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{tag}>"')
        self._mark(opened)

    def _mark(self, opened: _Open) -> None:
        kind, draft = _KINDS[opened.tag], self._draft
        if kind == "text_link":
            url = checked_link(opened.argument or draft.since(opened.since))
            if url:
                draft.mark(kind, opened.since, url=url)
        elif kind == "custom_emoji":
            draft.mark(kind, opened.since, custom_emoji_id=opened.argument)
        elif kind == "code":
            draft.mark(kind, opened.since, language=opened.argument)
        elif kind == "blockquote" and opened.argument:
            draft.mark("expandable_blockquote", opened.since)
        else:
            draft.mark(kind, opened.since)


def _meant(tag: str, name: str, value: str) -> str:
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def _character(found: re.Match[str]) -> str:
    if found[2]:
        return _NAMED[found[2].lower()]
    code = int(found[1][1:], 16) if found[1][0] in "xX" else int(found[1])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _joined(entities: list[Entity]) -> list[Entity]:
    """A `pre` around a `code` with a language is one mark; a language elsewhere means nothing."""
    languages = {(entity.offset, entity.length): entity.language for entity in entities if entity.type == "code"}
    pres = {(entity.offset, entity.length) for entity in entities if entity.type == "pre"}
    joined = []
    for entity in entities:
        place = (entity.offset, entity.length)
        if entity.type == "pre" and languages.get(place):
            joined.append(Entity(type="pre", offset=place[0], length=place[1], language=languages[place]))
        elif entity.type == "code" and entity.language:
            if place not in pres:
                joined.append(Entity(type="code", offset=place[0], length=place[1]))
        else:
            joined.append(entity)
    return joined

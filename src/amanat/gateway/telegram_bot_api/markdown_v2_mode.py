"""`parse_mode` MarkdownV2, with Telegram's own words for what is wrong. Pure.

Source: core.telegram.org/bots/api#markdownv2-style. Eighteen characters are written with a backslash before them.
"""

import re
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.telegram_bot_api.entities import Draft, Formatted, in_order
from amanat.gateway.telegram_bot_api.html_mode import checked_link, unparsable
from amanat.gateway.telegram_bot_api.markdown_mode import code_block

_RESERVED: Final = frozenset("_*[]()~`>#+-=|{}.!\n")
_CODES: Final = ("code", "pre")
_EMOJI: Final = re.compile(r"tg://emoji\?id=([0-9]{1,20})")
# The sign that begins and ends a mark; of two signs that begin alike, the longer is looked for first.
_SIGNS: Final = (
    ("```", "pre"),
    ("__", "underline"),
    ("||", "spoiler"),
    ("![", "custom_emoji"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("[", "text_link"),
    ("`", "code"),
)
_ENDS: Final = {kind: sign for sign, kind in _SIGNS} | {"custom_emoji": "]", "text_link": "]"}
# As Telegram calls them in its refusals.
_NAMES: Final = {
    "pre": "Pre",
    "underline": "Underline",
    "spoiler": "Spoiler",
    "custom_emoji": "CustomEmoji",
    "italic": "Italic",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "text_link": "TextUrl",
    "code": "Code",
    "blockquote": "BlockQuote",
    "expandable_blockquote": "ExpandableBlockQuote",
}
_QUOTES: Final = ("blockquote", "expandable_blockquote")


class _Open(Struct, frozen=True):
    """A mark that waits for its end. `begin`: where it began, in characters; `since`: in code units of the text."""

    kind: str
    begin: int
    since: int
    language: str = ""


def parse(text: str) -> Formatted:
    """Return the text that MarkdownV2 stands for; raises `BadRequest`, with the byte offset of the mistake."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._draft = Draft()
        self._open: list[_Open] = []

    def read(self) -> Formatted:
        text = self._text
        if not self._begin_quote():
            self._at = 0
        while self._at < len(text):
            sign = text[self._at]
            if sign == "\\" and self._at + 1 < len(text) and 0 < ord(text[self._at + 1]) <= 126:
                self._take(text[self._at + 1], 2)
            elif sign not in ("`" if self._inner in _CODES else _RESERVED):
                self._take(sign, 1)
            elif sign == "\n":
                self._new_line()
            elif not self._end_mark():
                self._begin_mark()
        self._end_quote(is_last=True)
        self._expect_none()
        return Formatted(self._draft.text, in_order(self._draft.entities))

    @property
    def _inner(self) -> str:
        return self._open[-1].kind if self._open else ""

    @property
    def _is_quoting(self) -> bool:
        return bool(self._open) and self._open[0].kind in _QUOTES

    def _take(self, character: str, length: int) -> None:
        self._draft.add(character)
        self._at += length

    def _starts(self, sign: str) -> bool:
        return self._text.startswith(sign, self._at)

    # Quotes begin and end with lines.

    def _begin_quote(self) -> bool:
        """Begin a quote where a line begins with its sign, unless one goes on."""
        sign = next((sign for sign in (">", "**>") if self._starts(sign)), "")
        if not sign or (self._open and not self._is_quoting) or (self._is_quoting and sign != ">"):
            return False
        if not self._is_quoting:
            kind = "expandable_blockquote" if sign == "**>" else "blockquote"
            self._open.append(_Open(kind, self._at, self._draft.at))
        self._at += len(sign)
        return True

    def _new_line(self) -> None:
        goes_on = self._text.startswith(">", self._at + 1)
        if self._is_quoting and not goes_on:
            # The line's end belongs to the quote, as far as its length is told.
            if len(self._open) > 1:
                self._cannot_end(self._open[-1])
            self._take("\n", 1)
            self._end_quote(is_last=False)
        else:
            self._take("\n", 1)
        self._begin_quote()

    def _end_quote(self, *, is_last: bool) -> None:
        if not self._is_quoting or (is_last and len(self._open) > 1):
            return
        quote = self._open.pop()
        self._draft.mark(quote.kind, quote.since)

    def _expect_none(self) -> None:
        if self._open:
            self._cannot_end(self._open[-1])

    def _cannot_end(self, mark: _Open) -> None:
        unparsable(f"Can't find end of {_NAMES[mark.kind]} entity at byte offset {self._byte(mark.begin)}")

    # Everything else begins and ends with signs.

    def _end_mark(self) -> bool:
        """End the innermost mark, if its sign stands here."""
        kind = self._inner
        if kind in _QUOTES:
            return self._end_expandable()
        if not kind or not self._starts(_ENDS[kind]) or (kind == "italic" and self._starts("__")):
            return False
        opened = self._open.pop()
        self._at += len(_ENDS[kind])
        told: dict[str, Any] | None = {}
        if kind == "text_link":
            told = self._link(opened)
        elif kind == "custom_emoji":
            told = {"custom_emoji_id": self._emoji()}
        elif kind == "pre":
            told = {"language": opened.language}
        if told is not None:
            self._draft.mark(kind, opened.since, **told)
        return True

    def _end_expandable(self) -> bool:
        """Two bars at the end of a quote's last line make it one that can be opened."""
        after = self._at + 2
        text = self._text
        if not self._starts("||") or not (after == len(text) or text[after] == "\n") or text.startswith("\n>", after):
            return False
        quote = self._open.pop()
        self._at = after
        self._draft.mark("expandable_blockquote", quote.since)
        return True

    def _begin_mark(self) -> None:
        found = next(((sign, kind) for sign, kind in _SIGNS if self._starts(sign)), None)
        if found is None:
            unparsable(f"Character '{self._text[self._at]}' is reserved and must be escaped with the preceding '\\'")
        sign, kind = found
        begin, language = self._at, ""
        self._at += len(sign)
        if kind == "pre":
            language, self._at = code_block(self._text, self._at)
        self._open.append(_Open(kind, begin, self._draft.at, language))

    def _link(self, opened: _Open) -> dict[str, Any] | None:
        """Read a link's address; without one, its text is its address."""
        url = self._address("a URL") if self._starts("(") else self._draft.since(opened.since)
        checked = checked_link(url)
        return {"url": checked} if checked else None

    def _emoji(self) -> str:
        if not self._starts("("):
            unparsable("Custom emoji entity must contain a tg://emoji URL")
        found = _EMOJI.fullmatch(self._address("a custom emoji URL"))
        if found is None:
            unparsable("Custom emoji URL must have an emoji identifier")
        return found[1]

    def _address(self, what: str) -> str:
        self._at += 1
        begin, url = self._at, []
        while self._at < len(self._text) and self._text[self._at] != ")":
            self._at += self._text[self._at] == "\\" and self._at + 1 < len(self._text)
            url.append(self._text[self._at])
            self._at += 1
        if self._at >= len(self._text):
            unparsable(f"Can't find end of {what} at byte offset {self._byte(begin)}")
        self._at += 1
        return "".join(url)

    def _byte(self, at: int) -> int:
        return len(self._text[:at].encode())

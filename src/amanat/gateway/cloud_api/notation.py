"""WhatsApp's marks in a text (`*bold*`, `_italic_`, `~struck~`, code) as Matrix's HTML, and back. Pure.

Source: faq.whatsapp.com, "How to format your messages".
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

from amanat.gateway.bots.model import Words

_BLOCK: Final = re.compile(r"```(.+?)```", re.S)
_CODE: Final = re.compile(r"`([^`\n]+)`")
# A mark stands at a word's edge, with no space behind the first and before the second.
_MARKS: Final = tuple(
    (re.compile(rf"(?<![\w{sign}]){sign}(?=\S)([^\n]+?)(?<=\S){sign}(?![\w{sign}])"), tag)
    for sign, tag in ((r"\*", "strong"), ("_", "em"), ("~", "del"))
)
_ANY_SIGN: Final = re.compile(r"[*_~`]")
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,31})(?![A-Za-z0-9-])[^<>]*>")
_LINES: Final = re.compile(r"\n{3,}")
_SIGNS: Final = {"strong": "*", "b": "*", "em": "_", "i": "_", "del": "~", "s": "~", "strike": "~", "code": "`"}
_ENDS_LINE: Final = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr"})
_UNSAID: Final = frozenset({"mx-reply", "style", "script"})


def words_of(text: str) -> Words:
    """Return a text of a bot's as people's apps show it; without marks its words say as much."""
    if _ANY_SIGN.search(text) is None:  # as most are
        return Words(text=text)
    html = _outside(_BLOCK, text, inside=_pre, between=_lines)
    return Words(text=text, html=html if html != _plain(text) else "")


def text_of(words: Words) -> str:
    """Return what somebody wrote, with the marks that bots know."""
    if not words.html:
        return words.text
    return _Reader().read(words.html) or words.text


def joined(*parts: Words) -> Words:
    """Return several texts below each other."""
    said = [part for part in parts if part.text]
    html = "<br><br>".join(part.html or _plain(part.text) for part in said)
    return Words(text="\n\n".join(part.text for part in said), html=html if any(part.html for part in said) else "")


def marked(text: str, tag: str) -> Words:
    """Return a text that is marked as a whole, and in which no mark counts."""
    return Words(text=text, html=f"<{tag}>{_plain(text)}</{tag}>") if text else Words(text="")


def _outside(
    pattern: re.Pattern[str], text: str, *, inside: Callable[[str], str], between: Callable[[str], str]
) -> str:
    """Return a text whose matches became one thing, and what is between them another."""
    parts = pattern.split(text)
    return "".join(inside(part) if index % 2 else between(part) for index, part in enumerate(parts))


def _pre(code: str) -> str:
    return f"<pre><code>{escape(code.strip(chr(10)), quote=False)}</code></pre>"


def _lines(text: str) -> str:
    return _outside(_CODE, text, inside=lambda code: f"<code>{escape(code, quote=False)}</code>", between=_inline)


def _inline(text: str) -> str:
    html = escape(text, quote=False)
    for pattern, tag in _MARKS:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    return html.replace("\n", "<br>")


def _plain(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


class _Reader:
    """Reads what an app of a person's wrote. Whatever it is, words come out, at the price of its length."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._unsaid = 0
        self._pre = 0

    def read(self, html: str) -> str:
        # Not the library's parser: it takes a minute for 60 KB of what anybody can send, or raises.
        last = 0
        for found in _TAG.finditer(html):
            self._say(html[last : found.start()])
            self._mark(found[2].lower(), is_end=bool(found[1]))
            last = found.end()
        self._say(html[last:])
        return _LINES.sub("\n\n", "".join(self._out)).strip()

    def _say(self, text: str) -> None:
        if not self._unsaid:
            self._out.append(unescape(text))

    def _mark(self, tag: str, *, is_end: bool) -> None:
        if tag in _UNSAID:
            self._unsaid = max(0, self._unsaid + (-1 if is_end else 1))
        elif tag == "pre":
            self._pre = max(0, self._pre + (-1 if is_end else 1))
            self._out.append("```\n" if is_end else "```")
        elif is_end and tag in _ENDS_LINE:
            self._out.append("\n\n" if tag == "p" else "\n")
        elif tag in ("br", "li") and not is_end:
            self._out.append("\n" if tag == "br" else "- ")
        elif not self._pre:
            self._out.append(_SIGNS.get(tag, ""))

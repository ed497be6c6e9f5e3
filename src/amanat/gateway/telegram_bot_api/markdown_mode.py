"""`parse_mode` Markdown, the old one, which knows no nesting. Pure; core.telegram.org/bots/api#markdown-style."""

import re
from typing import Final

from amanat.gateway.telegram_bot_api.entities import Draft, Formatted
from amanat.gateway.telegram_bot_api.html_mode import checked_link, unparsable

_PLAIN: Final = re.compile(r"(?:[^_*`\[\\]|\\(?![_*`\[]))+")
_ENDS: Final = {"_": "_", "*": "*", "`": "`", "[": "]"}
_KINDS: Final = {"_": "italic", "*": "bold", "`": "code"}
_LANGUAGE: Final = re.compile(r"([^\s`]+)(?=\s)")
_NEW_LINE: Final = re.compile(r"\r\n|\n\r|\n|\r")
_LINK: Final = re.compile(r"\(([^)]*)\)?")


def parse(text: str) -> Formatted:
    """Return the text that Markdown stands for; raises `BadRequest`, with the byte offset of the mistake."""
    draft, at = Draft(), 0
    while at < len(text):
        plain = _PLAIN.match(text, at)
        if plain:
            draft.add(plain[0])
            at = plain.end()
        elif text[at] == "\\":
            draft.add(text[at + 1])
            at += 2
        else:
            at = _entity(text, at, draft)
    return draft.formatted()


def code_block(text: str, at: int) -> tuple[str, int]:
    """Return the language that a block of code names behind its three marks, and where its text begins."""
    named = _LANGUAGE.match(text, at)
    at = named.end() if named else at
    broken = _NEW_LINE.match(text, at)
    return named[1] if named else "", broken.end() if broken else at


def _entity(text: str, begin: int, draft: Draft) -> int:
    """Read one mark and what it marks; return where it ends."""
    sign, language, at = text[begin], "", begin + 1
    is_block = text.startswith("```", begin)
    end_sign = "```" if is_block else _ENDS[sign]
    if is_block:
        language, at = code_block(text, begin + 3)
    end = text.find(end_sign, at)
    if end < 0:
        unparsable(f"Can't find end of the entity starting at byte offset {len(text[:begin].encode())}")
    since = draft.at
    draft.add(text[at:end])
    if is_block:
        draft.mark("pre", since, language=language)
    elif sign == "[":
        found = _LINK.match(text, end + 1)
        url = checked_link(found[1] if found else text[at:end])
        if url:
            draft.mark("text_link", since, url=url)
        return found.end() if found else end + 1
    else:
        draft.mark(_KINDS[sign], since)
    return end + len(end_sign)

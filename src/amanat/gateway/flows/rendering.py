"""Texts as they are said: values put in their places once, never read again, and never able to look like markup."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from amanat.gateway.flows import wording
from amanat.gateway.flows.model import Flow
from amanat.gateway.flows.redaction import masked
from amanat.gateway.flows.session import Message

PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\}")
"""`{name}`, or `{application.status}` for what an effect has brought."""
UNKNOWN: Final = "\u2013"
"""Said in place of a value that the other side left out."""

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#~|])")
_LIST_MARK: Final = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+])(?=\s)")
_ESCAPED: Final = re.compile(r"\\([\\`*_\[\]<>#~|.)+-])")
_EMPHASIS: Final = re.compile(r"(?<!\\)(\*\*|__|\*|(?<!\w)_)(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)")
_LINK: Final = re.compile(r"(?<!\\)\[([^\]]+)\]\(([^)\s]+)\)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTHS: Final = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def render(flow: Flow, name: str, *, language: str, variables: Mapping[str, str]) -> str:
    """Return a text in a language, with its values."""
    own = flow.texts[language].get(name)
    body = own.body if own else wording.TEXTS[language][name]

    def value(match: re.Match[str]) -> str:
        key = match[1]
        if key in flow.tables and key not in variables:
            return _rows(flow, key, language)
        shown = variables.get(key) or UNKNOWN
        return escaped(masked(shown) if key in flow.secrets else in_words(shown, language))

    return PLACE.sub(value, body)


def escaped(value: str) -> str:
    """Return a value as Markdown that shows exactly it, on one line."""
    line = _MARKUP.sub(r"\\\1", " ".join(value.split()))
    return _LIST_MARK.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", line)


def plain(markdown: str) -> str:
    """Return Markdown as it reads without an app that shows it."""
    text = _LINK.sub(r"\1 (\2)", markdown)
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text)


def fallback(message: Message) -> str:
    """Return a message as text alone, its menu numbered, so that any app can answer it with a number."""
    lines = [
        f"{place}. {option.title}" + (f" \u2013 {option.description}" if option.description else "")
        for place, option in enumerate(message.options, 1)
    ]
    return "\n\n".join(part for part in (message.text, "\n".join(lines), message.hint) if part)


def in_words(value: str, language: str) -> str:
    """Return a date such as 2026-12-01 as people say it, and anything else as it is."""
    if not _DAY.fullmatch(value):
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    months = _MONTHS.get(language)
    return f"{day.day} {months[day.month - 1]} {day.year}" if months else value


def _rows(flow: Flow, name: str, language: str) -> str:
    table = flow.tables[name]
    row_text = flow.texts[language].get(table.row_text)
    if row_text is None:
        return UNKNOWN
    return "\n".join(
        PLACE.sub(lambda match, row=row: escaped(row.get(match[1], UNKNOWN)), row_text.body)  # type: ignore[misc]
        for row in table.rows
    )

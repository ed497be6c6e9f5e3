"""Dates as people write them. Pure."""

from datetime import UTC, datetime, timedelta
from typing import Final

from amanat.product.accounts.pages.language import Language

_MONTHS: Final[dict[Language, str]] = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_WESTERN_INDONESIA: Final = timedelta(hours=7)
"""The server does not know its reader's zone; the time says which one it is in."""


def day(ts: int, *, language: Language) -> str:
    """Return a date such as "5 Januari 2026"."""
    date = datetime.fromtimestamp(ts / 1000, UTC) + _WESTERN_INDONESIA
    return f"{date.day} {_MONTHS[language].split()[date.month - 1]} {date.year}"


def moment(ts: int, *, language: Language) -> str:
    """Return a date with a time such as "5 Januari 2026 pukul 14.03 WIB"."""
    date = datetime.fromtimestamp(ts / 1000, UTC) + _WESTERN_INDONESIA
    said = day(ts, language=language)
    return f"{said} pukul {date:%H.%M} WIB" if language == "id" else f"{said}, {date:%H:%M} (UTC+7)"

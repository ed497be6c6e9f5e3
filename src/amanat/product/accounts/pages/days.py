"""Dates as people write them. Pure."""

from datetime import UTC, datetime, timedelta
from typing import Final

from amanat.product.accounts.pages.language import Language

_MONTHS: Final[dict[Language, str]] = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_WESTERN_INDONESIA: Final = timedelta(hours=7)
"""A date needs no zone for its reader, but the server has to choose one."""


def day(ts: int, *, language: Language) -> str:
    """Return a date such as "5 Januari 2026"."""
    date = datetime.fromtimestamp(ts / 1000, UTC) + _WESTERN_INDONESIA
    return f"{date.day} {_MONTHS[language].split()[date.month - 1]} {date.year}"

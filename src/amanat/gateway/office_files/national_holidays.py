"""Indonesia's public holidays and collective leave (*cuti bersama*), as far as the government has announced them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

_CATEGORIES: Final = ("public", "government")
"""`government` is collective leave: offices are closed, by a decree for each year."""
_YEARS: Final = 8


def holiday_on(day: date) -> str | None:
    """Return the name of the holiday that a day is, in Indonesian."""
    return _holidays_of(day.year).get(day)


@lru_cache(_YEARS)
def _holidays_of(year: int) -> Mapping[date, str]:
    # The library reads the rules of all countries, which takes half a second: only those wait who need it.
    from holidays.countries.indonesia import Indonesia

    return dict(Indonesia(years=year, categories=_CATEGORIES, language="id").items())

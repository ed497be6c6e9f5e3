"""PINs: which ones anybody would try first, and how long one waits after wrong tries. Pure.

A PIN has 6 to 12 digits, as WhatsApp's and Signal's have at least: a phone's number pad types it. Who takes over a
number in Indonesia often knows its owner's birthday, which is a part of the identity number; so dates are refused.
"""

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

MIN_DIGITS: Final = 6
MAX_DIGITS: Final = 12

FREE_TRIES: Final = 5
TRIES_A_DAY: Final = 10
DAY_MS: Final = 86_400_000
_MINUTE_MS: Final = 60_000
WAITS_MS: Final = tuple(minutes * _MINUTE_MS for minutes in (1, 5, 15, 60, 120))
"""After the fifth wrong try in a row, the sixth, ...; the last one holds from then on."""

LAPSES_MS: Final = 7 * DAY_MS
"""How long an account may lie idle before its number opens it without the PIN."""
RESET_MS: Final = 72 * 60 * _MINUTE_MS
"""How long after the operator's word a PIN is forgotten: three days in which its owner can object."""


class Weakness(StrEnum):
    """Why a PIN is not taken."""

    SHAPE = "shape"
    FEW_DIGITS = "few_digits"
    RUN = "run"
    REPEATED = "repeated"
    DATE = "date"


SENTENCES: Final = {
    Weakness.SHAPE: f"A PIN has {MIN_DIGITS} to {MAX_DIGITS} digits.",
    Weakness.FEW_DIGITS: "A PIN of one or two different digits is among the first that anybody tries.",
    Weakness.RUN: "A PIN that counts up or down is among the first that anybody tries.",
    Weakness.REPEATED: "A PIN that says the same digits again is among the first that anybody tries.",
    Weakness.DATE: "A PIN that is a date is easily guessed by who knows your birthday.",
}


def weakness(pin: str) -> Weakness | None:
    """Return why a PIN must not be taken, if it must not."""
    if not (MIN_DIGITS <= len(pin) <= MAX_DIGITS and pin.isascii() and pin.isdecimal()):
        return Weakness.SHAPE
    if len(set(pin)) <= 2:
        return Weakness.FEW_DIGITS
    if _is_run(pin):
        return Weakness.RUN
    if any(len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size) for size in range(2, len(pin) // 2 + 1)):
        return Weakness.REPEATED
    return Weakness.DATE if _is_date(pin) else None


def wait_ms(failures: int) -> int:
    """Return how long to wait for the next try after so many wrong ones in a row."""
    late = failures - FREE_TRIES
    return 0 if late < 0 else WAITS_MS[min(late, len(WAITS_MS) - 1)]


def _is_run(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _is_date(pin: str) -> bool:
    """Whether it is DDMMYY, YYMMDD, DDMMYYYY or YYYYMMDD; of identity numbers, a woman's day has 40 added."""
    if len(pin) == MIN_DIGITS:
        return _exists(pin[4:], pin[2:4], pin[:2]) or _exists(pin[:2], pin[2:4], pin[4:])
    if len(pin) == 8:
        years = (pin[4:], pin[:4])
        days = (pin[:2], pin[6:])
        return any(
            "1900" <= year < "2100" and _exists(year, month, day)
            for year, month, day in zip(years, (pin[2:4], pin[4:6]), days, strict=True)
        )
    return False


def _exists(year: str, month: str, day: str) -> bool:
    number = int(day) - 40 if int(day) > 40 else int(day)
    try:
        # A year of two digits may be of either century; that of a leap year is one in both.
        date(2000 + int(year) % 100, int(month), number)
    except ValueError:
        return False
    return True

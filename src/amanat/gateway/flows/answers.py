"""Answers to questions: what counts as digits, a number, a date or a phone number, and what is wrong with the rest."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

import phonenumbers
from msgspec import Struct

from amanat.core.phone_numbers import NumberRefused, parse
from amanat.gateway.flows.matching import folded
from amanat.gateway.flows.model import Ask

_BETWEEN_DIGITS: Final = re.compile(r"[\s.\-/]+")
_RUN_OF_DIGITS: Final = re.compile(r"(?<!\w)\d(?:[\s.\-/]?\d)*(?!\w)", re.ASCII)
_DATE: Final = re.compile(
    r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})|(\d{2})(\d{2})(\d{4})|(\d{4})\D(\d{1,2})\D(\d{1,2})", re.ASCII
)
_DATE_IN_WORDS: Final = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4})", re.ASCII)
_MONTHS: Final = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb", "pebruari"),
    ("maret", "march", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agu", "aug", "agt"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov", "nopember"),
    ("desember", "december", "des", "dec"),
)
# A number without a country code is Indonesian.
_COUNTRIES: Final = ("ID", *sorted(phonenumbers.SUPPORTED_REGIONS))
_HARMLESS: Final = re.compile(r"[^\S\n]+")


class Wrong(Struct, frozen=True):
    """Why an answer will not do: the name of a text in `wording`."""

    wording: str


Answer = str | Wrong


def read_answer(said: str, question: Ask, *, today: date) -> Answer:
    """Return the value of an answer as it is kept, or why it will not do."""
    text = unicodedata.normalize("NFKC", said).strip()
    return _READERS[question.type](text, question, today)


def _text(text: str, question: Ask, _today: date) -> Answer:
    plain = _HARMLESS.sub(" ", "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc"))
    if not any(c.isalnum() for c in plain) or len(plain) < int(question.min):
        return Wrong("wrong_text")
    return plain if len(plain) <= int(question.max) else Wrong("wrong_text_long")


def _digits(text: str, question: Ask, _today: date) -> Answer:
    # "nomor saya 1234 5678" holds one number, and that is meant; where there are two, the person is asked again.
    runs = _RUN_OF_DIGITS.findall(text)
    digits = _BETWEEN_DIGITS.sub("", runs[0] if len(runs) == 1 else text)
    if not re.fullmatch(r"\d+", digits, re.ASCII) or not int(question.min) <= len(digits) <= int(question.max):
        return Wrong("wrong_digits" if question.min == question.max else "wrong_digits_range")
    return digits


def _number(text: str, question: Ask, _today: date) -> Answer:
    # Thousands are written with dots here and with commas elsewhere.
    plain = re.sub(r"(?<=\d)[.,](?=\d{3}(?:\D|$))", "", text)
    if not re.fullmatch(r"\d{1,15}", plain, re.ASCII):
        return Wrong("wrong_number")
    number = int(plain)
    if (question.min and number < int(question.min)) or (question.max and number > int(question.max)):
        return Wrong("wrong_number_range" if question.min and question.max else "wrong_number")
    return str(number)


def _date(text: str, question: Ask, today: date) -> Answer:
    day = read_date(text)
    if day is None:
        return Wrong("wrong_date")
    if question.max and day > _bound(question.max, today):
        return Wrong("wrong_date_late")
    if question.min and day < _bound(question.min, today):
        return Wrong("wrong_date_early")
    return day.isoformat()


def read_date(text: str) -> date | None:
    """Return the day that 25-01-1987, 25011987, 1987-01-25 or 25 Januari 1987 names; a year has four digits."""
    try:
        if match := _DATE.fullmatch(text):
            day, month, year = [int(part) for part in match.groups() if part]
            return date(day, month, year) if match[7] else date(year, month, day)
        if match := _DATE_IN_WORDS.fullmatch(folded(text)):
            number = next((i for i, names in enumerate(_MONTHS, 1) if match[2] in names), None)
            return date(int(match[3]), number, int(match[1])) if number else None
    except ValueError:
        return None
    return None


def _bound(bound: str, today: date) -> date:
    return today if bound == "today" else date.fromisoformat(bound)


def _phone(text: str, _question: Ask, _today: date) -> Answer:
    try:
        return parse(text, countries=_COUNTRIES).e164
    except NumberRefused:
        return Wrong("wrong_phone")


_READERS: Final[dict[str, Callable[[str, Ask, date], Answer]]] = {
    "text": _text,
    "digits": _digits,
    "number": _number,
    "date": _date,
    "phone": _phone,
}

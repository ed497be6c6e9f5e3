"""Answers of each type, right and wrong."""

from datetime import date

import pytest

from amanat.gateway.flows.answers import Wrong, read_answer
from amanat.gateway.flows.model import AnswerType, Ask
from amanat.gateway.flows.wording import TEXTS

TODAY = date(2026, 11, 23)


def answer(said: str, kind: AnswerType, least: str = "", most: str = "") -> str | Wrong:
    question = Ask(name="q", line=1, say=("q",), ask="a", type=kind, go="x", otherwise="y", min=least, max=most)
    return read_answer(said, question, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "least", "most", "said", "value"),
    [
        ("digits", "16", "16", "3171 0000-0000.0001", "3171000000000001"),
        ("digits", "1", "4", "１２", "12"),
        ("digits", "8", "8", "nomor saya 1234 5678, pak", "12345678"),
        ("number", "", "", "3", "3"),
        ("number", "", "", "1.250.000", "1250000"),
        ("number", "", "", "007", "7"),
        ("number", "1", "5", "5", "5"),
        ("date", "", "", "25-01-1987", "1987-01-25"),
        ("date", "", "", "25/1/1987", "1987-01-25"),
        ("date", "", "", "25011987", "1987-01-25"),
        ("date", "", "", "1987-01-25", "1987-01-25"),
        ("date", "", "", "25 Januari 1987", "1987-01-25"),
        ("date", "", "", "1 okt. 2026", "2026-10-01"),
        ("date", "", "today", "23-11-2026", "2026-11-23"),
        ("date", "today", "2027-01-01", "1 januari 2027", "2027-01-01"),
        ("phone", "", "", "0812 3456 7890", "+6281234567890"),
        ("phone", "", "", "+62 812-3456-7890", "+6281234567890"),
        ("text", "1", "10", "  Budi\x00  S. ", "Budi S."),
        ("text", "1", "10", "😀 ya", "😀 ya"),
    ],
)
def test_a_right_answer_is_kept_in_one_form(kind: AnswerType, least: str, most: str, said: str, value: str) -> None:
    assert answer(said, kind, least, most) == value


@pytest.mark.parametrize(
    ("kind", "least", "most", "said", "wording"),
    [
        ("digits", "16", "16", "317100000000000", "wrong_digits"),
        ("digits", "16", "16", "tidak tahu", "wrong_digits"),
        ("digits", "2", "4", "12345", "wrong_digits_range"),
        ("digits", "2", "4", "👍", "wrong_digits_range"),
        ("digits", "8", "8", "A12345678", "wrong_digits"),
        ("digits", "8", "8", "12345678 atau 23456789?", "wrong_digits"),
        ("number", "", "", "tiga", "wrong_number"),
        ("number", "", "", "-3", "wrong_number"),
        ("number", "", "", "1.5", "wrong_number"),
        ("number", "", "", "9" * 16, "wrong_number"),
        ("number", "1", "5", "6", "wrong_number_range"),
        ("number", "1", "5", "0", "wrong_number_range"),
        ("date", "", "", "31-02-2026", "wrong_date"),
        ("date", "", "", "25-01-87", "wrong_date"),
        ("date", "", "", "25 Janvier 1987", "wrong_date"),
        ("date", "", "", "besok", "wrong_date"),
        ("date", "", "today", "24-11-2026", "wrong_date_late"),
        ("date", "today", "", "22-11-2026", "wrong_date_early"),
        ("phone", "", "", "110", "wrong_phone"),
        ("phone", "", "", "0800 FLOWERS", "wrong_phone"),
        ("text", "1", "10", "👍👍", "wrong_text"),
        ("text", "3", "10", "ab", "wrong_text"),
        ("text", "1", "10", "a" * 11, "wrong_text_long"),
    ],
)
def test_a_wrong_answer_is_told_why(kind: AnswerType, least: str, most: str, said: str, wording: str) -> None:
    assert answer(said, kind, least, most) == Wrong(wording)
    assert wording in TEXTS["id"]

"""Answers as people write them."""

from typing import Any

import pytest

from amanat.gateway.forms.fields import EMPTY, Unfit
from amanat.gateway.forms.model import FIELDS, Kind, Option, Part
from amanat.gateway.forms.sense import State
from amanat.gateway.forms.written import read, shown

NOWHERE = State(given={}, answers={})
OPTIONS = (
    Option(id="ktp", title="KTP"),
    Option(id="kk", title="KK, asli"),
    Option(id="x", title="X", enabled=False),
    Option(id="akta", title="Akta"),
)
DATES = {"start-date": "2026-12-01", "end-date": "2026-12-05"}


def asks(kind: Kind, **more: Any) -> Part:
    return Part(kind=kind, name="a", options=OPTIONS, **more)


@pytest.mark.parametrize(
    ("kind", "said", "read_as"),
    [
        ("line", " Budi\nSantoso ", "Budi Santoso"),
        ("lines", "satu\ndua", "satu\ndua"),
        ("one", "3", "akta"),
        ("one", "akta.", "akta"),
        ("many", "1, 3", ["ktp", "akta"]),
        ("many", "1 3", ["ktp", "akta"]),
        ("many", "KTP dan Akta", ["ktp", "akta"]),
        ("many", "kk, asli", ["kk"]),
        ("yes", "Ya!", True),
        ("yes", "no", False),
        ("date", "1-12-2026", "2026-12-01"),
        ("date", "2026/12/01", "2026-12-01"),
        ("dates", "01-12-2026 sampai 05.12.2026", DATES),
        ("dates", "2026-12-01 - 2026-12-05", DATES),
    ],
)
def test_what_somebody_writes_is_an_answer(kind: Kind, said: str, read_as: object) -> None:
    assert read(asks(kind), said, state=NOWHERE) == read_as


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("one", "4"),
        ("one", "0"),
        ("one", "X"),
        ("one", "9" * 5000),
        ("many", "1, 9"),
        ("yes", "mungkin"),
        ("date", "31-02-2026"),
        ("date", "besok"),
        ("date", "tanggal 01-12-2026 ya"),
        ("dates", "01-12-2026"),
    ],
)
def test_what_makes_no_sense_is_refused(kind: Kind, said: str) -> None:
    with pytest.raises(Unfit):
        read(asks(kind), said, state=NOWHERE)


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_any_field_may_be_left_empty_or_as_it_is(kind: Kind) -> None:
    assert read(asks(kind), "-", state=NOWHERE) == EMPTY[kind]
    assert read(asks(kind, start="Bogor"), "=", state=NOWHERE) == "Bogor"


def test_answers_read_as_words() -> None:
    said = {"one": "kk", "many": ["ktp", "kk"], "yes": False, "dates": DATES, "line": "Budi"}
    words = {kind: shown(asks(kind), value, state=NOWHERE, yes=("ya", "tidak")) for kind, value in said.items()}  # type: ignore[arg-type]
    assert words == {
        "one": "KK, asli", "many": "KTP, KK, asli", "yes": "tidak", "dates": "2026-12-01 \u2013 2026-12-05",
        "line": "Budi",
    }  # fmt: skip

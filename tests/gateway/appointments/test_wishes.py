"""Persons and identities as keyed hashes; wishes and answers as bytes."""

from datetime import date

from amanat.gateway.appointments.wishes import Answer, Visit, Wish, decode_answer, decode_wish, encode
from tests.gateway.appointments.sample import KEYS


def test_an_identity_is_the_same_however_it_is_written_and_is_no_person() -> None:
    assert KEYS.identity("3171 0000.0001") == KEYS.identity("31710000-0001")
    assert KEYS.identity("a1") != KEYS.person("a1")
    assert KEYS.identity(" - ") == ""
    assert "3171" not in KEYS.identity("3171")


def test_a_lot_is_the_same_however_often_one_asks_and_another_at_each_draw() -> None:
    assert KEYS.lot("passport", 1, person="ani") == KEYS.lot("passport", 1, person="ani")
    assert len({KEYS.lot("passport", draw, person=person) for draw in (1, 2) for person in ("ani", "budi")}) == 4
    assert KEYS.lot("passport", 1, person="ani") < "1"


def test_what_is_written_down_is_read_back() -> None:
    wish = Wish(request="r", service="s", person="p", seed=bytes(16), day=date(2026, 11, 24), details={"name": "Ani"})
    assert decode_wish(encode(wish)) == wish
    visit = Visit(number="n", service="s", counter="c", starts_ms=1, ends_ms=2)
    assert decode_answer(encode(Answer(outcome="booked", visit=visit))) == Answer(outcome="booked", visit=visit)

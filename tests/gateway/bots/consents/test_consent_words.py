"""By which words people choose, and by which not."""

import pytest

from amanat.gateway.bots.consents.consent_words import NO, OFFERS, STOP, TOLD, YES, answer_of, wish_in
from amanat.gateway.cloud_api.interactive import CALL_ANSWERS


@pytest.mark.parametrize(
    ("said", "wished"),
    [
        ("PENAWARAN YA", "on"),
        ("offers  on!", "on"),
        ("Penawaran tidak.", "off"),
        ("Stop promotions", "off"),
        ("penawaran?", "?"),
        ("penawaran", None),
        ("offers on monday", None),
        ("stop", None),
    ],
)
def test_words(said: str, wished: str | None) -> None:
    assert wish_in({}, said) == wished


def test_what_our_app_says_counts_before_the_words() -> None:
    assert wish_in({OFFERS: "off"}, "penawaran ya") == "off"
    assert wish_in({OFFERS: {"on": 1}}, "halo") is None


def test_what_is_told_names_words_that_are_heard() -> None:
    quoted = [part for state in ("on", "off") for part in TOLD[state].split('"')[1::2]]
    assert [wish_in({}, each) for each in quoted] == ["off", "off", "on", "on"]


def test_choices_decide() -> None:
    assert [answer_of(each) for each in (YES, NO, STOP)] == ["yes", "no", "no"]
    assert {each.about for each in (YES, NO, STOP)} == {"offers"}
    assert list(CALL_ANSWERS) == ["accept", "reject"]

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.policies import Chosen, Version, diff, in_effect, is_asked, problem_of

NOW = 1_000


def version(number: int, day: int = 0, **more: object) -> Version:
    texts = {"id": f"# Saran\n\nTeks {number}.", "en": f"# Suggestions\n\nText {number}."}
    fields = {"policy": "p", "number": number, "effective": date(2026, 1, day or number), "feature": None}
    return Version(**fields | {"texts": texts} | more)  # type: ignore[arg-type]  # each test gives what it is about


def chosen(number: int, choice: str, until_ts: int | None = None) -> Chosen:
    return Chosen(number=number, choice=choice, until_ts=until_ts, chosen_ts=1)  # type: ignore[arg-type]  # of three


def test_versions_in_order_are_as_they_should_be() -> None:
    assert problem_of([version(1), version(2), version(3)]) is None
    assert problem_of([]) is None


@pytest.mark.parametrize(
    ("versions", "says"),
    [
        ([version(1, texts={"id": "Teks"})], "no text in en"),
        ([version(1, texts={"id": "Teks", "en": " \n"})], "no text in en"),
        ([version(2)], "begins with version 2"),
        ([version(1), version(3)], "version 3 after 1"),
        ([version(1, 5), version(2, 5)], "must take effect after version 1"),
        ([version(1, 5), version(2, 4)], "must take effect after version 1"),
        ([version(1, feature="mind reading")], "optional features are"),
        ([version(1), version(2, feature="suggestions")], "another feature"),
    ],
)
def test_what_is_wrong_is_said(versions: list[Version], says: str) -> None:
    assert says in (problem_of(versions) or "")


def test_a_version_holds_from_its_day_until_the_next_one_s() -> None:
    versions = [version(1, 10), version(2, 20)]
    holding = [in_effect(versions, date(2026, 1, day)) for day in (9, 10, 19, 20, 31)]
    assert [found and found.number for found in holding] == [None, 1, 1, 2, 2]


def test_a_title_is_the_first_line() -> None:
    assert version(1).title("en") == "Suggestions"


@pytest.mark.parametrize(
    ("choices", "asked"),
    [
        ([], True),
        ([chosen(2, "accepted")], False),
        ([chosen(1, "accepted")], True),
        ([chosen(1, "refused")], False),
        ([chosen(2, "postponed", NOW + 1)], False),
        ([chosen(2, "postponed", NOW)], True),
        ([chosen(1, "postponed", NOW + 1)], True),
    ],
)
def test_people_are_asked_until_they_have_chosen_and_never_again_once_they_refused(
    choices: list[Chosen], asked: bool
) -> None:
    assert is_asked(version(2), choices, now_ms=NOW) is asked
    assert not is_asked(None, choices, now_ms=NOW)


paragraphs = st.lists(st.sampled_from(["We keep your name.", "We keep nothing.", "Ask us.", "Go away."]), max_size=8)


@settings(max_examples=100)
@given(paragraphs, paragraphs)
def test_both_texts_can_be_read_off_their_difference(old: list[str], new: list[str]) -> None:
    changes = diff("\n\n".join(old), "\r\n\r\n".join(new))
    assert [change.text for change in changes if change.kind != "added"] == old
    assert [change.text for change in changes if change.kind != "removed"] == new

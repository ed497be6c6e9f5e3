"""What is passed on is known by most of its words, whatever was written around them; nothing else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.flows.likeness import most_alike, short_samples

CELLS = [
    "undangan nikah buka file apk | surat tilang bayar denda tautan",
    "listrik padam tujuh hari sebarkan",
    "listrik padam tujuh hari sebarkan hemat baterai",
]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Assalamualaikum. UNDANGAN nikah kami, silakan buka file-nya: nikah.APK!!", 0),
        ("Anda kena surat tilang, bayar dendanya lewat tautan ini", 0),
        ("Awas listrik padam 7 hari, sebarkan", 1),
        ("listrik padam tujuh hari! sebarkan, hemat baterai", 2),
        ("listrik padam sebentar", None),
        ("undangan tilang padam", None),
        ("buka file", None),
        ("", None),
        ("🙈", None),
    ],
)
def test_a_text_is_like_the_cell_of_which_it_has_most_words(text: str, place: int | None) -> None:
    assert most_alike(text, CELLS) == place


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.permutations(CELLS[1].split()))
def test_what_stands_around_a_sample_and_its_order_make_no_difference(head: str, tail: str, words: list[str]) -> None:
    assert most_alike(f"{head} {' '.join(words)} {tail}", CELLS[:2]) == 1


def test_an_empty_cell_is_like_nothing() -> None:
    assert most_alike("apa saja yang panjang", ["", "|", "a | b"]) is None


def test_a_sample_that_would_fit_half_of_all_texts_is_named() -> None:
    assert short_samples("buka apk | listrik padam tujuh hari | ya") == ["buka apk", "ya"]

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amanat.core.recovery_key import KEY_BYTES, read, written

KEYS = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)


def test_a_key_is_printed_in_seven_groups_of_four() -> None:
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}", written(bytes(range(KEY_BYTES))))


@settings(max_examples=100)
@given(KEYS)
def test_what_was_printed_can_be_read_back(key: bytes) -> None:
    assert read(written(key)) == key


@settings(max_examples=100)
@given(KEYS)
def test_case_spaces_and_look_alikes_do_not_matter(key: bytes) -> None:
    typed = written(key).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read(f" {typed}\n") == key


@settings(max_examples=100)
@given(KEYS, st.integers(0, 33), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_slip_of_the_pen_is_noticed(key: bytes, at: int, sign: str) -> None:
    paper = written(key)
    assume(paper[at] not in ("-", sign))
    assert read(paper[:at] + sign + paper[at + 1 :]) is None


@settings(max_examples=100)
@given(KEYS, st.integers(0, 26))
def test_two_signs_that_changed_places_are_noticed(key: bytes, at: int) -> None:
    signs = written(key).replace("-", "")
    assume(signs[at] != signs[at + 1])
    assert read(signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :]) is None


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_what_is_no_key_is_none(text: str) -> None:
    assert read(text) is None

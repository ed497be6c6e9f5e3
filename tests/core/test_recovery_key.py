import re

from hypothesis import given, settings
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


def test_a_slip_of_the_pen_is_noticed() -> None:
    paper = written(bytes(range(KEY_BYTES)))
    slips = {
        paper[:at] + sign + paper[at + 1 :]
        for at, right in enumerate(paper)
        for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        if right not in ("-", sign)
    }
    assert {read(slip) for slip in slips} == {None}


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_what_is_no_key_is_none(text: str) -> None:
    assert read(text) is None

"""Tokens are read back as they were given, and nothing else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.core.errors import InvalidParam
from amanat.core.stream_token import StreamToken, parse


@given(
    st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=16),
    st.integers(0, 10**15),
    st.integers(0, 10**15),
    st.integers(0, 3),
)
def test_a_token_is_read_back_as_it_was_given(epoch: str, room: int, user: int, turn: int) -> None:
    token = StreamToken(epoch, room, user, turn)
    assert parse(str(token)) == token


@pytest.mark.parametrize(
    "token",
    ["", "s1_2", "v1.e.1", "v1.e.1.2.3.4", "v1..1.2", "v1.e.-1.2", "v2.e.1.2", "v1.e.1.2\n", "v1.E.1.2", "v1.e.٣.2"],
)
def test_what_we_did_not_give_is_refused(token: str) -> None:
    with pytest.raises(InvalidParam):
        parse(token)


def test_an_answer_that_moved_nothing_still_has_a_token_of_its_own() -> None:
    here = StreamToken("e", 4, 2)
    assert str(here.after(here)) == "v1.e.4.2.1"
    assert str(here.after(here.after(here))) == "v1.e.4.2.2"
    assert here.after(StreamToken("e", 3, 2)) == here
    assert here.after(None) == here

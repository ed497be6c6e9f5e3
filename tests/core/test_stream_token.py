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
)
def test_a_token_is_read_back_as_it_was_given(epoch: str, room: int, user: int) -> None:
    token = StreamToken(epoch, room, user)
    assert parse(str(token)) == token


@pytest.mark.parametrize(
    "token",
    ["", "s1_2", "v1.e.1", "v1.e.1.2.3", "v1..1.2", "v1.e.-1.2", "v2.e.1.2", "v1.e.1.2\n", "v1.E.1.2", "v1.e.٣.2"],
)
def test_what_we_did_not_give_is_refused(token: str) -> None:
    with pytest.raises(InvalidParam):
        parse(token)

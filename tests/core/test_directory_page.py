"""Tokens of the public directory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.core.directory_page import BEGINNING, Place, parse


@given(st.integers(0, 10**9), st.text(max_size=50), st.booleans())
def test_a_token_is_read_as_it_was_written(joined: int, room_id: str, backwards: bool) -> None:
    place = Place(joined=joined, room_id=room_id, backwards=backwards)
    assert parse(str(place)) == place


@pytest.mark.parametrize("token", ["", "n", "n.1x.!r", "q.1.!r", "n..!r", f"n.{BEGINNING.joined}.!r", "n.٣.!r"])
def test_what_is_no_token_is_none(token: str) -> None:
    assert parse(token) is None

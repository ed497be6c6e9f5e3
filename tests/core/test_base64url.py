"""Base64 in URLs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.core.base64url import decode, encode


@given(st.binary())
def test_what_was_written_is_read(data: bytes) -> None:
    assert decode(encode(data)) == data
    assert set(encode(data)).isdisjoint("+/=")


def test_padding_may_stand() -> None:
    assert decode("_w==") == decode("_w") == b"\xff"


@pytest.mark.parametrize("text", ["a", "+w", "_w!", "_ w", "_x", "é"])
def test_what_nobody_wrote_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        decode(text)

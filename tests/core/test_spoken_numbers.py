"""Numbers that are read aloud."""

from hypothesis import given
from hypothesis import strategies as st

from amanat.core.spoken_numbers import ALPHABET, symbols


@given(st.binary(min_size=8, max_size=32), st.integers(1, 12))
def test_as_many_as_were_asked_for_and_none_that_is_taken_for_another(chance: bytes, count: int) -> None:
    drawn = symbols(chance, count)
    assert len(drawn) == count
    assert {*drawn} <= {*ALPHABET} - {*"0O1IL"}


def test_other_chance_is_another_number() -> None:
    assert len({symbols(bytes([high, *[7] * 6, low]), 8) for high in range(16) for low in range(16)}) == 256

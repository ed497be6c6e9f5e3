"""Each pause is twice the one before it, up to the longest, and chance takes away at most a half."""

from hypothesis import given
from hypothesis import strategies as st

from amanat.core.retries import pause


@given(tries=st.integers(1, 10**6), chance=st.floats(0, 1))
def test_a_pause_is_doubled_up_to_the_longest(tries: int, chance: float) -> None:
    whole = pause(tries, first=0.5, last=60.0)
    assert whole == (60.0 if tries > 7 else 0.5 * 2 ** (tries - 1))
    assert whole / 2 <= pause(tries, first=0.5, last=60.0, chance=chance) <= whole

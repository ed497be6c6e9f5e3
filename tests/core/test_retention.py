from hypothesis import given
from hypothesis import strategies as st

from amanat.core.retention import Timer, begin, due_ts, timer_of

TIMERS = [Timer(10, 1000), Timer(20, None), Timer(30, 5000)]


def test_a_message_keeps_the_timer_that_it_was_sent_under() -> None:
    assert [due_ts(TIMERS, position=at, ts=7) for at in (5, 10, 15, 20, 25, 30, 31)] == [
        None,
        None,
        1007,
        1007,
        None,
        None,
        5007,
    ]


def test_what_is_no_time_is_no_timer() -> None:
    for content in ({}, {"max_age_ms": 0}, {"max_age_ms": True}, {"max_age_ms": "1"}):
        assert timer_of(1, content) == Timer(1, None)
    assert timer_of(1, {"max_age_ms": 60_000}) == Timer(1, 60_000)


def test_what_never_disappears_is_passed_over() -> None:
    assert [begin(TIMERS, after) for after in (0, 12, 20, 25, 40)] == [10, 12, 30, 30, 40]
    assert begin([Timer(10, 1000), Timer(20, None)], 20) is None
    assert begin([], 0) is None


timers = st.dictionaries(st.integers(1, 50), st.one_of(st.none(), st.integers(1, 9)))


@given(timers, st.integers(0, 60), st.integers(1, 60))
def test_nothing_that_disappears_is_passed_over(given_timers: dict[int, int | None], after: int, at: int) -> None:
    held = [Timer(position, given_timers[position]) for position in sorted(given_timers)]
    begins = begin(held, after)
    if at > after and due_ts(held, position=at, ts=0) is not None:
        assert begins is not None
        assert begins < at

"""Buckets: nobody gets more than the burst and the rate allow, and who waits as told gets through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from amanat.core.errors import LimitExceeded
from amanat.edge.rate_limit import Limit, Rate, RateLimiter


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def made(rate: Rate, clock: Clock, ceiling: int = 100) -> RateLimiter:
    return RateLimiter({"send": Limit(account=rate), "login": Limit(address=rate)}, now=clock, ceiling=ceiling)


def passes(limiter: RateLimiter, account: str = "@alice:x") -> bool:
    try:
        limiter.check_account("send", account)
    except LimitExceeded:
        return False
    return True


@settings(max_examples=100)
@given(st.floats(0.1, 50), st.integers(1, 20), st.lists(st.floats(0, 3, allow_nan=False), min_size=1, max_size=60))
def test_no_stretch_of_time_sees_more_than_burst_and_rate(per_second: float, burst: int, gaps: list[float]) -> None:
    clock = Clock()
    limiter = made(Rate(per_second=per_second, burst=burst), clock)
    passed: list[float] = []
    for gap in gaps:
        clock.now += gap
        if passes(limiter):
            passed.append(clock.now)
    for first, began in enumerate(passed):
        for last in range(first, len(passed)):
            assert last - first + 1 <= burst + (passed[last] - began) * per_second + 1e-3


@given(st.floats(0.01, 100), st.integers(1, 10))
def test_who_waits_as_told_gets_through(per_second: float, burst: int) -> None:
    clock = Clock()
    limiter = made(Rate(per_second=per_second, burst=burst), clock)
    assert all(passes(limiter) for _ in range(burst))
    with pytest.raises(LimitExceeded) as refused:
        limiter.check_account("send", "@alice:x")
    clock.now += refused.value.fields["retry_after_ms"] / 1000
    assert passes(limiter)


def test_accounts_do_not_share_a_bucket() -> None:
    limiter = made(Rate(per_second=1, burst=1), Clock())
    assert [passes(limiter, who) for who in ("@alice:x", "@alice:x", "@bob:x")] == [True, False, True]


def test_a_row_without_a_rate_is_no_limit() -> None:
    limiter = made(Rate(per_second=1, burst=1), Clock())
    for _ in range(5):
        limiter.check_address("send", "192.0.2.1")
    limiter.check_address("login", "192.0.2.1")
    with pytest.raises(LimitExceeded):
        limiter.check_address("login", "192.0.2.1")


def test_memory_stays_under_its_ceiling_and_the_newest_are_remembered() -> None:
    limiter = made(Rate(per_second=1, burst=1), Clock(), ceiling=10)
    assert all(passes(limiter, f"@{n}:x") for n in range(1000))
    assert limiter.buckets == 10
    assert not passes(limiter, "@999:x")


def test_how_many_buckets_there_are_is_a_metric() -> None:
    limiter = RateLimiter({"send": Limit(account=Rate(per_second=1, burst=1))}, now=lambda: 0.0, counted_as="test")
    limiter.check_account("send", "@ani:x")
    assert REGISTRY.get_sample_value("amanat_edge_rate_limit_entries", {"limiter": "test", "kind": "account"}) == 1

"""Ranges: one is honoured, none that exist is an error, everything else is passed over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.edge.ranges import ByteRange, Unsatisfiable, requested

SIZE = 10


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-9", 0, 10),
        ("bytes=3-5", 3, 6),
        ("bytes=3-", 3, 10),
        ("bytes=9-", 9, 10),
        ("bytes=-1", 9, 10),
        ("bytes=-10", 0, 10),
        ("bytes=-999", 0, 10),
        ("bytes=5-999", 5, 10),
        ("Bytes = 3-5 ", 3, 6),
    ],
)
def test_one_range_is_a_part(header: str, start: int, end: int) -> None:
    assert requested(header, size=SIZE) == ByteRange(start, end)


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-20", "bytes=999-", "bytes=-0"])
def test_a_range_beyond_the_end_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        requested(header, size=SIZE)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-1", "bytes=0-0"])
def test_nothing_has_no_part(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        requested(header, size=0)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-3",
        "bytes=0-1,3-4",
        "bytes=0-1, 3-4",
        "items=0-1",
        "bytes=a-b",
        "bytes=+1-2",
        "bytes=1_0-",
        "bytes=٣-٥",
        "bytes=--1",
        "bytes=0x1-",
        "bytes=" + "9" * 5000 + "-",
    ],
)
def test_what_is_not_one_range_is_passed_over(header: str | None) -> None:
    assert requested(header, size=SIZE) is None


@settings(max_examples=200)
@given(header=st.from_regex(r"bytes=[0-9]{0,3}-[0-9]{0,3}", fullmatch=True), size=st.integers(0, 300))
def test_a_part_lies_within_the_whole(header: str, size: int) -> None:
    try:
        part = requested(header, size=size)
    except Unsatisfiable:
        return
    assert part is None or 0 <= part.start < part.end <= size

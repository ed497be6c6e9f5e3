"""Scales can be shrunk to try the bench, and never to nothing."""

from bench.subjects.subject import FULL


def test_a_scale_is_shrunk_as_a_whole() -> None:
    half = FULL.times(0.5)
    assert (half.people, half.large_room, half.events) == (5_000, 2_500, 500_000)


def test_the_smallest_scale_still_has_a_room_of_people_in_it() -> None:
    tiny = FULL.times(0)
    assert tiny.people >= tiny.large_room >= tiny.small_room > 1
    assert tiny.rooms > 1

"""Which seat somebody gets."""

import pytest

from amanat.gateway.appointments.seats import Asker, Taken, free_seat
from amanat.gateway.appointments.settings import Channel
from amanat.gateway.appointments.slots import Slot
from tests.gateway.appointments.sample import edited

COUNTER = edited(
    ("walk_in: 1, priority: {elderly: 1}", "walk_in: 1, priority: {elderly: 1}, per_day: {chat: 9}")
).counters["timur.foto"]
SLOT = Slot(starts_ms=1, ends_ms=2, kinds=("", "", "elderly", "walk_in"))


@pytest.mark.parametrize(
    ("channel", "group", "released", "taken", "seat"),
    [
        ("chat", "", False, (), 0),
        ("chat", "", False, (0,), 1),
        ("chat", "", False, (0, 1), None),
        ("chat", "", True, (0, 1), 2),
        ("chat", "", True, (0, 1, 2), None),
        ("chat", "elderly", False, (), 2),
        ("chat", "elderly", False, (2,), 0),
        ("chat", "elderly", False, (0, 1, 2), None),
        ("chat", "pilots", False, (0, 1), None),
        ("walk_in", "", True, (), 3),
        ("walk_in", "", True, (3,), 0),
        ("walk_in", "", True, (0, 1, 3), 2),
        ("walk_in", "", False, (0, 1, 3), None),
        ("walk_in", "elderly", False, (0, 1, 3), 2),
        ("walk_in", "", True, (0, 1, 2, 3), None),
    ],
)
def test_ones_own_seats_come_first_then_anybodys_then_what_is_released(
    channel: Channel, group: str, released: bool, taken: tuple[int, ...], seat: int | None
) -> None:
    asker = Asker(channel=channel, group=group)
    assert free_seat(COUNTER, SLOT, taken=Taken({1: taken}), asker=asker, released=released) == seat


def test_a_channel_takes_no_more_than_its_share_of_a_day() -> None:
    for had, seat in ((8, 0), (9, None)):
        taken = Taken({}, {"chat": had})
        assert free_seat(COUNTER, SLOT, taken=taken, asker=Asker(channel="chat"), released=True) == seat
    full = Taken({}, {"chat": 9})
    assert free_seat(COUNTER, SLOT, taken=full, asker=Asker(channel="walk_in"), released=True) == 3

"""Who may bring a service into a room: who may put it out again."""

from typing import Any

import pytest

from amanat.gateway.device.powers import administers
from amanat.gateway.device.sync_response import Event

ANI, BUDI = "@ani:x", "@budi:x"


def state(kind: str, sender: str, /, **content: Any) -> Event:
    return Event(type=kind, sender=sender, content=content, state_key="")


@pytest.mark.parametrize(
    ("levels", "holds"),
    [
        ({}, False),
        ({"users": {BUDI: 49}}, False),
        ({"users": {BUDI: 50}}, True),
        ({"users": {BUDI: 50}, "kick": 60}, False),
        ({"users": {BUDI: 50}, "state_default": 60}, False),
        ({"kick": 0, "state_default": 0}, True),
        ({"users": "nobody"}, False),
    ],
)
def test_whoever_may_put_members_out_and_change_the_room_administers_it(levels: dict[str, Any], holds: bool) -> None:
    room = [state("m.room.create", ANI, room_version="12"), state("m.room.power_levels", ANI, **levels)]
    assert administers(BUDI, room) is holds


@pytest.mark.parametrize("version", ["10", "11", "12"])
def test_where_no_levels_are_shown_it_is_who_made_the_room(version: str) -> None:
    room = [state("m.room.create", ANI, room_version=version)]
    assert administers(ANI, room)
    assert not administers(BUDI, room)


def test_creators_stand_above_the_levels_where_the_version_says_so() -> None:
    levels = state("m.room.power_levels", ANI, kick=100, users={})
    made = state("m.room.create", ANI, room_version="12", additional_creators=[BUDI, 7])
    assert administers(BUDI, [made, levels])
    assert not administers(ANI, [state("m.room.create", ANI, room_version="11"), levels])


@pytest.mark.parametrize("room", [[], [state("m.room.create", ANI, additional_creators="x", room_version=3)]])
def test_of_a_strange_room_nobody_else_does(room: list[Event]) -> None:
    assert not administers(BUDI, room)

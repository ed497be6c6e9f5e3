"""Who may do what in a group, and what somebody is there, by its power levels."""

from typing import Any

import pytest

from amanat.core.power_levels import parse
from amanat.core.room_versions import ROOM_VERSIONS
from amanat.gateway.bots.groups.group_state import GroupState, pinned_in, with_event_level, with_level
from amanat.gateway.bots.groups.rights import Rights, Status

ANI, BUDI = "@ani:x", "@budi:x"
ALL = Rights(say=True, change=True, delete=True, put_out=True, invite=True, pin=True, promote=True)


def group(levels: dict[str, Any], *, budi: str = "join", version: str = "11") -> GroupState:
    events = {("m.room.member", user_id): {"membership": is_in} for user_id, is_in in ((ANI, "join"), (BUDI, budi))}
    parsed = parse(levels, version=ROOM_VERSIONS[version], creators=frozenset({ANI}))
    return GroupState(levels=parsed, founder=ANI, events={**events, ("m.room.power_levels", ""): levels})


@pytest.mark.parametrize(
    ("levels", "budi", "status"),
    [
        ({}, "join", "member"),
        ({"users": {BUDI: 50}}, "join", "administrator"),
        ({"users": {BUDI: 49}}, "join", "member"),
        ({"users": {BUDI: -1}}, "join", "restricted"),
        ({"events": {"m.room.encrypted": 50}}, "join", "restricted"),
        ({"users_default": 50}, "join", "member"),
        ({"users": {BUDI: 100}}, "ban", "kicked"),
        ({}, "leave", "left"),
        ({}, "invite", "left"),
        ({}, "knock", "left"),
    ],
)
def test_what_somebody_is(levels: dict[str, Any], budi: str, status: Status) -> None:
    assert group(levels, budi=budi).status(BUDI) == status


@pytest.mark.parametrize("version", ["11", "12"])
def test_who_made_it_is_its_creator_while_they_stand_above_the_others(version: str) -> None:
    assert group({"users": {ANI: 100}}, version=version).status(ANI) == "creator"
    assert group({"users": {ANI: 0}}).status(ANI) == "member"


def test_what_somebody_may_do() -> None:
    state = group({"users": {ANI: 100, BUDI: 50}, "events": {"m.room.power_levels": 100}, "invite": 0})
    assert state.rights(ANI) == ALL
    assert state.rights(BUDI) == Rights(say=True, change=True, delete=True, put_out=True, invite=True, pin=True)
    assert state.everybodys == Rights(say=True, invite=True)


def test_whoever_is_given_a_rank_has_it() -> None:
    levels: dict[str, Any] = {"users": {ANI: 100}, "events": {"m.room.power_levels": 100}, "ban": 60}
    for rank, status in (("silent", "restricted"), ("administrator", "administrator"), ("leader", "administrator")):
        changed = with_level(levels, BUDI, level=group(levels).rank_level(rank))
        assert group(changed).status(BUDI) == status
        assert group(changed).rights(BUDI).promote == (rank == "leader")
        assert with_level(changed, BUDI, level=None) == levels


def test_other_levels_stay_as_they_are() -> None:
    levels = {"users": {ANI: 100}, "events": {"m.room.name": 50}, "kick": 7}
    changed = with_event_level(levels, "m.room.encrypted", level=50)
    assert changed == {**levels, "events": {"m.room.name": 50, "m.room.encrypted": 50}}
    assert with_event_level(changed, "m.room.encrypted", level=None) == levels
    assert with_level({"users": "strange"}, BUDI, level=50) == {"users": {BUDI: 50}}


@pytest.mark.parametrize(("content", "pinned"), [({}, []), ({"pinned": "x"}, []), ({"pinned": ["$a", 7]}, ["$a"])])
def test_pins_of_a_strange_shape_are_none(content: dict[str, Any], pinned: list[str]) -> None:
    assert pinned_in(content) == pinned

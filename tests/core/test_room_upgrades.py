"""What a room takes along when it is replaced."""

from typing import Any

import pytest

from amanat.core.power_levels import parse
from amanat.core.room_upgrades import carried_state, closed_power_levels, creation_content, new_power_levels
from amanat.core.room_versions import ROOM_VERSIONS
from tests.core.rooms import ALICE, BOB, CAROL, Room


def levels_of(version: str, content: dict[str, Any], *creators: str) -> Any:
    return parse(content, version=ROOM_VERSIONS[version], creators=frozenset(creators))


def test_the_create_event_names_the_room_before() -> None:
    room = Room("12")
    room.put(ALICE, "m.room.create", {"room_version": "12", "type": "m.space", "additional_creators": [BOB]})
    new, old = (
        creation_content(room.state, version=ROOM_VERSIONS[version], last_event_id="$last", creators=[CAROL, CAROL])
        for version in ("12", "11")
    )
    predecessor = {"room_id": room.room_id}
    assert new == {"type": "m.space", "predecessor": predecessor, "additional_creators": [CAROL]}
    assert old == {"type": "m.space", "predecessor": predecessor | {"event_id": "$last"}}


def test_members_levels_and_what_is_not_known_stay_behind() -> None:
    room = Room("12")
    room.put(ALICE, "m.room.create", {"room_version": "12"})
    room.member(ALICE, "join")
    room.put(ALICE, "m.room.topic", {"topic": "t"})
    room.put(ALICE, "m.room.encryption", {"algorithm": "x"})
    room.put(ALICE, "m.room.power_levels", {"users": {}})
    room.put(ALICE, "m.room.name", {})
    room.put(ALICE, "org.example.note", {"n": 1})
    assert [state.type for state in carried_state(room.state)] == ["m.room.encryption", "m.room.topic"]


@pytest.mark.parametrize("before", ["11", "12"])
def test_no_version_12_room_names_its_creators_in_its_levels(before: str) -> None:
    content = {"users": {BOB: 50, CAROL: 90} | ({ALICE: 100} if before == "11" else {})}
    first, lasting = new_power_levels(
        levels_of(before, content, ALICE),
        content,
        version=ROOM_VERSIONS["12"],
        creators=frozenset({ALICE, CAROL}),
        upgrader=ALICE,
    )
    assert first == lasting
    assert lasting["users"] == {BOB: 50}
    assert lasting["events"]["m.room.tombstone"] == 150


def test_creators_keep_the_most_that_levels_can_give() -> None:
    content = {"users": {BOB: 50}, "events": {"m.room.tombstone": 150}}
    first, lasting = new_power_levels(
        levels_of("12", content, ALICE, CAROL),
        content,
        version=ROOM_VERSIONS["11"],
        creators=frozenset(),
        upgrader=ALICE,
    )
    assert first["users"] == lasting["users"] == {BOB: 50, ALICE: 150, CAROL: 150}


def test_a_moderator_has_full_power_only_while_the_room_is_made() -> None:
    content = {"users": {ALICE: 100, BOB: 60}, "events": {"m.room.name": 120}}
    first, lasting = new_power_levels(
        levels_of("11", content), content, version=ROOM_VERSIONS["11"], creators=frozenset(), upgrader=BOB
    )
    assert first["users"] == {ALICE: 100, BOB: 120}
    assert lasting["users"] == content["users"]


@pytest.mark.parametrize(
    ("content", "closed"),
    [
        ({}, {"events_default": 50, "invite": 50}),
        ({"users_default": 60}, {"users_default": 60, "events_default": 61, "invite": 61}),
        ({"events_default": 70, "invite": 80}, {"events_default": 70, "invite": 80}),
    ],
)
def test_the_old_room_is_closed_to_ordinary_members(content: dict[str, Any], closed: dict[str, Any]) -> None:
    assert closed_power_levels(levels_of("12", content, ALICE), content) == closed

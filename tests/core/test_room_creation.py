"""What a new room begins with."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.errors import InvalidRoomState
from amanat.core.room_classes import CLASSES, RoomClass
from amanat.core.room_creation import InitialState, NewRoom, create_content, first_state, power_levels
from amanat.core.room_versions import ROOM_VERSIONS
from tests.core.rooms import ALICE, BOB, CAROL, Room

PRIVATE, PUBLIC = CLASSES["private"], CLASSES["public"]


def new_room(version: str = "12", room_class: RoomClass = PRIVATE, **more: Any) -> NewRoom:
    return NewRoom(creator=ALICE, version=ROOM_VERSIONS[version], room_class=room_class, **more)


@pytest.mark.parametrize("room_class", CLASSES.values())
@pytest.mark.parametrize("version", ROOM_VERSIONS)
@pytest.mark.parametrize("trusted", [True, False])
def test_the_rules_take_what_every_class_begins_with(version: str, room_class: RoomClass, trusted: bool) -> None:
    asked = new_room(version, room_class, trusted=trusted, invite=[BOB], name="n", topic="t", alias="#a:here")
    room = Room(version)
    room.send(ALICE, "m.room.create", create_content(asked), state_key="")
    room.change(ALICE, ALICE, "join")
    for state in first_state(asked, encryption={"algorithm": "x"}):
        room.send(ALICE, state.type, state.content, state_key=state.state_key)
    room.change(ALICE, BOB, "invite")
    levels = room.power_levels
    assert (levels.of_user(BOB) == levels.of_user(ALICE)) == trusted
    assert levels.of_user(ALICE) >= max(levels.events.values()) or not room.version.creators_above_all


def test_the_creator_cannot_be_somebody_else() -> None:
    asked = new_room("10", creation_content={"creator": BOB, "room_version": "1", "org.example.note": 1})
    assert create_content(asked) == {
        "creator": ALICE,
        "room_version": "10",
        "org.example.note": 1,
        "id.amanat.class": "private",
    }


@pytest.mark.parametrize(
    ("version", "trusted", "expected"),
    [("12", True, [CAROL, BOB]), ("12", False, [CAROL]), ("11", True, [CAROL])],
)
def test_trusted_people_are_creators_where_creators_stand_above_all(
    version: str, trusted: bool, expected: list[str]
) -> None:
    named = {"additional_creators": [CAROL]}
    asked = new_room(version, trusted=trusted, invite=[BOB, CAROL], creation_content=named)
    assert create_content(asked)["additional_creators"] == expected


def test_creators_that_are_no_list_are_refused() -> None:
    with pytest.raises(InvalidRoomState):
        create_content(new_room(trusted=True, invite=[BOB], creation_content={"additional_creators": BOB}))


def test_what_a_client_sets_is_not_set_twice() -> None:
    given_state = [
        InitialState(type="m.room.join_rules", content={"join_rule": "knock"}),
        InitialState(type="m.room.name", content={"name": "theirs"}),
        InitialState(type="m.room.name", state_key="other", content={"name": "kept"}),
    ]
    types = [
        (it.type, it.state_key) for it in first_state(new_room(initial_state=given_state, name="n"), encryption=None)
    ]
    assert len(types) == len(set(types))
    assert ("m.room.name", "other") in types


@given(st.integers(-(2**53) + 1, 2**53 - 2), st.none() | st.integers(-(2**53) + 1, 2**53 - 1))
@settings(max_examples=100)
def test_from_version_12_the_tombstones_level_is_above_that_of_other_state(default: int, tombstone: int | None) -> None:
    events = {} if tombstone is None else {"m.room.tombstone": tombstone}
    levels = power_levels(new_room(power_levels={"state_default": default, "events": events}))
    assert levels["events"]["m.room.tombstone"] > default


@pytest.mark.parametrize("override", [{"events": 3}, {"state_default": "high"}, {"events": {"m.room.tombstone": "x"}}])
def test_levels_of_the_wrong_shape_are_left_to_the_rules(override: dict[str, Any]) -> None:
    assert power_levels(new_room(power_levels=override)) | override == power_levels(new_room(power_levels=override))


@pytest.mark.parametrize(("room_class", "invite"), [(PRIVATE, 0), (PUBLIC, 50)])
def test_who_may_invite_depends_on_the_class(room_class: RoomClass, invite: int) -> None:
    assert power_levels(new_room(room_class=room_class))["invite"] == invite

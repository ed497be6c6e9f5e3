"""What power levels say, with and without a power-levels event."""

from typing import Any

import pytest

from amanat.core.canonical_json import MAX_INTEGER
from amanat.core.power_levels import CREATOR_LEVEL, creators_of, founder_of, parse
from amanat.core.room_versions import ROOM_VERSIONS
from tests.core.rooms import ALICE, BOB, CAROL, created

V10, V11, V12 = (ROOM_VERSIONS[name] for name in ("10", "11", "12"))
BY_ALICE = frozenset({ALICE})


def test_what_is_not_said_has_the_specifications_default() -> None:
    levels = parse({}, version=V11, creators=BY_ALICE)
    assert (levels.of_user(ALICE), levels.of_user(BOB)) == (0, 0)
    assert levels.for_event("m.room.message", is_state=False) == 0
    assert levels.for_event("m.room.name", is_state=True) == 50
    assert (levels.invite, levels.kick, levels.ban, levels.redact) == (0, 50, 50, 50)
    assert levels.for_notification("room") == 50


def test_what_is_said_is_what_holds() -> None:
    content = {
        "users": {BOB: 60},
        "users_default": 1,
        "events": {"m.room.name": 70},
        "events_default": 2,
        "state_default": 3,
        "invite": 4,
        "kick": 5,
        "ban": 6,
        "redact": 7,
        "notifications": {"room": 8},
    }
    levels = parse(content, version=V11, creators=BY_ALICE)
    assert (levels.of_user(BOB), levels.of_user(CAROL)) == (60, 1)
    assert levels.for_event("m.room.name", is_state=True) == 70
    assert levels.for_event("m.room.name", is_state=False) == 70
    assert levels.for_event("m.room.message", is_state=False) == 2
    assert levels.for_event("m.room.topic", is_state=True) == 3
    assert (levels.invite, levels.kick, levels.ban, levels.redact) == (4, 5, 6, 7)
    assert levels.for_notification("room") == 8


@pytest.mark.parametrize(("version", "level"), [(V10, 100), (V11, 100), (V12, CREATOR_LEVEL)])
def test_without_power_levels_only_a_creator_has_power(version: Any, level: int) -> None:
    levels = parse(None, version=version, creators=BY_ALICE)
    assert (levels.of_user(ALICE), levels.of_user(BOB)) == (level, 0)
    assert levels.for_event("m.room.name", is_state=True) == 50


def test_from_version_12_a_creator_stands_above_the_highest_level_there_can_be() -> None:
    levels = parse({"users": {BOB: MAX_INTEGER}}, version=V12, creators=BY_ALICE)
    assert levels.of_user(ALICE) > levels.of_user(BOB) == MAX_INTEGER


def test_reading_levels_that_no_rule_let_in_does_not_fail() -> None:
    levels = parse({"users": {BOB: "100"}, "events": [], "ban": True}, version=V12, creators=BY_ALICE)
    assert (levels.of_user(BOB), levels.events, levels.ban) == (0, {}, 50)


@pytest.mark.parametrize(
    ("version", "more", "creators"),
    [
        ("10", {"creator": BOB}, {BOB}),
        ("10", {"creator": 5}, {ALICE}),
        ("11", {"creator": BOB, "additional_creators": [BOB]}, {ALICE}),
        ("12", {}, {ALICE}),
        ("12", {"additional_creators": [BOB, CAROL]}, {ALICE, BOB, CAROL}),
    ],
)
def test_each_version_says_who_its_creators_are(version: str, more: dict[str, Any], creators: set[str]) -> None:
    create = created(version, **more).get("m.room.create")
    assert create is not None
    assert creators_of(create, ROOM_VERSIONS[version]) == creators
    assert founder_of(create, ROOM_VERSIONS[version]) in creators

"""Whose members may join a restricted room, and who can vouch for them."""

from typing import Any

import pytest

from amanat.core.power_levels import parse
from amanat.core.restricted_join import is_restricted, named_inviters, rooms_allowed
from amanat.core.room_versions import ROOM_VERSIONS
from tests.core.rooms import ALICE, BOB, CAROL, DAN


def condition(room_id: Any, kind: str = "m.room_membership") -> dict[str, Any]:
    return {"type": kind, "room_id": room_id}


@pytest.mark.parametrize(
    ("rules", "restricted", "rooms"),
    [
        ({"join_rule": "restricted", "allow": [condition("!a"), condition("!b")]}, True, ["!a", "!b"]),
        ({"join_rule": "knock_restricted", "allow": [condition("!a")]}, True, ["!a"]),
        ({"join_rule": "restricted", "allow": [condition("!a", "org.example.other")]}, True, []),
        ({"join_rule": "restricted", "allow": ["!a", condition(1), None]}, True, []),
        ({"join_rule": "restricted", "allow": "!a"}, True, []),
        ({"join_rule": "restricted"}, True, []),
        ({"join_rule": "invite", "allow": [condition("!a")]}, False, []),
        ({}, False, []),
    ],
)
def test_only_conditions_that_are_understood_let_anybody_in(rules: Any, restricted: bool, rooms: list[str]) -> None:
    assert is_restricted(rules) == restricted
    assert rooms_allowed(rules) == rooms


def test_those_who_may_invite_are_asked_by_their_power() -> None:
    content = {"users": {BOB: 50, CAROL: 70, DAN: 10}, "invite": 50}
    levels = parse(content, version=ROOM_VERSIONS["12"], creators=frozenset({ALICE}))
    assert named_inviters(levels) == [ALICE, CAROL, BOB]

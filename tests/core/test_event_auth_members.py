"""The rules of membership, each with what it allows and what it refuses.

Rules are numbered as in rule 4 of rooms/v10 and rooms/v11 and rule 5 of rooms/v12, less that first number.
In these rooms Alice has 100 (in version 12 she is the creator), Bob 50 and Carol 10; Dan and Eve are nobody yet.
"""

from typing import Any

import pytest

from amanat.core.errors import BadJson, Forbidden
from tests.core.rooms import ALICE, BOB, CAROL, DAN, EVE, FAR, Room, created, founded

VERSIONS = ("10", "11", "12")
every_version = pytest.mark.parametrize("version", VERSIONS)
VIA = "join_authorised_via_users_server"

# rule, join rule, memberships beforehand, who does it, to whom, what, allowed
ROWS: list[tuple[str, str | None, dict[str, str], str, str, str, bool]] = [
    ("3.2", "public", {}, DAN, DAN, "join", True),
    ("3.2", "public", {}, BOB, DAN, "join", False),
    ("3.2", "public", {}, ALICE, DAN, "join", False),
    ("3.3", "public", {DAN: "ban"}, DAN, DAN, "join", False),
    ("3.3", "invite", {DAN: "ban"}, DAN, DAN, "join", False),
    ("3.4", "invite", {DAN: "invite"}, DAN, DAN, "join", True),
    ("3.4", "invite", {}, BOB, BOB, "join", True),
    ("3.4", "invite", {}, DAN, DAN, "join", False),
    ("3.4", "invite", {DAN: "leave"}, DAN, DAN, "join", False),
    ("3.4", "invite", {DAN: "knock"}, DAN, DAN, "join", False),
    ("3.4", None, {DAN: "invite"}, DAN, DAN, "join", True),
    ("3.4", None, {}, DAN, DAN, "join", False),
    ("3.4", "knock", {DAN: "invite"}, DAN, DAN, "join", True),
    ("3.4", "knock", {DAN: "knock"}, DAN, DAN, "join", False),
    ("3.5.1", "restricted", {DAN: "invite"}, DAN, DAN, "join", True),
    ("3.5.1", "restricted", {}, BOB, BOB, "join", True),
    ("3.5.1", "knock_restricted", {DAN: "invite"}, DAN, DAN, "join", True),
    ("3.5.2", "restricted", {}, DAN, DAN, "join", False),
    ("3.5.2", "knock_restricted", {DAN: "knock"}, DAN, DAN, "join", False),
    ("3.6", "public", {DAN: "leave"}, DAN, DAN, "join", True),
    ("3.6", "public", {DAN: "knock"}, DAN, DAN, "join", True),
    ("3.7", "private", {DAN: "invite"}, DAN, DAN, "join", False),
    ("3.7", "unheard-of", {DAN: "invite"}, DAN, DAN, "join", False),
    ("4.2", "invite", {}, BOB, DAN, "invite", True),
    ("4.2", "invite", {}, EVE, DAN, "invite", False),
    ("4.2", "public", {EVE: "invite"}, EVE, DAN, "invite", False),
    ("4.2", "public", {}, DAN, DAN, "invite", False),
    ("4.3", "invite", {DAN: "leave"}, BOB, DAN, "invite", True),
    ("4.3", "invite", {DAN: "knock"}, BOB, DAN, "invite", True),
    ("4.3", "invite", {DAN: "invite"}, BOB, DAN, "invite", True),
    ("4.3", "invite", {}, BOB, CAROL, "invite", False),
    ("4.3", "invite", {DAN: "ban"}, ALICE, DAN, "invite", False),
    ("4.4", "invite", {}, BOB, DAN, "invite", True),
    ("4.5", "invite", {}, CAROL, DAN, "invite", False),
    ("5.1", "invite", {}, CAROL, CAROL, "leave", True),
    ("5.1", "invite", {DAN: "invite"}, DAN, DAN, "leave", True),
    ("5.1", "invite", {DAN: "knock"}, DAN, DAN, "leave", True),
    ("5.1", "invite", {DAN: "ban"}, DAN, DAN, "leave", False),
    ("5.1", "invite", {}, DAN, DAN, "leave", False),
    ("5.2", "invite", {EVE: "invite"}, EVE, CAROL, "leave", False),
    ("5.2", "invite", {ALICE: "leave"}, ALICE, CAROL, "leave", False),
    ("5.3", "invite", {DAN: "ban"}, ALICE, DAN, "leave", True),
    ("5.3", "invite", {DAN: "ban"}, BOB, DAN, "leave", False),
    ("5.4", "invite", {}, BOB, CAROL, "leave", True),
    ("5.4", "invite", {DAN: "invite"}, BOB, DAN, "leave", True),
    ("5.4", "invite", {DAN: "knock"}, BOB, DAN, "leave", True),
    ("5.5", "invite", {DAN: "join"}, CAROL, DAN, "leave", False),
    ("5.5", "invite", {}, BOB, ALICE, "leave", False),
    ("6.1", "invite", {ALICE: "leave"}, ALICE, CAROL, "ban", False),
    ("6.2", "invite", {}, ALICE, BOB, "ban", True),
    ("6.2", "invite", {}, ALICE, DAN, "ban", True),
    ("6.3", "invite", {}, BOB, CAROL, "ban", False),
    ("6.3", "invite", {}, ALICE, ALICE, "ban", False),
    ("7.1", "knock", {}, DAN, DAN, "knock", True),
    ("7.1", "knock_restricted", {}, DAN, DAN, "knock", True),
    ("7.1", "invite", {}, DAN, DAN, "knock", False),
    ("7.1", "public", {}, DAN, DAN, "knock", False),
    ("7.1", "restricted", {}, DAN, DAN, "knock", False),
    ("7.1", None, {}, DAN, DAN, "knock", False),
    ("7.2", "knock", {}, BOB, DAN, "knock", False),
    ("7.3", "knock", {DAN: "leave"}, DAN, DAN, "knock", True),
    ("7.3", "knock", {DAN: "knock"}, DAN, DAN, "knock", True),
    ("7.4", "knock", {DAN: "ban"}, DAN, DAN, "knock", False),
    ("7.4", "knock", {DAN: "invite"}, DAN, DAN, "knock", False),
    ("7.4", "knock", {}, BOB, BOB, "knock", False),
]


def a_room(version: str, join_rule: str | None = "invite", before: dict[str, str] | None = None) -> Room:
    users = {BOB: 50, CAROL: 10} | ({} if version == "12" else {ALICE: 100})
    levels = {"users": users, "invite": 30, "kick": 40, "ban": 60}
    room = founded(version, join_rule=join_rule, levels=levels)
    for user_id, membership in (before or {}).items():
        room.member(user_id, membership)
    return room


def ask(room: Room, sender: str, target: str, membership: str, **more: Any) -> None:
    room.authorise(sender, "m.room.member", {"membership": membership, **more}, state_key=target)


@every_version
@pytest.mark.parametrize(
    ("rule", "join_rule", "before", "sender", "target", "membership", "allowed"),
    ROWS,
    ids=[f"{row[0]} {row[1]} {row[5]} {'allowed' if row[6] else 'refused'}" for row in ROWS],
)
def test_each_rule_allows_and_refuses_what_it_says(
    version: str,
    rule: str,
    join_rule: str | None,
    before: dict[str, str],
    sender: str,
    target: str,
    membership: str,
    allowed: bool,
) -> None:
    room = a_room(version, join_rule, before)
    if allowed:
        ask(room, sender, target, membership)
    else:
        with pytest.raises(Forbidden):
            ask(room, sender, target, membership)


@every_version
def test_rule_1_a_member_event_has_a_state_key_and_a_membership(version: str) -> None:
    room = a_room(version)
    for content, state_key in (({"membership": "join"}, None), ({}, BOB)):
        with pytest.raises(BadJson, match="member event"):
            room.authorise(BOB, "m.room.member", content, state_key=state_key)


@every_version
@pytest.mark.parametrize("authoriser", [FAR, 5, None])
def test_rule_2_1_only_a_user_of_the_server_that_signs_can_vouch(version: str, authoriser: object) -> None:
    room = a_room(version, "restricted")
    ask(room, DAN, DAN, "join", **{VIA: BOB})
    with pytest.raises(Forbidden, match="not a user of this server"):
        ask(room, DAN, DAN, "join", **{VIA: authoriser})


@every_version
def test_rule_3_1_who_creates_a_room_joins_it_first(version: str) -> None:
    room = created(version)
    with pytest.raises(Forbidden):
        ask(room, BOB, BOB, "join")
    ask(room, ALICE, ALICE, "join")


def test_rule_3_1_of_version_10_goes_by_the_creator_that_the_content_names() -> None:
    ask(created("10", creator=BOB), BOB, BOB, "join")
    with pytest.raises(Forbidden):
        ask(created("11", creator=BOB), BOB, BOB, "join")


def test_rule_3_1_does_not_let_an_additional_creator_join_uninvited() -> None:
    room = created("12", additional_creators=[BOB])
    room.member(ALICE, "join")
    with pytest.raises(Forbidden):
        ask(room, BOB, BOB, "join")


@every_version
def test_rule_3_1_does_not_bring_a_creator_back_who_left(version: str) -> None:
    room = a_room(version, "invite", {ALICE: "leave"})
    with pytest.raises(Forbidden):
        ask(room, ALICE, ALICE, "join")


@every_version
@pytest.mark.parametrize("join_rule", ["restricted", "knock_restricted"])
def test_rule_3_5_2_who_vouches_for_a_join_is_in_the_room_and_may_invite(version: str, join_rule: str) -> None:
    room = a_room(version, join_rule, {EVE: "leave"})
    ask(room, DAN, DAN, "join", **{VIA: BOB})
    with pytest.raises(Forbidden, match="may not invite"):
        ask(room, DAN, DAN, "join", **{VIA: CAROL})
    with pytest.raises(Forbidden, match="not in the room"):
        ask(room, DAN, DAN, "join", **{VIA: EVE})


@every_version
@pytest.mark.parametrize("membership", ["banned", "", None, 5, ["join"], {}])
def test_rule_8_there_are_five_memberships(version: str, membership: Any) -> None:
    with pytest.raises(BadJson, match="not a membership"):
        ask(a_room(version), BOB, BOB, membership)


def test_to_unban_takes_the_ban_level_the_kick_level_and_more_than_the_target_has() -> None:
    room = a_room("12", before={DAN: "ban", EVE: "join"})
    room.put(ALICE, "m.room.power_levels", {"users": {BOB: 50, CAROL: 59, EVE: 60, DAN: 59}, "kick": 55, "ban": 50})
    ask(room, CAROL, CAROL, "leave")
    with pytest.raises(Forbidden, match="55"):
        ask(room, BOB, DAN, "leave")
    with pytest.raises(Forbidden, match="not below yours"):
        ask(room, CAROL, DAN, "leave")
    ask(room, EVE, DAN, "leave")


def test_a_creator_is_out_of_reach_from_version_12() -> None:
    room = a_room("12")
    room.put(ALICE, "m.room.power_levels", {"users": {BOB: 2**53 - 1}})
    for membership in ("leave", "ban"):
        with pytest.raises(Forbidden, match="not below yours"):
            ask(room, BOB, ALICE, membership)


def test_a_refusal_says_what_was_tried_and_what_it_takes() -> None:
    with pytest.raises(Forbidden) as refused:
        ask(a_room("12", before={DAN: "join"}), CAROL, DAN, "leave")
    assert refused.value.error == "You cannot remove this person: it takes a power level of 40; yours is 10."

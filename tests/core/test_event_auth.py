"""The rules but for members and power levels, each with what it allows and what it refuses.

A rule's number is that of rooms/v10 and rooms/v11, a bar, and that of rooms/v12.
"""

from typing import Any

import pytest

from amanat.core.errors import BadJson, Forbidden
from amanat.core.event_auth import auth_events_for, authorise, authorise_redaction
from tests.core.rooms import ALICE, BOB, CAROL, DAN, EVE, FAR, Room, create_content, created, founded

every_version = pytest.mark.parametrize("version", ["10", "11", "12"])
TOKEN = {"third_party_invite": {"signed": {"token": "token", "mxid": DAN}}}


def create(room: Room, *, room_id: str | None = None, drop: str = "", **more: Any) -> None:
    """Ask whether Alice may create the room with this content."""
    content = create_content(room.version.id, **more)
    content.pop(drop, None)
    authorise(room.draft(ALICE, "m.room.create", content, state_key="", room_id=room_id), room)


def keys_of(room: Room, sender: str, event_type: str, content: dict[str, Any], state_key: str | None) -> set[str]:
    """Return the types, with their keys, that are picked as auth events."""
    picked = auth_events_for(room.draft(sender, event_type, content, state_key=state_key), room)
    by_id = {event.event_id: event for event in room.state.values()}
    assert len(picked) == len(set(picked))
    return {f"{by_id[event_id].type}|{by_id[event_id].state_key}" for event_id in picked}


@every_version
def test_rule_1_a_room_may_be_created(version: str) -> None:
    create(Room(version))


@every_version
def test_rule_1_1_only_once(version: str) -> None:
    with pytest.raises(Forbidden, match="created already"):
        create(created(version))


@pytest.mark.parametrize("version", ["10", "11"])
def test_rule_1_2_of_versions_10_and_11_the_room_is_of_its_creators_server(version: str) -> None:
    create(Room(version), room_id="!other:here")
    with pytest.raises(Forbidden, match="creator's server"):
        create(Room(version), room_id="!other:away")


def test_rule_1_2_of_version_12_the_create_event_does_not_name_its_room() -> None:
    create(Room("12"), room_id="")
    with pytest.raises(Forbidden, match="hash"):
        create(Room("12"), room_id="!other:here")


@every_version
@pytest.mark.parametrize("unknown", ["9", "", 12, None, ["12"]])
def test_rule_1_3_the_room_version_is_a_known_one(version: str, unknown: object) -> None:
    create(Room(version), drop="room_version")
    with pytest.raises(BadJson, match="room_version"):
        create(Room(version), room_version=unknown)


def test_rule_1_4_of_version_10_the_creator_is_named() -> None:
    create(Room("11"), drop="creator")
    with pytest.raises(BadJson, match="creator"):
        create(Room("10"), drop="creator")


@pytest.mark.parametrize("wrong", [None, BOB, [BOB, 5], ["bob"], ["@bob"], {BOB: 1}])
def test_rule_1_4_of_version_12_additional_creators_are_user_ids(wrong: object) -> None:
    create(Room("12"), additional_creators=[BOB, CAROL])
    create(Room("12"), additional_creators=[])
    create(Room("11"), additional_creators=wrong)
    with pytest.raises(BadJson, match="additional_creators"):
        create(Room("12"), additional_creators=wrong)


@every_version
def test_rules_2_4_and_2_5_or_2_and_3_5_an_event_is_of_a_room_that_was_created(version: str) -> None:
    room = founded(version)
    authorise(room.draft(ALICE, "m.room.message"), room)
    with pytest.raises(Forbidden, match="no such room"):
        authorise(room.draft(ALICE, "m.room.message", room_id="!other:here"), room)
    with pytest.raises(Forbidden, match="no such room"):
        authorise(room.draft(ALICE, "m.room.message", room_id="!other:here"), Room(version))


@every_version
def test_rules_2_1_and_2_2_or_3_1_and_3_2_only_selected_state_is_cited_and_each_once(version: str) -> None:
    room = founded(version, join_rule="public", levels={})
    room.put(ALICE, "m.room.name", {"name": "x"})
    room.put(ALICE, "m.room.third_party_invite", {}, state_key="token")
    always = {"m.room.power_levels|"} | ({"m.room.create|"} if version != "12" else set())
    alice, bob, rules = f"m.room.member|{ALICE}", f"m.room.member|{BOB}", "m.room.join_rules|"

    def member(sender: str, target: str, membership: str, **more: Any) -> set[str]:
        return keys_of(room, sender, "m.room.member", {"membership": membership, **more}, target)

    assert keys_of(room, ALICE, "m.room.message", {}, None) == always | {alice}
    assert keys_of(room, DAN, "m.room.message", {}, None) == always
    assert member(BOB, BOB, "join") == always | {bob, rules}
    assert member(ALICE, BOB, "invite") == always | {alice, bob, rules}
    assert member(DAN, DAN, "knock") == always | {rules}
    assert member(ALICE, BOB, "ban") == always | {alice, bob}
    assert member(BOB, BOB, "leave") == always | {bob}
    assert member(DAN, DAN, "join", join_authorised_via_users_server=ALICE) == always | {rules, alice}
    assert member(ALICE, DAN, "invite", **TOKEN) == always | {alice, rules, "m.room.third_party_invite|token"}
    assert keys_of(room, ALICE, "m.room.create", {}, "") == set()


@every_version
def test_rule_3_or_4_a_room_that_does_not_federate_is_for_its_creators_server(version: str) -> None:
    closed = created(version, **{"m.federate": False})
    opened = created(version, **{"m.federate": True})
    for room in (closed, opened):
        room.member(ALICE, "join")
        room.member(FAR, "join")
    closed.authorise(ALICE, "m.room.message")
    opened.authorise(FAR, "m.room.message")
    with pytest.raises(Forbidden, match="other servers"):
        closed.authorise(FAR, "m.room.message")


@every_version
@pytest.mark.parametrize("membership", ["invite", "leave", "ban", "knock", None])
def test_rule_5_or_6_only_those_in_the_room_send(version: str, membership: str | None) -> None:
    room = founded(version)
    if membership:
        room.member(DAN, membership)
    room.authorise(BOB, "m.room.message")
    with pytest.raises(Forbidden, match="not in this room"):
        room.authorise(DAN, "m.room.message")


@every_version
def test_rule_6_or_7_an_invite_to_an_address_takes_the_invite_level(version: str) -> None:
    room = founded(version, levels={"users": {BOB: 30, CAROL: 29}, "invite": 30, "state_default": 90})
    room.authorise(BOB, "m.room.third_party_invite", {}, state_key="token")
    with pytest.raises(Forbidden, match="30"):
        room.authorise(CAROL, "m.room.third_party_invite", {}, state_key="token")


@every_version
@pytest.mark.parametrize(
    ("event_type", "state_key", "required"),
    [("m.room.message", None, 10), ("m.room.name", "", 20), ("m.sticker", None, 30), ("m.room.topic", "", 40)],
)
def test_rule_7_or_8_sending_takes_the_types_level(
    version: str, event_type: str, state_key: str | None, required: int
) -> None:
    levels: dict[str, Any] = {
        "events_default": 10,
        "state_default": 20,
        "events": {"m.sticker": 30, "m.room.topic": 40},
        "users": {BOB: required, CAROL: required - 1},
    }
    room = founded(version, levels=levels)
    room.authorise(BOB, event_type, state_key=state_key)
    with pytest.raises(Forbidden, match=str(required)):
        room.authorise(CAROL, event_type, state_key=state_key)


@every_version
def test_rule_8_or_9_state_under_a_user_id_is_that_users(version: str) -> None:
    room = founded(version, levels={"state_default": 0})
    room.authorise(BOB, "m.location", state_key=BOB)
    room.authorise(BOB, "m.location", state_key="somewhere")
    with pytest.raises(Forbidden, match="under a user id"):
        room.authorise(BOB, "m.location", state_key=CAROL)


@every_version
def test_rule_10_or_11_whatever_else_there_is_may_be_sent(version: str) -> None:
    room = founded(version)
    for event_type in ("m.room.encrypted", "m.room.redaction", "m.reaction", "org.example.unknown"):
        room.authorise(BOB, event_type)


@every_version
def test_what_others_sent_is_redacted_only_with_the_power_to(version: str) -> None:
    room = founded(version, levels={"users": {ALICE: 100} if version != "12" else {}, "redact": 50})
    for sender, author in ((ALICE, BOB), (BOB, BOB)):
        authorise_redaction(room.draft(sender, "m.room.redaction"), room, target_sender=author)
    with pytest.raises(Forbidden, match="redact"):
        authorise_redaction(room.draft(BOB, "m.room.redaction"), room, target_sender=CAROL)


@every_version
def test_a_room_can_be_made_as_clients_make_one(version: str) -> None:
    room = Room(version)
    room.send(ALICE, "m.room.create", create_content(version), state_key="")
    room.change(ALICE, ALICE, "join")
    room.send(ALICE, "m.room.power_levels", {"users": {} if version == "12" else {ALICE: 100}}, state_key="")
    room.send(ALICE, "m.room.join_rules", {"join_rule": "invite"}, state_key="")
    room.change(ALICE, EVE, "invite")
    room.change(EVE, EVE, "join")
    room.send(EVE, "m.room.message", {"body": "hello"})

"""Making rooms through the front door."""

from typing import Any

import pytest

from tests.client_api.rooms import content_of, membership, state_of, timeline
from tests.server import MEGOLM, Server

VERSIONS = ["10", "11", "12"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("preset", "join_rule", "guests", "room_class"),
    [
        ("private_chat", "invite", "can_join", "private"),
        ("trusted_private_chat", "invite", "can_join", "private"),
        ("public_chat", "public", "forbidden", "public"),
    ],
)
async def test_a_preset_says_how_a_room_begins(
    amanat: Server, version: str, preset: str, join_rule: str, guests: str, room_class: str
) -> None:
    alice = await amanat.user("alice")
    state = await state_of(alice, await alice.create_room(preset=preset, room_version=version))
    assert state["m.room.join_rules", ""]["content"] == {"join_rule": join_rule}
    assert state["m.room.history_visibility", ""]["content"] == {"history_visibility": "shared"}
    assert state["m.room.guest_access", ""]["content"] == {"guest_access": guests}
    create = state["m.room.create", ""]["content"]
    assert (create["room_version"], create["id.amanat.class"]) == (version, room_class)
    assert (create.get("creator") == alice.user_id) == (version == "10")
    assert (("m.room.encryption", "") in state) == (room_class == "private")


@pytest.mark.parametrize("version", VERSIONS)
async def test_the_first_events_come_in_the_specifications_order(amanat: Server, version: str) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(
        room_version=version,
        room_alias_name="tea",
        initial_state=[{"type": "m.room.pinned_events", "content": {"pinned": []}}],
        name="Tea",
        topic="About tea",
        invite=[bob.user_id],
    )
    assert [event["type"] for event in await timeline(alice, room)] == [
        "m.room.create",
        "m.room.member",
        "m.room.power_levels",
        "m.room.canonical_alias",
        "m.room.encryption",
        "m.room.join_rules",
        "m.room.history_visibility",
        "m.room.guest_access",
        "m.room.pinned_events",
        "m.room.name",
        "m.room.topic",
        "m.room.member",
    ]


async def test_a_room_has_the_default_version_and_its_creator_is_not_in_its_levels(amanat: Server) -> None:
    alice = await amanat.user("alice")
    state = await state_of(alice, await alice.create_room())
    assert state["m.room.create", ""]["content"]["room_version"] == "12"
    levels = state["m.room.power_levels", ""]["content"]
    assert levels["users"] == {}
    assert levels["events"]["m.room.tombstone"] > levels["state_default"]


@pytest.mark.parametrize("version", ["10", "11"])
async def test_before_version_12_the_creator_has_full_power(amanat: Server, version: str) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(room_version=version, preset="trusted_private_chat", invite=[bob.user_id])
    levels = await content_of(alice, room, "m.room.power_levels")
    assert levels["users"] == {alice.user_id: 100, bob.user_id: 100}
    assert room.endswith(":localhost")


async def test_trusted_people_become_creators_in_version_12(amanat: Server) -> None:
    alice, bob, carol = [await amanat.user(name) for name in ("alice", "bob", "carol")]
    named = {"additional_creators": [carol.user_id, bob.user_id]}
    room = await alice.create_room(preset="trusted_private_chat", invite=[bob.user_id], creation_content=named)
    create = await content_of(alice, room, "m.room.create")
    assert create["additional_creators"] == [carol.user_id, bob.user_id]


async def test_no_preset_means_the_one_of_the_visibility(amanat: Server) -> None:
    alice = await amanat.user("alice")
    private = await alice.post("/createRoom", {})
    public = await alice.post("/createRoom", {"visibility": "public"})
    assert (await content_of(alice, private.json["room_id"], "m.room.join_rules"))["join_rule"] == "invite"
    assert (await content_of(alice, public.json["room_id"], "m.room.join_rules"))["join_rule"] == "public"


async def test_initial_state_goes_before_the_preset_and_name_and_topic_before_it(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room(
        name="Mine",
        topic="Ours",
        initial_state=[
            {"type": "m.room.name", "content": {"name": "Theirs"}},
            {"type": "m.room.history_visibility", "state_key": "", "content": {"history_visibility": "joined"}},
        ],
    )
    assert (await content_of(alice, room, "m.room.name")) == {"name": "Mine"}
    assert (await content_of(alice, room, "m.room.history_visibility")) == {"history_visibility": "joined"}
    assert (await content_of(alice, room, "m.room.topic")) == {
        "topic": "Ours",
        "m.topic": {"m.text": [{"body": "Ours", "mimetype": "text/plain"}]},
    }


async def test_an_override_replaces_keys_of_the_first_power_levels(amanat: Server) -> None:
    alice = await amanat.user("alice")
    override = {"invite": 70, "events": {"m.room.name": 10}}
    levels = await content_of(
        alice, await alice.create_room(power_level_content_override=override), "m.room.power_levels"
    )
    assert (levels["invite"], levels["kick"]) == (70, 50)
    assert levels["events"] == {"m.room.name": 10, "m.room.tombstone": 150}


async def test_invitees_are_told_that_it_is_a_direct_chat(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id, alice.user_id, bob.user_id], is_direct=True)
    member = await content_of(alice, room, "m.room.member", bob.user_id)
    assert member == {"membership": "invite", "is_direct": True}
    assert await membership(alice, room, alice) == "join"


async def test_encryption_that_a_client_sets_is_kept(amanat: Server) -> None:
    alice = await amanat.user("alice")
    wanted = {"algorithm": MEGOLM, "rotation_period_msgs": 50}
    room = await alice.create_room(initial_state=[{"type": "m.room.encryption", "content": wanted}])
    assert await content_of(alice, room, "m.room.encryption") == wanted


async def test_creation_content_is_kept_but_for_what_the_server_decides(amanat: Server) -> None:
    alice = await amanat.user("alice")
    asked = {"type": "m.space", "m.federate": False, "creator": "@eve:localhost", "room_version": "1"}
    create = await content_of(alice, await alice.create_room(creation_content=asked), "m.room.create")
    assert create == {
        "type": "m.space",
        "m.federate": False,
        "room_version": "12",
        "id.amanat.class": "private",
    }


async def test_a_lab_with_an_open_gate_encrypts_only_what_it_is_asked_to(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    assert await content_of(alice, await alice.create_room(), "m.room.encryption") is None
    asked = [{"type": "m.room.encryption", "content": {"algorithm": MEGOLM}}]
    room = await alice.create_room(initial_state=asked)
    assert await content_of(alice, room, "m.room.encryption") == {"algorithm": MEGOLM}


@pytest.mark.parametrize(
    ("body", "status", "errcode"),
    [
        ({"room_version": "9"}, 400, "M_UNSUPPORTED_ROOM_VERSION"),
        ({"room_version": 12}, 400, "M_BAD_JSON"),
        ({"preset": "secret_chat"}, 400, "M_INVALID_PARAM"),
        ({"visibility": "hidden"}, 400, "M_INVALID_PARAM"),
        ({"visibility": "public", "preset": "private_chat"}, 400, "M_INVALID_PARAM"),
        ({"creation_content": {"id.amanat.class": "business"}}, 400, "M_INVALID_PARAM"),
        ({"creation_content": {"additional_creators": ["nobody"]}}, 400, "M_INVALID_ROOM_STATE"),
        ({"creation_content": {"secret": "in clear"}}, 400, "M_INVALID_ROOM_STATE"),
        ({"invite": ["bob"]}, 400, "M_INVALID_PARAM"),
        ({"invite": ["@bob:elsewhere.org"]}, 403, "M_FORBIDDEN"),
        ({"invite": ["@nobody:localhost"]}, 403, "M_FORBIDDEN"),
        ({"invite_3pid": [{"medium": "email", "address": "a@b.c"}]}, 403, "M_THREEPID_DENIED"),
        ({"room_alias_name": "a:b"}, 400, "M_INVALID_PARAM"),
        ({"initial_state": [{"type": "m.room.name"}]}, 400, "M_BAD_JSON"),
        ({"initial_state": [{"type": "m.room.create", "content": {}}]}, 400, "M_INVALID_ROOM_STATE"),
        (
            {"initial_state": [{"type": "m.room.member", "state_key": "@b:localhost", "content": {}}]},
            400,
            "M_INVALID_ROOM_STATE",
        ),
        (
            {"initial_state": [{"type": "m.room.join_rules", "content": {"join_rule": "public"}}]},
            400,
            "M_INVALID_ROOM_STATE",
        ),
        (
            {"initial_state": [{"type": "m.room.encryption", "content": {"algorithm": "none"}}]},
            400,
            "M_INVALID_PARAM",
        ),
        (
            {"initial_state": [{"type": "m.room.canonical_alias", "content": {"alias": "#other:localhost"}}]},
            400,
            "M_BAD_ALIAS",
        ),
        ({"initial_state": [{"type": "org.example.note", "content": {}}]}, 400, "M_INVALID_ROOM_STATE"),
        ({"power_level_content_override": {"ban": "high"}}, 400, "M_INVALID_ROOM_STATE"),
        ({"power_level_content_override": {"users": {"@alice:localhost": 100}}}, 400, "M_INVALID_ROOM_STATE"),
        (
            {"room_version": "11", "name": "x", "power_level_content_override": {"users": {"@alice:localhost": 0}}},
            400,
            "M_INVALID_ROOM_STATE",
        ),
        ({"initial_state": [{"type": "m.room.name", "content": {}}] * 61}, 400, "M_INVALID_PARAM"),
    ],
)
async def test_a_refused_room_leaves_nothing_behind(
    amanat: Server, body: dict[str, Any], status: int, errcode: str
) -> None:
    alice = await amanat.user("alice")
    refused = await alice.post("/createRoom", {"room_alias_name": "tea"} | body)
    assert (refused.status, refused.errcode) == (status, errcode)
    assert (await alice.get("/joined_rooms")).json == {"joined_rooms": []}
    assert (await alice.get("/directory/room/%23tea:localhost")).status == 404


async def test_an_alias_that_is_taken_makes_no_room(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room(room_alias_name="tea")
    refused = await alice.post("/createRoom", {"room_alias_name": "tea"})
    assert (refused.status, refused.errcode) == (400, "M_ROOM_IN_USE")
    assert (await alice.get("/joined_rooms")).json == {"joined_rooms": [room]}

"""Single events, state and members, for members, for who left, and for nobody else."""

from urllib.parse import quote

from tests.client_api.chats import TEXT, at, event, two_in_a_room
from tests.server import Server


async def test_a_member_reads_an_event_and_a_stranger_does_not(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    eve = await open_amanat.user("eve")
    said = await alice.send(room, "hi", event_type=TEXT)

    refused = await eve.get(at(room, f"event/{quote(said)}"))
    elsewhere = await bob.get(at(await bob.create_room(), f"event/{quote(said)}"))

    shown = await event(bob, room, said)
    assert (shown["content"]["body"], shown["unsigned"]["membership"]) == ("hi", "join")
    assert (refused.status, refused.errcode) == (404, "M_NOT_FOUND")
    assert (elsewhere.status, elsewhere.errcode) == (404, "M_NOT_FOUND")


async def test_an_event_from_before_one_joined_says_so(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    carol = await open_amanat.user("carol")
    said = await alice.send(room, "early", event_type=TEXT)
    await alice.invite(room, carol.user_id)
    await carol.join(room)

    assert (await event(carol, room, said))["unsigned"]["membership"] == "leave"
    assert (await event(bob, room, said))["unsigned"]["membership"] == "join"


async def test_only_the_device_that_sent_an_event_sees_its_transaction_id(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    other_device = await open_amanat.login("alice")
    said = await alice.send(room, "hi", event_type=TEXT)

    assert "transaction_id" in (await event(alice, room, said))["unsigned"]
    assert "transaction_id" not in (await event(other_device, room, said))["unsigned"]
    assert "transaction_id" not in (await event(bob, room, said))["unsigned"]


async def test_state_is_read_by_type_with_and_without_the_slash_and_as_an_event(open_amanat: Server) -> None:
    _, bob, room = await two_in_a_room(open_amanat, name="Kitchen")

    for path in ("state/m.room.name", "state/m.room.name/"):
        assert (await bob.get(at(room, path))).json == {"name": "Kitchen"}
    whole = (await bob.get(at(room, "state/m.room.name"), format="event")).json
    member = (await bob.get(at(room, f"state/m.room.member/{quote(bob.user_id)}"))).json
    absent = await bob.get(at(room, "state/m.room.topic"))

    assert (whole["type"], whole["state_key"]) == ("m.room.name", "")
    assert member["membership"] == "join"
    assert (absent.status, absent.errcode) == (404, "M_NOT_FOUND")


async def test_who_left_sees_the_state_as_it_was_then(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat, name="Old")
    await bob.leave(room)
    await alice.set_state(room, "m.room.name", {"name": "New"})

    one = (await bob.get(at(room, "state/m.room.name"))).json
    everything = (await bob.get(at(room, "state"))).json

    assert one == {"name": "Old"}
    assert [each["content"] for each in everything if each["type"] == "m.room.name"] == [{"name": "Old"}]


async def test_who_was_banned_later_sees_no_more_than_when_they_left(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat, name="Old")
    await bob.leave(room)
    await alice.set_state(room, "m.room.name", {"name": "New"})
    await alice.post(at(room, "ban"), {"user_id": bob.user_id})

    assert (await bob.get(at(room, "state/m.room.name"))).json == {"name": "Old"}


async def test_who_never_was_in_a_room_reads_nothing_of_it(open_amanat: Server) -> None:
    alice, _, room = await two_in_a_room(open_amanat)
    eve = await open_amanat.user("eve")
    await alice.invite(room, eve.user_id)
    await eve.leave(room)

    for path in ("state", "state/m.room.name", "members", "joined_members"):
        for where in (room, "!nowhere"):
            reply = await eve.get(at(where, path))
            assert (reply.status, reply.errcode) == (403, "M_FORBIDDEN")


async def test_members_are_told_apart_by_membership(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    carol = await open_amanat.user("carol")
    await alice.invite(room, carol.user_id)
    await bob.leave(room)

    async def members(**query: str) -> set[str]:
        return {each["state_key"] for each in (await alice.get(at(room, "members"), **query)).json["chunk"]}

    assert await members() == {alice.user_id, bob.user_id, carol.user_id}
    assert await members(membership="join") == {alice.user_id}
    assert await members(not_membership="leave") == {alice.user_id, carol.user_id}
    assert await members(membership="leave", not_membership="join") == {bob.user_id, carol.user_id}
    assert (await alice.get(at(room, "members"), membership="friend")).errcode == "M_INVALID_PARAM"


async def test_members_are_read_as_they_were_at_a_token(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    then = (await alice.sync())["next_batch"]
    await bob.leave(room)

    found = await alice.get(at(room, "members"), at=then, membership="join")

    assert {each["state_key"] for each in found.json["chunk"]} == {alice.user_id, bob.user_id}


async def test_joined_members_come_with_their_names_and_only_to_members(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.set_state(
        room, "m.room.member", {"membership": "join", "displayname": "Alice"}, state_key=alice.user_id
    )

    shown = (await bob.get(at(room, "joined_members"))).json["joined"]
    await bob.leave(room)
    refused = await bob.get(at(room, "joined_members"))

    assert shown == {alice.user_id: {"display_name": "Alice"}, bob.user_id: {}}
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")

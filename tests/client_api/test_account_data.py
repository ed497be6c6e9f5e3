"""Account data, and ignoring people by it."""

from typing import Any
from urllib.parse import quote

from tests.client_api.chats import TEXT, at, bodies, two_in_a_room
from tests.server import Person, Server


def _own(person: Person, data_type: str, *, room: str | None = None) -> str:
    about = f"/rooms/{quote(room, safe='')}" if room else ""
    return f"/user/{quote(person.user_id)}{about}/account_data/{data_type}"


async def test_account_data_is_kept_and_told_by_sync(amanat: Server) -> None:
    alice = await amanat.user("alice")
    since = (await alice.sync())["next_batch"]
    await alice.put(_own(alice, "org.example.theme"), {"dark": True})

    assert (await alice.get(_own(alice, "org.example.theme"))).json == {"dark": True}
    told = (await alice.sync(since))["account_data"]["events"]
    assert told == [{"type": "org.example.theme", "content": {"dark": True}}]


async def test_account_data_about_a_room_stands_in_the_room(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    since = (await alice.sync())["next_batch"]
    await alice.put(_own(alice, "org.example.colour", room=room), {"is": "red"})

    assert (await alice.get(_own(alice, "org.example.colour", room=room))).json == {"is": "red"}
    assert (await alice.get(_own(alice, "org.example.colour"))).errcode == "M_NOT_FOUND"
    told = (await alice.sync(since))["rooms"]["join"][room]["account_data"]["events"]
    assert told == [{"type": "org.example.colour", "content": {"is": "red"}}]


async def test_nobody_reads_or_writes_anybody_elses(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    await alice.put(_own(alice, "m.direct"), {})

    read = await eve.get(_own(alice, "m.direct"))
    written = await eve.put(_own(alice, "m.direct"), {})

    assert (read.status, read.errcode) == (403, "M_FORBIDDEN")
    assert (written.status, written.errcode) == (403, "M_FORBIDDEN")


async def test_what_the_server_keeps_itself_is_not_set_here(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()

    rules = await alice.put(_own(alice, "m.push_rules"), {})
    marker = await alice.put(_own(alice, "m.fully_read", room=room), {"event_id": "$x"})
    read = await alice.get(_own(alice, "m.push_rules"))

    assert (rules.status, rules.errcode) == (405, "M_BAD_JSON")
    assert (marker.status, marker.errcode) == (405, "M_BAD_JSON")
    assert "global" in read.json


async def test_data_is_kept_only_about_rooms_that_one_had_to_do_with(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    room = await alice.create_room()

    stranger = await eve.put(_own(eve, "org.example", room=room), {})
    nowhere = await eve.put(_own(eve, "org.example", room="!nowhere"), {})
    no_room = await eve.put(_own(eve, "org.example", room="#alias:localhost"), {})

    assert (stranger.status, stranger.errcode) == (403, "M_FORBIDDEN")
    assert (nowhere.status, nowhere.errcode) == (403, "M_FORBIDDEN")
    assert (no_room.status, no_room.errcode) == (400, "M_INVALID_PARAM")


async def test_content_is_an_object_and_a_type_fits(amanat: Server) -> None:
    alice = await amanat.user("alice")

    listed = await alice.put(_own(alice, "org.example"), [1])
    malformed = await alice.put(_own(alice, "org.example"), b"{")
    nul = await alice.put(_own(alice, "org%00example"), {})
    long = await alice.put(_own(alice, "x" * 256), {})

    assert (listed.status, listed.errcode) == (400, "M_BAD_JSON")
    assert (malformed.status, malformed.errcode) == (400, "M_NOT_JSON")
    assert (nul.status, nul.errcode) == (400, "M_INVALID_PARAM")
    assert (long.status, long.errcode) == (400, "M_INVALID_PARAM")


async def _ignore(person: Person, *others: Person) -> None:
    ignored: dict[str, Any] = {"ignored_users": {other.user_id: {} for other in others}}
    assert (await person.put(_own(person, "m.ignored_user_list"), ignored)).status == 200


async def test_messages_of_somebody_ignored_are_not_told_but_their_state_is(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await _ignore(bob, alice)
    since = (await bob.sync())["next_batch"]
    await alice.send(room, "noise", event_type=TEXT)
    await alice.set_state(room, "m.room.name", {"name": "Kitchen"})

    timeline = (await bob.sync(since))["rooms"]["join"][room]["timeline"]["events"]

    assert [each["type"] for each in timeline] == ["m.room.name"]


async def test_others_in_the_room_still_hear_whom_somebody_ignores(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    carol = await open_amanat.user("carol")
    await alice.invite(room, carol.user_id)
    await carol.join(room)
    await _ignore(bob, alice)
    bob_since, carol_since = (await bob.sync())["next_batch"], (await carol.sync())["next_batch"]
    await alice.send(room, "hi", event_type=TEXT)

    assert "rooms" not in await bob.sync(bob_since)
    assert bodies((await carol.sync(carol_since))["rooms"]["join"][room]["timeline"]["events"]) == ["hi"]


async def test_who_is_no_longer_ignored_is_heard_again(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await _ignore(bob, alice)
    await _ignore(bob)
    since = (await bob.sync())["next_batch"]
    await alice.send(room, "hi", event_type=TEXT)

    assert bodies((await bob.sync(since))["rooms"]["join"][room]["timeline"]["events"]) == ["hi"]


async def test_an_invitation_from_somebody_ignored_is_not_told(open_amanat: Server) -> None:
    alice, bob = await open_amanat.user("alice"), await open_amanat.user("bob")
    await _ignore(bob, alice)
    room = await alice.create_room()
    await alice.invite(room, bob.user_id)

    assert "rooms" not in await bob.sync()


async def test_a_malformed_list_ignores_nobody(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await bob.put(_own(bob, "m.ignored_user_list"), {"ignored_users": [alice.user_id]})
    await alice.send(room, "hi", event_type=TEXT)

    assert bodies((await bob.get(at(room, "messages"), dir="b")).json["chunk"]) == ["hi"]


async def test_what_somebody_kept_goes_with_their_account(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    await alice.put(_own(alice, "m.direct"), {})
    await alice.put(_own(alice, "m.ignored_user_list"), {"ignored_users": {"@eve:localhost": {}}})
    await alice.put(_own(alice, "org.example", room=room), {})
    await alice.put("/pushrules/global/override/.m.rule.master/enabled", {"enabled": True})
    await alice.post(f"/user/{alice.user_id}/filter", {})
    server = amanat.amanat

    for clear in (server.account_data.forget_all, server.push_rules.forget_all, server.filters.forget_all):
        await clear(alice.user_id)
        await clear(alice.user_id)

    assert await server.account_data.changed(alice.user_id, after=0, upto=2**62) == []
    assert await server.store.ignored.get(alice.user_id) == frozenset()
    assert (await alice.get("/pushrules/global/override/.m.rule.master/enabled")).json == {"enabled": False}

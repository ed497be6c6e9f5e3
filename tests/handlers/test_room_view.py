"""A room as the rules see it inside a unit of work."""

from amanat.core.event_auth import auth_events_for
from amanat.core.events import Draft, Event
from amanat.db.tx import Tx
from amanat.handlers.room_view import RoomView
from amanat.store.rooms import MEMBERS
from tests.client_api.chats import at, two_in_a_room
from tests.server import Person, Server


async def seen(person: Person, room_id: str) -> tuple[list[str], Event | None]:
    """Return what authorises a message of somebody's, and their membership as the rules see it."""
    store = person.server.amanat.store
    draft = Draft(
        room_id=room_id, type="m.room.encrypted", sender=person.user_id, content={}, origin_server_ts=1_700_000_000_000
    )

    def look(tx: Tx) -> tuple[list[str], Event | None]:
        room = tx.see(store.rooms, room_id)
        assert room is not None
        view = RoomView(tx, room)
        return auth_events_for(draft, view), view.get("m.room.member", person.user_id)

    return await store.write(look, needs=[(store.rooms, room_id), (MEMBERS, (room_id, person.user_id))])


async def test_a_member_is_seen_as_their_row_tells(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    for person in (alice, bob):
        authorising, member = await seen(person, room)
        assert member is not None
        assert member.content["membership"] == "join"
        assert member.event_id in authorising


async def test_memory_that_is_wrong_lets_nobody_in_or_out(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    store = amanat.amanat.store

    def confuse(tx: Tx) -> None:
        tx.stage(store.memberships, bob.user_id, {})

    await store.write(confuse)
    await bob.send(room, "still here")
    assert (await seen(alice, room))[1] is not None


async def test_who_was_never_there_is_nobody(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    room = await alice.create_room()
    assert (await seen(eve, room))[1] is None


async def test_other_state_and_levels_are_the_rooms_own(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room(name="Rumah")
    store = amanat.amanat.store
    known = await store.rooms.get(room)
    assert known is not None

    def look(tx: Tx) -> tuple[Event | None, int, str]:
        view = RoomView(tx, known)
        return view.get("m.room.name"), view.power_levels.for_event("m.room.name", is_state=True), view.version.id

    name, level, version = await store.write(look)
    assert name is not None
    assert name.content == {"name": "Rumah"}
    assert (level, version) == (50, (await alice.get(at(room, "state/m.room.create"))).json["room_version"])

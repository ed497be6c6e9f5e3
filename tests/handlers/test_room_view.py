"""A room as the rules see it: members are the same from memory and from their rows."""

from amanat.core.event_auth import auth_events_for
from amanat.core.events import Draft, Event
from amanat.db.tx import Need, Tx
from amanat.handlers.room_view import RoomView
from amanat.store.rooms import MEMBERS
from tests.client_api.chats import at, two_in_a_room
from tests.server import Person, Server


async def seen(person: Person, room_id: str, *, in_memory: bool) -> tuple[list[str], Event | None]:
    """Return what authorises a message of somebody's, and their membership as the rules see it."""
    store = person.server.amanat.store
    store.memberships.clear()
    whose: Need = (store.memberships, person.user_id) if in_memory else (MEMBERS, (room_id, person.user_id))
    draft = Draft(
        room_id=room_id, type="m.room.encrypted", sender=person.user_id, content={}, origin_server_ts=1_700_000_000_000
    )

    def look(tx: Tx) -> tuple[list[str], Event | None]:
        room = tx.see(store.rooms, room_id)
        assert room is not None
        view = RoomView(tx, room, memberships=store.memberships)
        return auth_events_for(draft, view), view.get("m.room.member", person.user_id)

    return await store.write(look, needs=[(store.rooms, room_id), whose])


async def test_memory_and_rows_tell_the_same(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    for person in (alice, bob):
        from_memory, from_row = (
            await seen(person, room, in_memory=True),
            await seen(person, room, in_memory=False),
        )
        assert from_memory[0] == from_row[0] != []
        (one, other) = (from_memory[1], from_row[1])
        assert one is not None
        assert other is not None
        assert (one.event_id, one.content["membership"]) == (other.event_id, other.content["membership"])


async def test_who_was_never_there_is_nobody(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    room = await alice.create_room()

    assert [(await seen(eve, room, in_memory=known))[1] for known in (True, False)] == [None, None]


async def test_other_state_and_levels_are_the_rooms_own(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room(name="Rumah")
    store = amanat.amanat.store
    known = await store.rooms.get(room)
    assert known is not None

    def look(tx: Tx) -> tuple[Event | None, int, str]:
        view = RoomView(tx, known, memberships=store.memberships)
        return view.get("m.room.name"), view.power_levels.for_event("m.room.name", is_state=True), view.version.id

    name, level, version = await store.write(look)
    assert name is not None
    assert name.content == {"name": "Rumah"}
    assert (level, version) == (50, (await alice.get(at(room, "state/m.room.create"))).json["room_version"])

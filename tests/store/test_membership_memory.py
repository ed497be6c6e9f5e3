"""The memory of people's rooms is what the disk would give."""

from tests.client_api.chats import at, two_in_a_room
from tests.client_api.rooms import act
from tests.server import Person, Server


async def held(person: Person) -> dict[str, tuple[str, bool]]:
    """Return somebody's rooms as memory holds them, having checked it against the disk."""
    memory = person.server.amanat.store.memberships
    before = memory.peek(person.user_id)
    memory.clear()
    loaded = await memory.get(person.user_id)
    assert before == loaded
    assert loaded is not None
    return {room_id: (each.membership, each.forgotten) for room_id, each in loaded.items()}


async def test_who_is_nowhere_has_no_rooms(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await alice.sync()

    assert await held(alice) == {}


async def test_an_invitation_a_join_and_a_leave_are_followed(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await bob.sync()
    room = await alice.create_room()
    await alice.invite(room, bob.user_id)
    assert await held(bob) == {room: ("invite", False)}
    await bob.join(room)
    assert await held(bob) == {room: ("join", False)}
    await bob.leave(room)
    assert await held(bob) == {room: ("leave", False)}


async def test_what_others_do_is_followed(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    await bob.sync()
    await act(alice, room, "ban", bob)

    assert await held(bob) == {room: ("ban", False)}


async def test_forgetting_is_followed(amanat: Server) -> None:
    _, bob, room = await two_in_a_room(amanat)
    await bob.sync()
    await bob.leave(room)
    await bob.post(at(room, "forget"), {})

    assert await held(bob) == {room: ("leave", True)}

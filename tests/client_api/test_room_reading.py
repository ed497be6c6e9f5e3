"""Who may read a room: what is forgotten is closed, and what became world-readable is open."""

from tests.client_api.chats import TEXT, at, bodies, two_in_a_room
from tests.server import Server


async def test_a_forgotten_room_is_closed(open_amanat: Server) -> None:
    _, bob, room = await two_in_a_room(open_amanat)
    await bob.leave(room)
    await bob.post(at(room, "forget"), {})

    assert (await bob.get(at(room, "messages"), dir="b")).errcode == "M_FORBIDDEN"


async def test_who_comes_back_sees_what_was_shared_in_between(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await bob.leave(room)
    await alice.send(room, "meanwhile", event_type=TEXT)
    await alice.invite(room, bob.user_id)
    await bob.join(room)

    assert bodies((await bob.get(at(room, "messages"), dir="b")).json["chunk"]) == ["meanwhile"]


async def test_who_is_invited_again_still_reads_up_to_where_they_left(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "before", event_type=TEXT)
    await bob.leave(room)
    await alice.send(room, "after", event_type=TEXT)
    await alice.invite(room, bob.user_id)

    assert bodies((await bob.get(at(room, "messages"), dir="b")).json["chunk"]) == ["before"]

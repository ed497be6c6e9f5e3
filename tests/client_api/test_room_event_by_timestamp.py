"""The event nearest to a time."""

from typing import Any

from tests.client_api.chats import TEXT, at, event, two_in_a_room
from tests.server import Person, Server


async def _nearest(reader: Person, room_id: str, ts: int, direction: str) -> Any:
    return await reader.get(at(room_id, "timestamp_to_event", version="v1"), ts=ts, dir=direction)


async def test_the_nearest_event_is_found_in_either_direction(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = []
    for number in range(5):
        open_amanat.clock.pass_ms(1_000)
        said.append(await alice.send(room, str(number), event_type=TEXT))
    then = (await event(bob, room, said[2]))["origin_server_ts"]

    assert (await _nearest(bob, room, then, "f")).json == {"event_id": said[2], "origin_server_ts": then}
    assert (await _nearest(bob, room, then, "b")).json["event_id"] == said[2]
    assert (await _nearest(bob, room, then + 1, "f")).json["event_id"] == said[3]
    assert (await _nearest(bob, room, then - 1, "b")).json["event_id"] == said[1]


async def test_beyond_the_ends_nothing_is_found(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "hi", event_type=TEXT)

    late = await _nearest(bob, room, 2**52, "f")
    early = await _nearest(bob, room, 0, "b")

    assert (late.status, late.errcode) == (404, "M_NOT_FOUND")
    assert (early.status, early.errcode) == (404, "M_NOT_FOUND")


async def test_what_the_reader_may_not_see_is_passed_over(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await bob.leave(room)
    open_amanat.clock.pass_ms(10_000)
    said = await alice.send(room, "later", event_type=TEXT)
    then = (await event(alice, room, said))["origin_server_ts"]

    assert (await _nearest(bob, room, then, "f")).status == 404
    assert (await _nearest(await open_amanat.user("eve"), room, then, "b")).errcode == "M_FORBIDDEN"

from msgspec import json

from amanat.handlers import push_audiences
from amanat.handlers.push_audiences import PushAudiences
from amanat.store.events import EVENT_BY_ID, EventRow
from tests.handlers.push_fixtures import set_pusher, together
from tests.outbound.answering import Answering
from tests.server import Server

OTHER = Answering()


async def event(server: Server, event_id: str) -> EventRow:
    row = await server.amanat.store.first(EVENT_BY_ID, event_id=event_id)
    assert row is not None
    return row


async def audience(audiences: PushAudiences, row: EventRow) -> set[str]:
    return set(await audiences.of(row, json.decode(row.json)["content"]))


async def membership(server: Server, room: str, user_id: str) -> EventRow:
    held = (await server.amanat.store.memberships.get(user_id) or {})[room]
    return await event(server, held.event_id)


async def test_only_who_is_in_a_room_and_has_a_pusher_hears_of_it(amanat: Server) -> None:
    room, (alice, bob, _carol) = await together(amanat, "alice", "bob", "carol")
    url = "https://push.example.org/_matrix/push/v1/notify"
    await set_pusher(bob, OTHER, url=url)
    audiences = PushAudiences(amanat.amanat.store)
    hello = await event(amanat, await alice.send(room, "hello"))
    assert await audience(audiences, hello) == {bob.user_id}

    dan = await amanat.user("dan")
    await set_pusher(dan, OTHER, url=url)
    await alice.invite(room, dan.user_id)
    assert await audience(audiences, await membership(amanat, room, dan.user_id)) == {dan.user_id}
    await dan.join(room)
    assert await audience(audiences, await membership(amanat, room, dan.user_id)) == set()
    assert await audience(audiences, hello) == {bob.user_id, dan.user_id}
    await bob.leave(room)
    await audience(audiences, await membership(amanat, room, bob.user_id))
    assert await audience(audiences, hello) == {dan.user_id}


async def test_a_room_is_looked_at_again_once_a_member_has_a_pusher(amanat: Server) -> None:
    room, (alice, bob) = await together(amanat, "alice", "bob")
    audiences = PushAudiences(amanat.amanat.store)
    hello = await event(amanat, await alice.send(room, "hello"))
    assert await audience(audiences, hello) == set()
    await set_pusher(bob, OTHER, url="https://push.example.org/_matrix/push/v1/notify")
    assert await audience(audiences, hello) == set()
    audiences.forget([room])
    assert await audience(audiences, hello) == {bob.user_id}
    audiences.forget(None)
    assert await audience(audiences, hello) == {bob.user_id}


async def test_rooms_are_forgotten_when_there_are_too_many(amanat: Server, monkeypatch) -> None:
    monkeypatch.setattr(push_audiences, "MAX_PEOPLE", 1)
    room, (alice, bob) = await together(amanat, "alice", "bob")
    second = await alice.create_room()
    audiences = PushAudiences(amanat.amanat.store)
    hello, other = [await event(amanat, await alice.send(each, "hello")) for each in (room, second)]
    assert await audience(audiences, hello) == set()
    await set_pusher(bob, OTHER, url="https://push.example.org/_matrix/push/v1/notify")
    assert await audience(audiences, other) == set()
    assert await audience(audiences, hello) == {bob.user_id}

"""A room's newest events: what a filter leaves of them, and where the rest is found."""

from typing import Any

from tests.client_api.chats import TEXT, at, bodies, two_in_a_room
from tests.client_api.polls import part, told
from tests.server import Person, Server


async def say(person: Person, room_id: str, *texts: str) -> list[str]:
    return [await person.send(room_id, text, event_type=TEXT) for text in texts]


def timeline(**chosen: Any) -> dict[str, Any]:
    return {"room": {"timeline": chosen}}


async def test_a_thin_timeline_is_filled_from_further_back(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    wanted = await say(alice, room, "1", "2", "3")
    await say(bob, room, *"abcdefghijklmnopqrstuvwxyz")
    hers = timeline(senders=[alice.user_id], types=[TEXT], limit=3)
    answered = await bob.sync(filter=hers)
    assert told(answered, room) == wanted


async def test_a_filtered_timeline_joins_up_with_the_pages_before_it(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    since = (await bob.sync())["next_batch"]
    texts = [str(number) for number in range(6)]
    for text in texts:
        await say(alice, room, text)
        await say(bob, room, "yes")
    chosen = {"senders": [alice.user_id]}
    found = part(await bob.sync(since, filter=timeline(limit=2, **chosen)), room)["timeline"]
    assert found["limited"] is True
    before = {"from": found["prev_batch"], "to": since, "dir": "b", "filter": chosen}
    page = (await bob.get(at(room, "messages"), limit=10, **before)).json["chunk"]
    assert bodies(page[::-1] + found["events"]) == texts


async def test_state_that_the_timeline_leaves_out_is_told_beside_it(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    since = (await bob.sync())["next_batch"]
    await alice.set_state(room, "m.room.topic", {"topic": "tea"})
    await say(alice, room, "hello")
    answered = part(await bob.sync(since, filter=timeline(types=[TEXT])), room)
    assert bodies(answered["timeline"]["events"]) == ["hello"]
    assert [event["content"] for event in answered["state"]["events"]] == [{"topic": "tea"}]


async def test_events_with_a_url_are_found_by_it(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    since = (await bob.sync())["next_batch"]
    await say(alice, room, "hello")
    image = await alice.send(room, "cat.png", event_type=TEXT, url="mxc://localhost/cat")
    answered = await bob.sync(since, filter=timeline(contains_url=True))
    assert told(answered, room) == [image]


async def test_only_the_wanted_fields_of_events_are_told(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat, topic="tea")
    since = (await bob.sync())["next_batch"]
    await say(alice, room, "hello")
    fields = {"event_fields": ["type", "content.body"]}
    answered = part(await bob.sync(since, filter=fields), room)
    assert answered["timeline"]["events"] == [{"type": TEXT, "content": {"body": "hello"}}]
    initial = part(await bob.sync(filter=fields | timeline(limit=1)), room)
    assert {"type": "m.room.topic"} in initial["state"]["events"]
    assert "sender" in part(await bob.sync(since), room)["timeline"]["events"][0]

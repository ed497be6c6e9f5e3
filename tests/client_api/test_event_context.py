"""What stands around an event."""

from urllib.parse import quote

from tests.client_api.chats import TEXT, at, bodies, two_in_a_room
from tests.server import Server


async def test_an_event_comes_with_its_neighbours_and_tokens_that_lead_on(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = [await alice.send(room, str(number), event_type=TEXT) for number in range(9)]

    found = (await bob.get(at(room, f"context/{quote(said[4])}"), limit=4)).json
    before = await bob.get(at(room, "messages"), dir="b", limit=1, **{"from": found["start"]})
    after = await bob.get(at(room, "messages"), dir="f", limit=1, **{"from": found["end"]})

    assert found["event"]["event_id"] == said[4]
    assert bodies(found["events_before"]) == ["3", "2"]
    assert bodies(found["events_after"]) == ["5", "6"]
    assert bodies(before.json["chunk"]) == ["1"]
    assert bodies(after.json["chunk"]) == ["7"]


async def test_the_state_is_that_of_the_last_event(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat, name="Old")
    said = await alice.send(room, "hi", event_type=TEXT)
    await alice.set_state(room, "m.room.name", {"name": "New"})

    found = (await bob.get(at(room, f"context/{quote(said)}"), limit=0, filter={"lazy_load_members": True})).json

    state = {(each["type"], each["state_key"]): each["content"] for each in found["state"]}
    assert state["m.room.name", ""] == {"name": "Old"}
    assert ("m.room.member", alice.user_id) in state
    assert ("m.room.member", bob.user_id) not in state


async def test_what_somebody_may_not_see_is_not_found(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    eve = await open_amanat.user("eve")
    await bob.leave(room)
    said = await alice.send(room, "behind your back", event_type=TEXT)

    for person in (bob, eve):
        reply = await person.get(at(room, f"context/{quote(said)}"))
        assert (reply.status, reply.errcode) == (404, "M_NOT_FOUND")

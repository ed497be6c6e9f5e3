"""An event's children, page by page."""

from urllib.parse import quote

from tests.client_api.chats import TEXT, at, react, redact, related, two_in_a_room
from tests.server import Person, Reply, Server


async def _children(reader: Person, room_id: str, event_id: str, path: str = "", **query: object) -> Reply:
    return await reader.get(at(room_id, f"relations/{quote(event_id)}{path}", version="v1"), **query)


def _ids(reply: Reply) -> list[str]:
    return [each["event_id"] for each in reply.json["chunk"]]


async def test_children_are_chosen_by_relation_and_type(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "hi", event_type=TEXT)
    liked = (await react(bob, room, said, "👍", transaction="a")).json["event_id"]
    reply = await bob.send(room, "hm", event_type=TEXT, **related("m.thread", said))

    assert _ids(await _children(alice, room, said)) == [reply, liked]
    assert _ids(await _children(alice, room, said, dir="f")) == [liked, reply]
    assert _ids(await _children(alice, room, said, "/m.annotation")) == [liked]
    assert _ids(await _children(alice, room, said, f"/m.thread/{TEXT}")) == [reply]
    assert _ids(await _children(alice, room, said, "/m.thread/m.sticker")) == []


async def test_pages_of_children_join_up(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    replies = [await bob.send(room, str(n), event_type=TEXT, **related("m.thread", root)) for n in range(5)]

    first = await _children(alice, room, root, limit=2)
    second = await _children(alice, room, root, limit=2, **{"from": first.json["next_batch"]})
    third = await _children(alice, room, root, limit=2, **{"from": second.json["next_batch"]})

    assert _ids(first) + _ids(second) + _ids(third) == replies[::-1]
    assert "prev_batch" not in first.json
    assert second.json["prev_batch"] == first.json["next_batch"]
    assert "next_batch" not in third.json


async def test_recursion_finds_the_children_of_children(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    reply = await bob.send(room, "reply", event_type=TEXT, **related("m.thread", root))
    liked = (await react(alice, room, reply, "👍", transaction="a")).json["event_id"]

    deep = await _children(alice, room, root, recurse=True)
    by_kind = await _children(alice, room, root, "/m.annotation", recurse=True)

    assert _ids(deep) == [liked, reply]
    assert deep.json["recursion_depth"] == 3
    assert _ids(by_kind) == [liked]
    assert "recursion_depth" not in (await _children(alice, room, root)).json


async def test_a_redacted_child_is_gone(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "hi", event_type=TEXT)
    liked = (await react(bob, room, said, "👍", transaction="a")).json["event_id"]
    await redact(bob, room, liked)

    assert _ids(await _children(alice, room, said)) == []


async def test_a_stranger_finds_no_event_there(open_amanat: Server) -> None:
    alice, _, room = await two_in_a_room(open_amanat)
    eve = await open_amanat.user("eve")
    said = await alice.send(room, "hi", event_type=TEXT)

    refused = await _children(eve, room, said)
    unknown = await _children(alice, room, "$nothing")

    assert (refused.status, refused.errcode) == (404, "M_NOT_FOUND")
    assert (unknown.status, unknown.errcode) == (404, "M_NOT_FOUND")

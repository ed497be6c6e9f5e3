"""A room's threads."""

from tests.client_api.chats import TEXT, at, redact, related, two_in_a_room
from tests.server import Person, Reply, Server


async def _threads(reader: Person, room_id: str, **query: object) -> Reply:
    return await reader.get(at(room_id, "threads", version="v1"), **query)


def _ids(reply: Reply) -> list[str]:
    return [each["event_id"] for each in reply.json["chunk"]]


async def test_threads_are_listed_by_their_newest_reply(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    first, second = [await alice.send(room, name, event_type=TEXT) for name in ("first", "second")]
    for root in (second, first):
        await bob.send(room, "reply", event_type=TEXT, **related("m.thread", root))

    listed = await _threads(alice, room)

    assert _ids(listed) == [first, second]
    assert listed.json["chunk"][0]["unsigned"]["m.relations"]["m.thread"]["count"] == 1


async def test_pages_of_threads_join_up(open_amanat: Server) -> None:
    alice, _, room = await two_in_a_room(open_amanat)
    roots = [await alice.send(room, str(n), event_type=TEXT) for n in range(3)]
    for root in roots:
        await alice.send(room, "reply", event_type=TEXT, **related("m.thread", root))

    first = await _threads(alice, room, limit=2)
    second = await _threads(alice, room, limit=2, **{"from": first.json["next_batch"]})

    assert _ids(first) + _ids(second) == roots[::-1]
    assert "next_batch" not in second.json


async def test_only_threads_that_one_took_part_in(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    hers, his = await alice.send(room, "hers", event_type=TEXT), await bob.send(room, "his", event_type=TEXT)
    for root in (hers, his):
        await bob.send(room, "reply", event_type=TEXT, **related("m.thread", root))

    assert _ids(await _threads(alice, room, include="participated")) == [hers]
    assert _ids(await _threads(bob, room, include="participated")) == [his, hers]
    assert (await _threads(bob, room, include="some")).errcode == "M_INVALID_PARAM"


async def test_a_thread_whose_replies_were_all_redacted_is_none(open_amanat: Server) -> None:
    alice, _, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    await redact(alice, room, await alice.send(room, "reply", event_type=TEXT, **related("m.thread", root)))

    assert _ids(await _threads(alice, room)) == []


async def test_the_root_of_somebody_ignored_is_shown_without_its_words(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "noise", event_type=TEXT)
    await bob.send(room, "reply", event_type=TEXT, **related("m.thread", root))
    await bob.put(f"/user/{bob.user_id}/account_data/m.ignored_user_list", {"ignored_users": {alice.user_id: {}}})

    assert (await _threads(bob, room)).json["chunk"][0]["content"] == {}


async def test_a_stranger_sees_no_threads(open_amanat: Server) -> None:
    _, _, room = await two_in_a_room(open_amanat)
    eve = await open_amanat.user("eve")

    assert ((await _threads(eve, room)).status, (await _threads(eve, room)).errcode) == (403, "M_FORBIDDEN")

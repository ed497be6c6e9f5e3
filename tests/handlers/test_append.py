"""The one way into a room: what is appended is chained, counted and told; what is refused leaves nothing."""

import msgspec
import pytest

from amanat.core import events
from amanat.core.room_versions import ROOM_VERSIONS
from amanat.store.events import EVENT_BY_ID, EventRow
from amanat.store.streams import ROOM_STREAM
from tests.client_api.chats import TEXT, at, react, redact, two_in_a_room
from tests.client_api.rooms import act
from tests.server import Server, ciphertext


async def stored(server: Server, event_id: str) -> EventRow:
    row = await server.amanat.store.first(EVENT_BY_ID, event_id=event_id)
    assert row is not None
    return row


@pytest.mark.parametrize("version", sorted(ROOM_VERSIONS))
async def test_an_event_follows_the_newest_and_its_id_is_its_hash(open_amanat: Server, version: str) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room(room_version=version)
    first = await stored(open_amanat, await alice.send(room, "first", event_type=TEXT))
    second = await stored(open_amanat, await alice.send(room, "second", event_type=TEXT))

    extra = msgspec.json.decode(second.extra)
    assert extra["prev_events"] == [first.event_id]
    assert (second.depth, second.position) == (first.depth + 1, first.position + 1)
    built = events.build(
        events.Draft(
            room_id=room,
            type=TEXT,
            sender=alice.user_id,
            content={"msgtype": "m.text", "body": "second"},
            origin_server_ts=second.ts,
        ),
        version=ROOM_VERSIONS[version],
        depth=second.depth,
        prev_events=extra["prev_events"],
        auth_events=extra["auth_events"],
    )
    assert built.event.event_id == second.event_id


async def test_what_is_refused_leaves_nothing_behind(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    store = amanat.amanat.store
    position, head = store.position(ROOM_STREAM), await store.heads.get(room)
    assert (await bob.set_state(room, "m.room.name", {"name": "Mine"})).status == 403
    assert (await alice.put(at(room, f"send/{TEXT}/t"), {"msgtype": "m.text", "body": "in clear"})).status == 403

    assert (store.position(ROOM_STREAM), await store.heads.get(room)) == (position, head)
    assert (await alice.put(at(room, "send/m.room.encrypted/t"), ciphertext("t is not used up"))).status == 200


async def test_members_are_counted(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    carol = await amanat.user("carol")
    await alice.invite(room, carol.user_id)

    async def counted() -> tuple[int, int]:
        known = await amanat.amanat.store.rooms.get(room)
        assert known is not None
        return known.row.joined, known.row.invited

    assert await counted() == (2, 1)
    await carol.join(room)
    await act(alice, room, "ban", bob)
    assert await counted() == (2, 0)
    await carol.leave(room)
    assert await counted() == (1, 0)


async def test_a_reaction_is_made_once(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    said = await alice.send(room, "hello", event_type=TEXT)
    assert (await react(alice, room, said, "👍", transaction="1")).status == 200
    assert (await react(alice, room, said, "👍", transaction="2")).errcode == "M_DUPLICATE_ANNOTATION"
    assert (await react(alice, room, said, "🎉", transaction="3")).status == 200


async def test_a_redacted_event_keeps_what_its_hash_was_made_of(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    said = await alice.send(room, "regretted", event_type=TEXT)
    before = await stored(open_amanat, said)
    await redact(alice, room, said)
    after = await stored(open_amanat, said)

    assert b"regretted" not in after.json
    assert (after.extra, after.position, after.depth) == (before.extra, before.position, before.depth)
    assert (after.main_notifying, after.transaction_key) == (before.main_notifying, before.transaction_key)

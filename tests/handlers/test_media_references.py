"""Who shows which media: the rows that events and avatars leave, through the front door."""

from urllib.parse import quote

import pytest
from msgspec import Struct

from amanat.core.identifiers import MEDIA_KEY
from amanat.db.query import Query
from amanat.store.media import ReferenceRow, ReleasedRow
from tests.client_api.media import show, upload
from tests.server import Person, Server

SHOWN = Query("shown", ReferenceRow, sql="SELECT * FROM media_references ORDER BY media_id, user_id, source")
RELEASED = Query("all_released", ReleasedRow, sql="SELECT * FROM media_released ORDER BY media_id, user_id")


class Table(Struct):
    """What the server has noted: (media id, user id, source) and (media id, user id)."""

    shown: list[tuple[str, str, str]]
    released: list[tuple[str, str]]


async def noted(server: Server) -> Table:
    store = server.amanat.store
    return Table(
        [(row.media_id, row.user_id, row.source) for row in await store.all(SHOWN)],
        [(row.media_id, row.user_id) for row in await store.all(RELEASED)],
    )


def id_of(uri: str) -> str:
    return uri.rpartition("/")[2]


async def redact(person: Person, room: str, event_id: str) -> None:
    reply = await person.put(f"/rooms/{quote(room)}/redact/{quote(event_id)}/r{event_id[1:9]}", {})
    assert reply.status == 200, reply.json


async def test_an_encrypted_event_declares_its_media_until_it_is_redacted(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    one, two = await upload(alice, b"one"), await upload(alice, b"two")
    event = await show(alice, room, "look", [one, two])
    both = sorted([id_of(one), id_of(two)])
    assert (await noted(amanat)).shown == [(media_id, alice.user_id, event) for media_id in both]
    await redact(alice, room, event)
    assert await noted(amanat) == Table([], [(media_id, alice.user_id) for media_id in both])


async def test_an_event_without_media_leaves_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    await redact(alice, room, await alice.send(room, "hello"))
    assert await noted(amanat) == Table([], [])


async def test_a_refused_event_declares_nothing(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    room = await alice.create_room()
    uri = await upload(eve, b"x")
    path = f"/rooms/{quote(room)}/send/m.room.encrypted/t1"
    refused = await eve.put(path, {"algorithm": "m.megolm.v1.aes-sha2", MEDIA_KEY: [uri]})
    assert refused.status == 403
    assert await noted(amanat) == Table([], [])


async def test_a_picture_in_clear_is_seen_by_the_server(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room(preset="public_chat")
    uri = await upload(alice, b"x")
    event = await alice.send(room, "look", event_type="m.room.message", msgtype="m.image", url=uri)
    assert (await noted(amanat)).shown == [(id_of(uri), alice.user_id, event)]
    await redact(alice, room, event)
    assert await noted(amanat) == Table([], [(id_of(uri), alice.user_id)])


@pytest.mark.parametrize("at_birth", [True, False])
async def test_a_room_s_picture_is_shown_by_who_sets_it(amanat: Server, at_birth: bool) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, b"x")
    state = [{"type": "m.room.avatar", "content": {"url": uri}}] if at_birth else []
    room = await alice.create_room(initial_state=state)
    if not at_birth:
        await alice.set_state(room, "m.room.avatar", {"url": uri})
    assert [(media_id, user_id) for media_id, user_id, _ in (await noted(amanat)).shown] == [
        (id_of(uri), alice.user_id)
    ]


async def test_an_avatar_is_shown_until_it_changes(amanat: Server) -> None:
    alice = await amanat.user("alice")
    path = f"/profile/{quote(alice.user_id)}/avatar_url"
    one, two = await upload(alice, b"one"), await upload(alice, b"two")
    for uri in (one, one):
        await alice.put(path, {"avatar_url": uri})
    assert await noted(amanat) == Table([(id_of(one), alice.user_id, alice.user_id)], [])
    await alice.put(path, {"avatar_url": two})
    assert await noted(amanat) == Table([(id_of(two), alice.user_id, alice.user_id)], [(id_of(one), alice.user_id)])
    await alice.put(path, {"avatar_url": ""})
    assert (await noted(amanat)).shown == []

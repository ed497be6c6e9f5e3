"""The sweep: what it frees, what it leaves, and that a plan only looks."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest

from amanat.core.identifiers import MEDIA_KEY
from amanat.db.tx import Tx
from amanat.handlers.account_deactivation import CLEAR
from amanat.handlers.media import PENDING_MS
from amanat.handlers.media_sweep import GRACE_MS, Freed
from amanat.store.media import MEDIA_REFERENCES
from tests.client_api.media import UPLOAD, download, files, picture, raw, show, start_small, thumbnail, upload
from tests.server import Person, Server, start


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Server]:
    """A server with small limits."""
    server = await start_small(tmp_path)
    yield server
    await server.amanat.close()


def ids(freed: Freed) -> set[str]:
    return {row.media_id for row in freed.media}


def id_of(uri: str) -> str:
    return uri.rpartition("/")[2]


async def redact(person: Person, room: str, event_id: str) -> None:
    reply = await person.put(f"/rooms/{quote(room)}/redact/{quote(event_id)}/r{event_id[1:9]}", {})
    assert reply.status == 200, reply.json


async def statuses(person: Person, *uris: str) -> list[int]:
    return [(await download(person, uri)).status for uri in uris]


async def test_a_redacted_file_is_freed_after_the_grace_with_its_thumbnails(small: Server) -> None:
    alice, sweep = await small.user("alice"), small.amanat.media_sweep
    room = await alice.create_room()
    uri = await upload(alice, picture((300, 300)), kind="image/png")
    await thumbnail(alice, uri)
    event = await show(alice, room, "look", [uri])
    await redact(alice, room, event)
    assert ids(await sweep.sweep()) == set()
    small.clock.pass_ms(GRACE_MS)
    assert ids(await sweep.plan()) == {id_of(uri)}
    assert len(files(small)) == 2
    assert ids(await sweep.sweep()) == {id_of(uri)}
    assert (files(small), await statuses(alice, uri)) == ([], [404])
    assert await sweep.sweep() == await sweep.plan() == Freed(media=[], expired=[], orphans=[])


async def test_freed_bytes_are_the_owner_s_again(small: Server) -> None:
    alice, sweep = await small.user("alice"), small.amanat.media_sweep
    room = await alice.create_room()
    uris = [await upload(alice, b"x" * 90_000) for _ in range(2)]
    assert (await raw(alice, "POST", UPLOAD, body=b"x" * 90_000)).status == 403
    await redact(alice, room, await show(alice, room, "look", uris))
    small.clock.pass_ms(GRACE_MS)
    await sweep.sweep()
    for _ in range(2):
        await upload(alice, b"x" * 90_000)


async def test_a_file_shown_elsewhere_stays(small: Server) -> None:
    alice, sweep = await small.user("alice"), small.amanat.media_sweep
    room = await alice.create_room()
    uri = await upload(alice, b"x")
    events = [await show(alice, room, f"look {number}", [uri]) for number in range(2)]
    await redact(alice, room, events[0])
    small.clock.pass_ms(GRACE_MS)
    assert ids(await sweep.sweep()) == set()
    await redact(alice, room, events[1])
    assert ids(await sweep.sweep()) == set()
    small.clock.pass_ms(GRACE_MS)
    assert ids(await sweep.sweep()) == {id_of(uri)}


async def test_a_file_shown_again_within_the_grace_stays(small: Server) -> None:
    alice, sweep = await small.user("alice"), small.amanat.media_sweep
    room = await alice.create_room()
    uri = await upload(alice, b"x")
    await redact(alice, room, await show(alice, room, "look", [uri]))
    await show(alice, room, "look again", [uri])
    small.clock.pass_ms(GRACE_MS)
    assert ids(await sweep.sweep()) == set()
    assert await statuses(alice, uri) == [200]


async def test_nobody_frees_or_keeps_somebody_else_s_file(small: Server) -> None:
    alice, eve, sweep = await small.user("alice"), await small.user("eve"), small.amanat.media_sweep
    room = await eve.create_room()
    undeclared, declared = await upload(alice, b"one"), await upload(alice, b"two")
    await redact(eve, room, await show(eve, room, "not mine", [undeclared, declared]))
    await show(eve, room, "still not mine", [declared])
    own = await alice.create_room()
    await redact(alice, own, await show(alice, own, "mine", [declared]))
    small.clock.pass_ms(GRACE_MS)
    assert ids(await sweep.sweep()) == {id_of(declared)}
    assert await statuses(alice, undeclared, declared) == [200, 404]


async def test_a_file_that_nobody_ever_declared_stays(small: Server) -> None:
    alice = await small.user("alice")
    uri = await upload(alice, b"x")
    small.clock.pass_ms(100 * GRACE_MS)
    await small.amanat.media_sweep.sweep()
    assert await statuses(alice, uri) == [200]


async def test_a_moderator_s_redaction_frees_it_too(small: Server) -> None:
    alice, bob = await small.user("alice"), await small.user("bob")
    room = await alice.create_room(preset="public_chat")
    await bob.join(room)
    uri = await upload(bob, b"x")
    path = f"/rooms/{quote(room)}/send/m.room.encrypted/t1"
    reply = await bob.put(
        path, {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgA", "session_id": "B" * 43, MEDIA_KEY: [uri]}
    )
    await redact(alice, room, reply.json["event_id"])
    small.clock.pass_ms(GRACE_MS)
    assert ids(await small.amanat.media_sweep.sweep()) == {id_of(uri)}


async def test_many_are_freed_in_several_units(small: Server) -> None:
    alice, sweep = await small.user("alice"), small.amanat.media_sweep
    room = await alice.create_room()
    uris = [await upload(alice, b"x") for _ in range(45)]
    await redact(alice, room, await show(alice, room, "look", uris))
    small.clock.pass_ms(GRACE_MS)
    assert ids(await sweep.plan()) == {id_of(uri) for uri in uris}
    assert ids(await sweep.sweep()) == {id_of(uri) for uri in uris}
    assert files(small) == []


async def test_addresses_that_were_never_filled_are_forgotten(small: Server) -> None:
    alice, sweep = await small.user("alice"), small.amanat.media_sweep
    await alice.post("/_matrix/media/v1/create")
    assert (await sweep.sweep()).expired == []
    small.clock.pass_ms(PENDING_MS)
    assert len((await sweep.plan()).expired) == 1
    assert len((await sweep.sweep()).expired) == 1
    assert (await sweep.plan()).expired == []


async def test_bytes_without_a_row_are_swept_and_others_are_not(small: Server) -> None:
    alice, sweep = await small.user("alice"), small.amanat.media_sweep
    uri = await upload(alice, picture((300, 300)), kind="image/png")
    await thumbnail(alice, uri)
    kept = files(small)
    orphan = small.amanat.folder.media / "kept" / "or" / "orphan"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"nobody's")
    assert (await sweep.plan()).orphans == ["orphan"]
    assert (await sweep.sweep(orphans=False)).orphans == []
    assert (await sweep.sweep()).orphans == ["orphan"]
    assert files(small) == kept


async def test_an_upload_whose_row_is_still_to_come_is_no_orphan(small: Server) -> None:
    sweep, intake = small.amanat.media_sweep, small.amanat.media.intake

    async def data() -> AsyncIterator[bytes]:
        yield b"x"

    async with intake.take(data()):
        assert (await sweep.sweep()).orphans == []
        assert len(files(small)) == 1


async def test_a_start_sweeps_what_the_last_server_left(tmp_path: Path) -> None:
    server = await start(tmp_path)
    await server.amanat.close()
    kept = tmp_path / "media" / "kept" / "or"
    kept.mkdir()
    (kept / "orphan").write_bytes(b"renamed, and then the server was killed")
    (tmp_path / "media" / "arriving" / "half").write_bytes(b"half a fi")
    server = await start(tmp_path)
    for _ in range(1000):
        if not files(server):
            break
        await asyncio.sleep(0.01)
    left = files(server)
    await server.amanat.close()
    assert left == []


@pytest.mark.parametrize("erase", [True, False])
async def test_erasure_takes_a_person_s_files_and_nothing_else(small: Server, erase: bool) -> None:
    alice, bob = await small.user("alice"), await small.user("bob")
    mine, theirs = [await upload(alice, b"x") for _ in range(25)], await upload(bob, b"y")
    await alice.post("/_matrix/media/v1/create")
    auth = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": "alice"},
        "password": "alice's long password",
    }
    reply = await alice.post("/account/deactivate", {"auth": auth, "erase": erase})
    assert reply.status == 200, reply.json
    await small.amanat.jobs.done(CLEAR, alice.user_id)
    assert await statuses(bob, theirs, mine[0]) == [200, 404 if erase else 200]
    assert len(files(small)) == (1 if erase else 26)


async def test_postgresql_sweeps_as_sqlite_does(postgres_url: str, tmp_path: Path) -> None:
    server = await start_small(tmp_path, database=postgres_url)
    alice, sweep = await server.user("alice"), server.amanat.media_sweep
    room = await alice.create_room()
    kept, shown, *freed = [await upload(alice, b"x") for _ in range(27)]
    events = [await show(alice, room, f"look {number}", [shown, *freed]) for number in range(2)]
    await redact(alice, room, events[0])
    await redact(alice, room, events[1])
    await show(alice, room, "still here", [shown])
    await alice.post("/_matrix/media/v1/create")
    server.clock.pass_ms(GRACE_MS)
    planned, swept = await sweep.plan(), await sweep.sweep()
    left = await statuses(alice, kept, shown, freed[0])
    await server.amanat.close()
    assert ids(planned) == ids(swept) == {id_of(uri) for uri in freed}
    assert (len(swept.expired), swept.orphans, left) == (1, [], [200, 200, 404])


async def test_references_to_what_is_not_one_s_own_or_is_gone_are_dropped(
    small: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amanat.handlers.media_sweep.REFERENCES_AT_ONCE", 2)
    alice, bob = await small.user("alice"), await small.user("bob")
    room = await alice.create_room()
    await alice.invite(room, bob.user_id)
    await bob.join(room)
    uri, gone = await upload(alice, b"x"), await upload(bob, b"y")
    announced = (await alice.post("/_matrix/media/v1/create")).json["content_uri"]
    mine = await show(alice, room, "mine", [uri, announced, "mxc://localhost/nothing"])
    await show(bob, room, "theirs", [uri, gone])
    await small.amanat.media_sweep.forget_user_media(bob.user_id)

    await small.amanat.media_sweep.sweep(orphans=False)
    assert len(await references(small)) == 5
    await small.amanat.media_sweep.sweep()

    kept = {(id_of(each), alice.user_id, mine) for each in (uri, announced)}
    assert await references(small) == kept


async def references(server: Server) -> set[tuple[str, str, str]]:
    """Return what references there are: media, who shows them, in what."""
    store = server.amanat.store

    def run(tx: Tx) -> set[tuple[str, str, str]]:
        return {(row.media_id, row.user_id, row.source) for row in tx.scan(MEDIA_REFERENCES)}

    return await store.write(run, needs=[(MEDIA_REFERENCES, ())])

"""After a restore nobody is given a key twice, nobody's devices are taken for known, and apps keep their keys."""

from pathlib import Path

import pytest

from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Tx
from amanat.handlers.new_epoch import PAGE, Epoch, begin_epoch
from amanat.store.accounts import USERS, UserRow
from amanat.store.store import Store
from tests.client_api.keys import claim, publish
from tests.server import Person, Server, start


class Restored:
    """Ani and Budi in a room, and the server that they find again after a restore."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.server: Server
        self.ani: Person
        self.budi: Person

    async def before(self) -> None:
        self.server = await start(self._folder)
        self.ani, self.budi = await self.server.user("ani"), await self.server.user("budi")
        await publish(self.ani, keys=["A1", "A2"], fallback="AF")
        await publish(self.budi, keys=["B1"], fallback="BF")
        room = await self.ani.create_room(invite=[self.budi.user_id])
        await self.budi.join(room)

    async def restore(self, *, keep_sessions: bool = False) -> Epoch:
        now_ms = self.server.clock.now_ms()
        await self.server.amanat.close()
        store = Store(SqliteDatabase(self._folder / "amanat.db"))
        await store.open()
        done = await begin_epoch(store, now_ms=now_ms, mint_epoch=lambda: "next", keep_sessions=keep_sessions)
        await store.close()
        self.server = await start(self._folder)
        self.server.clock.ms = now_ms
        self.ani.server = self.budi.server = self.server
        return done


@pytest.fixture
async def restored(tmp_path: Path) -> Restored:
    story = Restored(tmp_path)
    await story.before()
    return story


async def test_it_says_what_was_done(restored: Restored) -> None:
    assert await restored.restore() == Epoch(people=2, one_time_keys=3, sessions=2)
    await restored.server.amanat.close()


async def test_sessions_end_softly_and_apps_go_on_with_their_device(restored: Restored) -> None:
    await restored.restore()
    refused = await restored.ani.get("/account/whoami")
    assert (refused.status, refused.errcode, refused.json["soft_logout"]) == (401, "M_UNKNOWN_TOKEN", True)
    again = await restored.server.login("ani", device_id=restored.ani.device_id)
    devices = (await again.get("/devices")).json["devices"]
    assert [device["device_id"] for device in devices] == [restored.ani.device_id]
    await restored.server.amanat.close()


async def test_no_key_is_given_twice(restored: Restored) -> None:
    ani, budi = restored.ani, restored.budi
    assert await claim(budi, ani) == {ani.device_id: "A1"}
    await restored.restore(keep_sessions=True)
    assert await claim(budi, ani) == {ani.device_id: "AF"}
    answer = await ani.sync()
    assert answer["device_one_time_keys_count"] == {"signed_curve25519": 0}
    assert answer["device_unused_fallback_key_types"] == []
    await restored.server.amanat.close()


async def test_a_token_of_before_is_answered_in_full_and_every_device_list_has_changed(restored: Restored) -> None:
    ani = restored.ani
    before = (await ani.sync())["next_batch"]
    await restored.restore(keep_sessions=True)
    answer = await ani.sync(since=before)
    assert set(answer["device_lists"]["changed"]) == {ani.user_id, restored.budi.user_id}
    (room,) = answer["rooms"]["join"].values()
    assert "m.room.create" in {event["type"] for event in room["state"]["events"] + room["timeline"]["events"]}
    assert "changed" not in (await ani.sync(since=answer["next_batch"])).get("device_lists", {})
    await restored.server.amanat.close()


async def test_nobody_is_passed_over(store: Store) -> None:
    people = 2 * PAGE + 1
    rows = [UserRow(f"@p{n:04}:localhost", "person", 0, 1, None, 0, None, None, "") for n in range(people)]

    def register(tx: Tx) -> None:
        for row in rows:
            tx.put(USERS, row)

    await store.write(register)
    assert (await begin_epoch(store, now_ms=1, mint_epoch=lambda: "next")).people == people
    assert (await store.meta())["epoch"] == store.epoch == "next"

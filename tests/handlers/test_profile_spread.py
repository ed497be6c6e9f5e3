from typing import Any

from msgspec import json

from amanat.db.tx import Tx
from amanat.handlers.profile_spread import SPREAD
from amanat.store.profile import PROFILES, ProfileRow
from amanat.store.rooms import MEMBERSHIPS_OF_USER
from tests.server import Person, Server


async def _shown(amanat: Server, person: Person) -> list[Any]:
    rows = await amanat.amanat.store.all(MEMBERSHIPS_OF_USER, user_id=person.user_id)
    return [json.decode(row.content).get("displayname") for row in rows]


async def test_every_room_shows_a_new_name_however_many_there_are(amanat: Server) -> None:
    ani = await amanat.user("ani")
    for _ in range(25):
        await ani.create_room()
    await ani.put(f"/profile/{ani.user_id}/displayname", {"displayname": "Ani"})
    await amanat.amanat.jobs.done(SPREAD, ani.user_id)
    assert await _shown(amanat, ani) == ["Ani"] * 25


async def test_a_change_that_a_crash_cut_short_is_finished_at_the_next_start(amanat: Server) -> None:
    ani = await amanat.user("ani")
    await ani.create_room()
    store, jobs = amanat.amanat.store, amanat.amanat.jobs
    spread = jobs.workers.pop(SPREAD)

    def change(tx: Tx) -> None:
        tx.put(PROFILES, ProfileRow(ani.user_id, "displayname", b'"Ani"'))
        jobs.ask(tx, SPREAD, subject=ani.user_id)

    await store.write(change, needs=jobs.needs(SPREAD, ani.user_id))
    assert await _shown(amanat, ani) == [None]
    jobs.workers[SPREAD] = spread
    await jobs.resume()
    await jobs.done(SPREAD, ani.user_id)
    assert await _shown(amanat, ani) == ["Ani"]


async def test_a_room_that_somebody_was_banned_from_is_passed_over(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    closed = await budi.create_room(invite=[ani.user_id])
    await ani.join(closed)
    await ani.create_room()
    banned = await budi.post(f"/rooms/{closed}/ban", {"user_id": ani.user_id})
    assert banned.status == 200
    await ani.put(f"/profile/{ani.user_id}/displayname", {"displayname": "Ani"})
    assert sorted(map(str, await _shown(amanat, ani))) == ["Ani", "None"]

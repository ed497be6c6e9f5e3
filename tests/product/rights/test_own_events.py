"""What somebody said is found in all their rooms, those that they have left too."""

from amanat.product.rights.own_events import own_events
from tests.server import Server


async def test_own_events_come_from_every_room_and_no_others(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    kept = await ani.create_room(invite=[budi.user_id])
    left = await budi.create_room(invite=[ani.user_id])
    await ani.join(left)
    await budi.join(kept)
    said = {await ani.send(room, f"{number}") for room in (kept, left) for number in range(60)}
    heard = {await budi.send(room, "hello") for room in (kept, left)}
    await ani.leave(left)
    found = [row async for rows in own_events(amanat.amanat.store, ani.user_id) for row in rows]
    ids = [row.event_id for row in found]
    assert len(ids) == len(set(ids))
    assert said <= set(ids)
    assert not heard & set(ids)
    assert {row.sender for row in found} == {ani.user_id}

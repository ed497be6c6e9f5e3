from amanat.handlers.badges import Badges
from tests.handlers.push_fixtures import read, together
from tests.server import Server


async def test_a_badge_counts_all_rooms_and_follows_what_it_is_told_of(amanat: Server) -> None:
    room, (alice, bob) = await together(amanat, "alice", "bob")
    second = await alice.create_room(invite=[bob.user_id])
    await bob.join(second)
    badges = Badges(amanat.amanat.store)
    hello = await alice.send(room, "hello")
    await alice.send(second, "hello")
    assert await badges.of(bob.user_id, room) == (2, 1)

    await alice.send(room, "again")
    assert await badges.of(bob.user_id, room) == (2, 1)
    badges.touch(bob.user_id, room)
    assert await badges.of(bob.user_id, room) == (3, 2)
    await read(bob, room, hello)
    badges.touch(bob.user_id, room)
    assert await badges.of(bob.user_id, room) == (2, 1)


async def test_what_somebody_mutes_or_leaves_or_whom_they_ignore_counts_at_once(amanat: Server) -> None:
    room, (alice, bob) = await together(amanat, "alice", "bob")
    second = await alice.create_room(invite=[bob.user_id])
    await bob.join(second)
    badges = Badges(amanat.amanat.store)
    await alice.send(room, "hello")
    await alice.send(second, "hello")
    assert await badges.of(bob.user_id) == (2, 0)
    await bob.put(f"/pushrules/global/override/{room}", muting(room))
    assert await badges.of(bob.user_id) == (1, 0)
    await bob.leave(second)
    assert await badges.of(bob.user_id) == (0, 0)


def muting(room: str) -> dict[str, object]:
    """Return a rule that mutes a room, as apps write it."""
    return {"conditions": [{"kind": "event_match", "key": "room_id", "pattern": room}], "actions": []}


async def test_it_remembers_what_devices_were_told(amanat: Server) -> None:
    room, (alice, bob) = await together(amanat, "alice", "bob")
    badges = Badges(amanat.amanat.store)
    badges.tell(bob.user_id, 3)
    assert badges.told(bob.user_id) == 0
    await alice.send(room, "hello")
    await badges.of(bob.user_id)
    badges.tell(bob.user_id, 1)
    assert badges.told(bob.user_id) == 1
    await bob.put(f"/pushrules/global/override/{room}", muting(room))
    assert await badges.of(bob.user_id) == (0, 0)
    assert badges.told(bob.user_id) == 1

"""What only time and chance bring about in the making of rooms."""

import asyncio

from tests.server import Server


async def test_rooms_made_in_the_same_millisecond_are_different_rooms(amanat: Server) -> None:
    alice = await amanat.user("alice")
    amanat.clock.look_ms = 0
    rooms = await asyncio.gather(*(alice.create_room() for _ in range(5)))
    assert len(set(rooms)) == 5

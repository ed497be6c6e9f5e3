"""The rooms that somebody is in, through the front door."""

from tests.server import Server


async def test_only_rooms_that_one_is_in_are_listed(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    assert (await alice.get("/joined_rooms")).json == {"joined_rooms": [room]}
    assert (await bob.get("/joined_rooms")).json == {"joined_rooms": []}

"""The rooms of a sync, as different clients of one room are told them."""

from tests.server import Server


async def test_what_one_client_filters_out_another_is_still_told(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    await bob.join(room)
    hers, his = (await alice.sync())["next_batch"], (await bob.sync())["next_batch"]
    assert hers == his
    carl = await amanat.user("carl")
    await alice.invite(room, carl.user_id)
    await carl.join(room)
    message = await carl.send(room, "hello")
    nothing = {"room": {"timeline": {"not_types": ["m.room.encrypted"]}}}
    filtered = await alice.sync(hers, filter=nothing)
    assert message not in [event["event_id"] for event in filtered["rooms"]["join"][room]["timeline"]["events"]]
    whole = await bob.sync(his)
    assert message in [event["event_id"] for event in whole["rooms"]["join"][room]["timeline"]["events"]]

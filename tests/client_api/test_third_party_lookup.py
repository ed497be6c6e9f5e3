"""Bridges, of which there are none."""

from tests.server import Server


async def test_there_are_no_bridges(amanat: Server) -> None:
    alice = await amanat.user("alice")

    assert (await alice.get("/thirdparty/protocols")).json == {}
    assert (await alice.get("/thirdparty/location", alias="#a:localhost")).json == []
    assert (await alice.get("/thirdparty/user", userid=alice.user_id)).json == []
    for path in ("protocol/irc", "location/irc", "user/irc"):
        assert (await alice.get(f"/thirdparty/{path}")).errcode == "M_NOT_FOUND"

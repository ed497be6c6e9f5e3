"""The rooms that two people share, through the front door."""

import pytest

from tests.server import Server

PATHS = ["/_matrix/client/v1/mutual_rooms", "/_matrix/client/unstable/uk.half-shot.msc2666/user/mutual_rooms"]


@pytest.mark.parametrize("path", PATHS)
async def test_rooms_that_both_are_in_are_shared(amanat: Server, path: str) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    await alice.create_room(invite=[bob.user_id])
    await bob.join(room)
    assert (await alice.get(path, user_id=bob.user_id)).json == {"joined": [room], "count": 1}
    page = await alice.get(path, user_id=bob.user_id, **{"from": room})
    assert page.json == {"joined": [], "count": 1}


async def test_nothing_is_shared_with_nobody(amanat: Server) -> None:
    alice = await amanat.user("alice")
    assert (await alice.get(PATHS[0], user_id="@nobody:localhost")).json == {"joined": [], "count": 0}


async def test_oneself_and_what_is_no_user_id_are_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    queries = ({"user_id": alice.user_id}, {"user_id": "bob"}, {"user_id": "@b:localhost", "from": "x"})
    refused = [await alice.get(PATHS[0], **query) for query in queries]
    assert [reply.errcode for reply in refused] == ["M_INVALID_PARAM"] * 3
    assert (await alice.get(PATHS[0])).errcode == "M_MISSING_PARAM"

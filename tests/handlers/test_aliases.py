"""What a room may say of its own aliases."""

from typing import Any

import pytest

from amanat.handlers import aliases
from tests.client_api.rooms import content_of
from tests.server import Server

CANONICAL = "m.room.canonical_alias"


async def test_the_main_alias_points_to_the_room(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    await alice.put("/directory/room/%23tea:localhost", {"room_id": room})
    assert (await alice.set_state(room, CANONICAL, {"alias": "#tea:localhost"})).status == 200
    assert await content_of(alice, room, CANONICAL) == {"alias": "#tea:localhost"}


@pytest.mark.parametrize(
    ("content", "errcode"),
    [
        ({"alias": "#nothing:localhost"}, "M_BAD_ALIAS"),
        ({"alias": "#theirs:localhost"}, "M_BAD_ALIAS"),
        ({"alt_aliases": ["#theirs:localhost"]}, "M_BAD_ALIAS"),
        ({"alias": "tea"}, "M_INVALID_PARAM"),
        ({"alias": 1}, "M_INVALID_PARAM"),
        ({"alt_aliases": "#tea:localhost"}, "M_INVALID_PARAM"),
    ],
)
async def test_an_alias_that_is_not_the_rooms_is_refused(amanat: Server, content: Any, errcode: str) -> None:
    alice = await amanat.user("alice")
    await alice.create_room(room_alias_name="theirs")
    refused = await alice.set_state(await alice.create_room(), CANONICAL, content)
    assert (refused.status, refused.errcode) == (400, errcode)


async def test_an_alias_that_has_drifted_away_may_stay(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room(preset="public_chat", room_alias_name="tea")
    bob = await amanat.user("bob")
    levels = await content_of(alice, room, "m.room.power_levels")
    await alice.set_state(room, "m.room.power_levels", levels | {"events": {CANONICAL: 9}, "users": {bob.user_id: 0}})
    await bob.join(room)
    await bob.put("/directory/room/%23bobs:localhost", {"room_id": room})
    both = {"alias": "#tea:localhost", "alt_aliases": ["#bobs:localhost"]}
    assert (await alice.set_state(room, CANONICAL, both)).status == 200
    await bob.delete("/directory/room/%23bobs:localhost")
    assert await content_of(alice, room, CANONICAL) == both
    assert (await alice.set_state(room, CANONICAL, {"alt_aliases": both["alt_aliases"]})).status == 200


async def test_nobody_takes_every_name_there_is(amanat: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aliases, "MAX_OWN_ALIASES", 1)
    alice = await amanat.user("alice")
    room = await alice.create_room(room_alias_name="tea")
    refused = await alice.put("/directory/room/%23chai:localhost", {"room_id": room})
    assert (refused.status, refused.errcode) == (403, "M_RESOURCE_LIMIT_EXCEEDED")

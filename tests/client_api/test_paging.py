"""What endpoints that page read alike from a query."""

import pytest

from tests.client_api.chats import TEXT, at, two_in_a_room
from tests.server import Server


@pytest.mark.parametrize("path", ["messages", "relations/$x", "threads", "context/$x", "members"])
async def test_a_limit_or_token_that_is_none_is_refused(open_amanat: Server, path: str) -> None:
    alice, _, room = await two_in_a_room(open_amanat)
    version = "v1" if path.startswith(("relations", "threads")) else "v3"
    name, value = ("at", "s1") if path == "members" else ("limit", "many")

    refused = await alice.get(at(room, path, version=version), dir="b", **{name: value})

    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


async def test_a_page_has_no_more_than_a_hundred_events(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    for number in range(101):
        await alice.send(room, str(number), event_type=TEXT)

    page = await bob.get(at(room, "messages"), dir="b", limit=100_000)

    assert len(page.json["chunk"]) == 100
    assert "end" in page.json

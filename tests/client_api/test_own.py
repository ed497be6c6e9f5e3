"""Paths that name a user are for that user alone."""

import pytest

from tests.server import Server


@pytest.mark.parametrize("path", ["filter/0", "account_data/m.direct", "rooms/!r/tags", "rooms/!r/account_data/x"])
async def test_another_users_path_is_refused(amanat: Server, path: str) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")

    refused = await eve.get(f"/user/{alice.user_id}/{path}")

    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")

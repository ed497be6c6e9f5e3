"""The operator's endpoints about accounts; no token is asked for, since only the operator gets to them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import json

from amanat.app import Amanat
from tests.edge.asking import Answered, ask
from tests.server import start


@pytest.fixture
async def amanat(tmp_path: Path) -> AsyncIterator[Amanat]:
    """An open server."""
    server = await start(tmp_path)
    yield server.amanat
    await server.amanat.close()


async def call(amanat: Amanat, method: str, path: str, body: Any = None) -> Answered:
    return await ask(amanat.admin_app, method, path, body=b"" if body is None else json.encode(body))


async def test_accounts_come_in_pages(amanat: Amanat) -> None:
    for name in ("budi", "ani"):
        assert (await call(amanat, "POST", "/users", {"username": name})).status == 200
    page = (await call(amanat, "GET", "/users")).json
    assert [user["user_id"] for user in page["users"]] == ["@ani:localhost", "@budi:localhost"]
    rest = (await call(amanat, "GET", f"/users?after={page['next']}")).json
    assert rest == {"users": [], "next": None}


async def test_a_password_that_was_given_is_not_told(amanat: Amanat) -> None:
    given = await call(amanat, "POST", "/users", {"username": "ani", "password": "correct horse battery"})
    assert given.json == {"user_id": "@ani:localhost"}
    minted = await call(amanat, "POST", "/users", {"username": "budi"})
    assert len(minted.json["password"]) == 20


async def test_an_account_ends_once(amanat: Amanat) -> None:
    await call(amanat, "POST", "/users", {"username": "ani"})
    assert (await call(amanat, "POST", "/users/ani/deactivate", {"erase": True})).json == {"user_id": "@ani:localhost"}
    assert (await call(amanat, "POST", "/users/ani/deactivate")).errcode == "M_NOT_FOUND"


@pytest.mark.parametrize("body", [{"uses_allowed": 0}, {"days": 0}, {"days": 10**9}, {"use": 1}])
async def test_a_token_that_makes_no_sense_is_refused(amanat: Amanat, body: dict[str, int]) -> None:
    assert (await call(amanat, "POST", "/registration_tokens", body)).status == 400


async def test_a_token_is_told_once(amanat: Amanat) -> None:
    made = await call(amanat, "POST", "/registration_tokens", {"uses_allowed": 2, "days": 1})
    assert await amanat.registration_tokens.find(made.json["token"]) is not None
    assert await amanat.registration_tokens.find("another") is None

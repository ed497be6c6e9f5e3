"""Where the OAuth 2.0 API is, as apps look for it."""

import pytest

from tests.server import Server

PATHS = [
    "/_matrix/client/v1/auth_metadata",
    "/_matrix/client/unstable/org.matrix.msc2965/auth_metadata",
    "/.well-known/oauth-authorization-server",
]


@pytest.mark.parametrize("path", PATHS)
async def test_it_says_all_that_apps_need(amanat: Server, path: str) -> None:
    told = (await amanat.request("GET", path)).json
    assert told["response_types_supported"] == ["code"]
    assert told["response_modes_supported"] == ["query", "fragment"]
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert {"authorization_code", "refresh_token"} < set(told["grant_types_supported"])
    assert "org.matrix.cross_signing_reset" in told["account_management_actions_supported"]
    assert told["prompt_values_supported"] == ["create"]


async def test_every_endpoint_it_names_answers(amanat: Server) -> None:
    told = (await amanat.request("GET", PATHS[0])).json
    served = {path for bound in amanat.amanat.client_app.routes for path in bound.route.paths}
    named = [
        url.removeprefix("http://localhost:8008") for name, url in told.items() if name.endswith(("_endpoint", "_uri"))
    ]
    assert len(named) == 7
    assert set(named) <= served

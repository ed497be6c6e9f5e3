"""What a token needs for a request, and what it hears that lacks it."""

import pytest

from amanat.gateway.bots.scopes import Scope
from amanat.gateway.cloud_api.scopes import scope_of
from tests.gateway.cloud_api.stand import Stand


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/v23.0/77", "read"),
        ("GET", "/whatsapp_business/attachments", "read"),
        ("GET", "/v23.0/debug_token", None),
        ("POST", "/v23.0/77/messages", "write"),
        ("POST", "/v23.0/77/media", "write"),
        ("DELETE", "/v23.0/77", "write"),
        ("POST", "/v23.0/77", "manage"),
        ("POST", "/v23.0/77/message_templates", "manage"),
        ("DELETE", "/v23.0/77/subscribed_apps", "manage"),
        ("POST", "/v23.0/77/what/ever", "manage"),
    ],
)
def test_which_scope_a_request_needs(method: str, path: str, scope: Scope | None) -> None:
    assert scope_of(method, path) == scope


async def test_a_token_does_what_it_may_and_no_more(cloud: Stand) -> None:
    writes = "EAAB" + "w" * 40
    cloud.bot.tokens.add(writes, label="kabar", now_ms=1, scopes=("write",), expires_ts=cloud.now_ms() + 60_000)
    refused = await cloud.ask("GET", f"/v23.0/{cloud.business}/phone_numbers", token=writes)
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (403, 10)
    assert error["error_data"]["details"] == "This access token has no scope read."
    told = (await cloud.ask("GET", "/v23.0/debug_token", token=writes)).json()["data"]
    assert told["scopes"] == ["whatsapp_business_messaging"]
    assert told["expires_at"] > cloud.now_ms() // 1000

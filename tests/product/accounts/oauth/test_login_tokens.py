"""Login tokens: one login, two minutes."""

import asyncio
from typing import Any

import pytest

from amanat.product.accounts.oauth.login_tokens import LIFETIME_MS
from amanat.product.accounts.oauth.tables import OLD_LOGIN_TOKENS
from tests.server import Reply, Server


async def _login(amanat: Server, token: Any) -> Reply:
    return await amanat.request("POST", "/login", body={"type": "m.login.token", "token": token})


async def test_a_token_logs_its_owner_in_once(on_both: Server) -> None:
    ani = await on_both.user("ani")
    token = await on_both.amanat.oauth.login_tokens.new(ani.user_id)
    reply = await _login(on_both, token)
    assert (reply.status, reply.json["user_id"]) == (200, ani.user_id)
    again = await _login(on_both, token)
    assert (again.status, again.errcode) == (403, "M_FORBIDDEN")


async def test_of_two_logins_at_once_one_succeeds(amanat: Server) -> None:
    ani = await amanat.user("ani")
    token = await amanat.amanat.oauth.login_tokens.new(ani.user_id)
    replies = await asyncio.gather(_login(amanat, token), _login(amanat, token))
    assert sorted(reply.status for reply in replies) == [200, 403]


async def test_a_token_lives_two_minutes_and_is_swept(on_both: Server) -> None:
    ani = await on_both.user("ani")
    tokens = on_both.amanat.oauth.login_tokens
    token = await tokens.new(ani.user_id)
    on_both.clock.pass_ms(LIFETIME_MS)
    assert (await _login(on_both, token)).status == 403
    await tokens.sweep()
    assert await on_both.amanat.store.all(OLD_LOGIN_TOKENS, before=on_both.clock.now_ms(), max_rows=9) == []


async def test_a_token_of_an_account_that_has_ended_logs_nobody_in(amanat: Server) -> None:
    ani = await amanat.user("ani")
    token = await amanat.amanat.oauth.login_tokens.new(ani.user_id)
    await amanat.amanat.deactivation.deactivate(ani.user_id, erase=False)
    assert (await _login(amanat, token)).status == 403


@pytest.mark.parametrize(
    ("token", "answer"), [(None, (400, "M_MISSING_PARAM")), (3, (400, "M_BAD_JSON")), ("x", (403, "M_FORBIDDEN"))]
)
async def test_what_is_no_token_is_refused(amanat: Server, token: Any, answer: tuple[int, str]) -> None:
    reply = await _login(amanat, token)
    assert (reply.status, reply.errcode) == answer


async def test_nobody_logs_in_by_single_sign_on_without_a_token(amanat: Server) -> None:
    reply = await amanat.request("POST", "/login", body={"type": "m.login.sso"})
    assert (reply.status, reply.errcode) == (403, "M_FORBIDDEN")

from typing import Any

import pytest

from amanat.handlers.sessions import MAX_UNUSED
from tests.server import Reply, Server


async def _logged_in(amanat: Server) -> Any:
    await amanat.user("ani")
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": "ani"},
        "password": "ani's long password",
        "refresh_token": True,
    }
    return (await amanat.request("POST", "/login", body=body)).json


async def _refresh(amanat: Server, token: str) -> Reply:
    return await amanat.request("POST", "/refresh", body={"refresh_token": token})


async def _whoami(amanat: Server, token: str) -> Reply:
    return await amanat.request("GET", "/account/whoami", token=token)


async def test_an_expired_token_logs_out_softly_and_can_be_refreshed(amanat: Server) -> None:
    first = await _logged_in(amanat)
    amanat.clock.pass_ms(first["expires_in_ms"])
    expired = await _whoami(amanat, first["access_token"])
    assert (expired.status, expired.errcode, expired.json["soft_logout"]) == (401, "M_UNKNOWN_TOKEN", True)
    second = (await _refresh(amanat, first["refresh_token"])).json
    assert second["expires_in_ms"] == first["expires_in_ms"]
    assert (await _whoami(amanat, second["access_token"])).json["device_id"] == first["device_id"]


async def test_a_token_without_a_refresh_token_does_not_expire(amanat: Server) -> None:
    ani = await amanat.user("ani")
    amanat.clock.pass_ms(10 * 365 * 86_400_000)
    assert (await ani.get("/account/whoami")).status == 200


async def test_the_old_tokens_end_when_the_new_access_token_is_used(amanat: Server) -> None:
    first = await _logged_in(amanat)
    second = (await _refresh(amanat, first["refresh_token"])).json
    assert (await _whoami(amanat, first["access_token"])).status == 200
    assert (await _whoami(amanat, second["access_token"])).status == 200
    assert (await _whoami(amanat, first["access_token"])).errcode == "M_UNKNOWN_TOKEN"
    assert (await _refresh(amanat, first["refresh_token"])).errcode == "M_UNKNOWN_TOKEN"


async def test_the_old_refresh_token_ends_when_the_new_one_is_used(amanat: Server) -> None:
    first = await _logged_in(amanat)
    second = (await _refresh(amanat, first["refresh_token"])).json
    third = (await _refresh(amanat, second["refresh_token"])).json
    assert (await _refresh(amanat, first["refresh_token"])).status == 401
    assert (await _whoami(amanat, third["access_token"])).status == 200


async def test_a_lost_answer_is_asked_for_again(amanat: Server) -> None:
    first = await _logged_in(amanat)
    lost = (await _refresh(amanat, first["refresh_token"])).json
    second = await _refresh(amanat, first["refresh_token"])
    assert second.status == 200
    assert (await _whoami(amanat, second.json["access_token"])).status == 200
    assert (await _whoami(amanat, lost["access_token"])).status == 401
    assert (await _refresh(amanat, lost["refresh_token"])).status == 401


async def test_what_is_under_way_with_a_pair_that_was_renewed_unused_does_not_end_the_next(on_both: Server) -> None:
    first = await _logged_in(on_both)
    second = (await _refresh(on_both, first["refresh_token"])).json
    third = (await _refresh(on_both, second["refresh_token"])).json
    assert (await _whoami(on_both, second["access_token"])).status == 200
    assert (await _whoami(on_both, third["access_token"])).status == 200
    assert (await _whoami(on_both, second["access_token"])).status == 401


async def test_of_answers_that_overtake_each_other_any_can_be_used_and_then_it_alone(amanat: Server) -> None:
    first = await _logged_in(amanat)
    renewed = []
    for _ in range(MAX_UNUSED + 1):
        amanat.clock.pass_ms(1)
        renewed.append((await _refresh(amanat, first["refresh_token"])).json)
    oldest, used, *others = renewed
    assert (await _refresh(amanat, oldest["refresh_token"])).status == 401
    assert (await _whoami(amanat, used["access_token"])).status == 200
    for pair in (first, *others):
        assert (await _whoami(amanat, pair["access_token"])).status == 401
        assert (await _refresh(amanat, pair["refresh_token"])).status == 401
    assert (await _refresh(amanat, used["refresh_token"])).status == 200


async def test_logging_out_ends_the_refresh_token(amanat: Server) -> None:
    first = await _logged_in(amanat)
    assert (await amanat.request("POST", "/logout", token=first["access_token"])).status == 200
    refused = await _refresh(amanat, first["refresh_token"])
    assert (refused.status, refused.errcode) == (401, "M_UNKNOWN_TOKEN")


@pytest.mark.parametrize("body", [{}, {"refresh_token": 3}, []])
async def test_a_malformed_refresh_is_refused(amanat: Server, body: Any) -> None:
    reply = await amanat.request("POST", "/refresh", body=body)
    assert (reply.status, reply.errcode) == (400, "M_BAD_JSON")

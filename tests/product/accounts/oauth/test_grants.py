"""Codes and refresh tokens: good once, for whom they were given to; who uses them twice ends the session."""

import asyncio
from typing import Any

import pytest

from amanat.product.accounts.oauth.authorization import CODE_LIFETIME_MS
from amanat.product.accounts.oauth.grants import is_proof
from tests.product.accounts.oauth.app import CALLBACK, App, let_in, signed_in
from tests.server import Server


async def _with_code(amanat: Server) -> tuple[App, str]:
    browser = await signed_in(amanat)
    app = App(amanat)
    await app.register()
    return app, await app.code(browser)


async def _is_signed_in(app: App, given: Any) -> bool:
    return (await app.whoami(given["access_token"])).status == 200


def test_the_proof_of_a_code_is_that_of_the_standard() -> None:
    # RFC 7636, appendix B
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert is_proof("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", verifier)
    assert not is_proof("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", verifier + "x")
    assert not is_proof(verifier, verifier)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": "a" * 43},
        {"code_verifier": "short"},
        {"redirect_uri": f"{CALLBACK}/other"},
    ],
)
async def test_a_code_is_bound_to_its_app_its_address_and_its_proof(amanat: Server, wrong: dict[str, str]) -> None:
    app, code = await _with_code(amanat)
    refused = await app.redeem(code, **wrong)
    assert (refused.status, refused.json["error"]) == (400, "invalid_grant")
    assert (await app.redeem("unknown")).json["error"] == "invalid_grant"


async def test_a_stolen_code_is_worth_nothing_to_another_app_and_is_used_up_by_the_attempt(amanat: Server) -> None:
    app, code = await _with_code(amanat)
    thief = App(amanat)
    await thief.register(client_name="Thief")
    assert (await thief.redeem(code, code_verifier=app.verifier)).json["error"] == "invalid_grant"
    assert (await app.redeem(code)).json["error"] == "invalid_grant"


async def test_without_its_proof_a_code_gives_nothing(amanat: Server) -> None:
    app, code = await _with_code(amanat)
    refused = await app.redeem(code, code_verifier="")
    assert (refused.status, refused.json["error"]) == (400, "invalid_request")


async def test_a_code_lives_a_minute(amanat: Server) -> None:
    app, code = await _with_code(amanat)
    amanat.clock.pass_ms(CODE_LIFETIME_MS)
    assert (await app.redeem(code)).json["error"] == "invalid_grant"


async def test_a_code_that_is_used_again_ends_what_it_gave(on_both: Server) -> None:
    app, code = await _with_code(on_both)
    given = (await app.redeem(code)).json
    renewed = (await app.refresh(given["refresh_token"])).json
    assert await _is_signed_in(app, renewed)
    assert (await app.redeem(code)).json["error"] == "invalid_grant"
    assert not await _is_signed_in(app, renewed)
    assert (await app.refresh(renewed["refresh_token"])).json["error"] == "invalid_grant"


async def test_of_two_who_use_a_code_at_once_neither_stays(amanat: Server) -> None:
    app, code = await _with_code(amanat)
    answers = await asyncio.gather(app.redeem(code), app.redeem(code))
    assert sorted(answer.status for answer in answers) == [200, 400]
    given = next(answer.json for answer in answers if answer.status == 200)
    assert not await _is_signed_in(app, given)


async def test_a_replay_does_not_end_a_session_that_came_later(amanat: Server) -> None:
    browser = await signed_in(amanat)
    app = App(amanat)
    await app.register()
    old = await app.code(browser)
    await app.redeem(old)
    given = (await app.redeem(await app.code(browser))).json
    assert (await app.redeem(old)).status == 400
    assert await _is_signed_in(app, given)


async def test_a_stolen_refresh_token_ends_the_session_when_its_owner_goes_on(on_both: Server) -> None:
    app, _, given = await let_in(on_both)
    stolen = (await app.refresh(given["refresh_token"])).json
    assert await _is_signed_in(app, stolen)
    assert (await app.refresh(given["refresh_token"])).json["error"] == "invalid_grant"
    assert not await _is_signed_in(app, stolen)
    assert (await app.refresh(stolen["refresh_token"])).json["error"] == "invalid_grant"


async def test_a_refresh_token_stolen_from_long_ago_ends_the_session_of_both(amanat: Server) -> None:
    app, _, given = await let_in(amanat)
    now = given
    for _ in range(3):
        now = (await app.refresh(now["refresh_token"])).json
        assert await _is_signed_in(app, now)
    assert (await app.refresh(given["refresh_token"])).status == 400
    assert not await _is_signed_in(app, now)


async def test_an_answer_that_was_lost_is_asked_for_again(amanat: Server) -> None:
    app, _, given = await let_in(amanat)
    await app.refresh(given["refresh_token"])
    again = await app.refresh(given["refresh_token"])
    assert again.status == 200
    assert await _is_signed_in(app, again.json)


async def test_another_app_cannot_use_a_refresh_token_nor_end_the_session_with_it(amanat: Server) -> None:
    app, _, given = await let_in(amanat)
    thief = App(amanat)
    await thief.register(client_name="Thief")
    assert (await thief.refresh(given["refresh_token"])).json["error"] == "invalid_grant"
    assert await _is_signed_in(app, given)


async def test_a_session_is_refreshed_by_the_api_that_opened_it(amanat: Server) -> None:
    app, _, given = await let_in(amanat)
    crossed = await amanat.request("POST", "/refresh", body={"refresh_token": given["refresh_token"]})
    assert (crossed.status, crossed.errcode) == (401, "M_UNKNOWN_TOKEN")
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": "ani"},
        "password": "ani's long password",
        "refresh_token": True,
    }
    older = (await amanat.request("POST", "/login", body=body)).json
    assert older["expires_in_ms"] == 3_600_000
    assert (await app.refresh(older["refresh_token"])).json["error"] == "invalid_grant"
    assert (await amanat.request("POST", "/refresh", body={"refresh_token": older["refresh_token"]})).status == 200


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
async def test_revoking_either_token_logs_the_device_out(amanat: Server, kind: str) -> None:
    app, _, given = await let_in(amanat)
    assert (await app.post("revoke", token=given[kind], token_type_hint=kind, client_id=app.client_id)).status == 200
    assert not await _is_signed_in(app, given)
    assert (await app.refresh(given["refresh_token"])).status == 400
    assert (await app.post("revoke", token=given[kind])).status == 200


async def test_revoking_what_is_no_token_says_nothing(amanat: Server) -> None:
    app = App(amanat)
    for token in ("unknown", "a.b", "."):
        assert (await app.post("revoke", token=token)).status == 200
    assert (await app.post("revoke", token="")).json["error"] == "invalid_request"


async def test_logging_out_ends_the_session(amanat: Server) -> None:
    app, _, given = await let_in(amanat)
    assert (await amanat.request("POST", "/logout", token=given["access_token"])).status == 200
    assert (await app.refresh(given["refresh_token"])).json["error"] == "invalid_grant"


async def test_an_account_that_has_ended_lets_nobody_in(amanat: Server) -> None:
    app, code = await _with_code(amanat)
    ani = await amanat.login("ani")
    auth = {"type": "m.login.password", "user": ani.user_id, "password": "ani's long password"}
    assert (await ani.post("/account/deactivate", {"auth": auth})).status == 200
    assert (await app.redeem(code)).json["error"] == "invalid_grant"


async def test_no_token_and_no_code_is_stored(amanat: Server) -> None:
    app, code = await _with_code(amanat)
    given = (await app.redeem(code)).json
    written = b"".join(file.read_bytes() for file in amanat.amanat.folder.path.rglob("*") if file.is_file())
    family = given["refresh_token"].partition(".")[0]
    assert [secret for secret in (code, given["access_token"], family) if secret.encode() in written] == []

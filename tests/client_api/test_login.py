from typing import Any

import pytest

from tests.server import Server

PASSWORD = "ani's long password"


def _body(user: Any, password: Any = PASSWORD, **more: Any) -> dict[str, Any]:
    return {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user}, "password": password} | more


async def test_a_client_is_told_the_ways_to_log_in(amanat: Server) -> None:
    reply = await amanat.request("GET", "/login")
    flows = reply.json["flows"]
    assert [flow["type"] for flow in flows] == ["m.login.password", "m.login.sso", "m.login.token"]
    assert flows[1]["oauth_aware_preferred"] is True
    assert flows[2]["get_login_token"] is True


@pytest.mark.parametrize("user", ["ani", "@ani:localhost", "Ani", " ani"])
async def test_a_person_logs_in_by_localpart_id_or_handle(amanat: Server, user: str) -> None:
    ani = await amanat.user("ani")
    reply = await amanat.request("POST", "/login", body=_body(user))
    assert reply.status == 200
    assert reply.json["user_id"] == ani.user_id
    assert reply.json["device_id"] != ani.device_id


async def test_the_user_may_stand_where_it_stood_before_identifiers(amanat: Server) -> None:
    await amanat.user("ani")
    body = {"type": "m.login.password", "user": "ani", "password": PASSWORD}
    assert (await amanat.request("POST", "/login", body=body)).status == 200


async def test_a_person_whose_id_is_random_logs_in_by_handle(serving: Server) -> None:
    made = await serving.amanat.account_administration.create("ani", password=PASSWORD)
    reply = await serving.request("POST", "/login", body=_body("ani"))
    assert reply.json["user_id"] == made


async def test_a_handle_that_only_looks_like_ones_own_does_not_log_in(amanat: Server) -> None:
    await amanat.user("ani")
    assert (await amanat.request("POST", "/login", body=_body("an1"))).status == 403


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(amanat: Server) -> None:
    await amanat.user("ani")
    bodies = [_body("ani", "wrong"), _body("nobody"), _body("@ani:elsewhere.example"), _body("\0"), _body("x" * 300)]
    replies = [await amanat.request("POST", "/login", body=body) for body in bodies]
    assert {reply.status for reply in replies} == {403}
    assert len({(reply.errcode, reply.json["error"]) for reply in replies}) == 1


async def test_an_account_without_a_password_has_none_that_fits(amanat: Server) -> None:
    await amanat.request("POST", "/register", body={"username": "ani", "auth": {"type": "m.login.dummy"}})
    for password in ("", "x"):
        assert (await amanat.request("POST", "/login", body=_body("ani", password))).status == 403


async def test_logging_a_device_in_again_ends_the_token_it_had(amanat: Server) -> None:
    ani = await amanat.user("ani", initial_device_display_name="phone")
    again = await amanat.login("ani", device_id=ani.device_id, initial_device_display_name="other")
    assert (await ani.get("/account/whoami")).errcode == "M_UNKNOWN_TOKEN"
    assert (await again.get("/account/whoami")).json["device_id"] == ani.device_id
    assert (await again.get(f"/devices/{ani.device_id}")).json["display_name"] == "phone"


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"type": "m.login.token"}, "M_MISSING_PARAM"),
        ({"type": "m.login.nonsense"}, "M_UNKNOWN"),
        ({}, "M_BAD_JSON"),
        ({"type": 3}, "M_BAD_JSON"),
        ([], "M_BAD_JSON"),
        (b"", "M_NOT_JSON"),
        (_body("ani") | {"password": None}, "M_MISSING_PARAM"),
        (_body("ani", 3), "M_BAD_JSON"),
        (_body(3), "M_BAD_JSON"),
        (_body(None), "M_MISSING_PARAM"),
        (_body("ani") | {"identifier": "ani"}, "M_BAD_JSON"),
        (_body("ani") | {"identifier": {"type": "m.id.phone", "phone": "1"}}, "M_UNKNOWN"),
        (_body("ani", "x" * 513), "M_INVALID_PARAM"),
        (_body("ani", device_id="a\nb"), "M_INVALID_PARAM"),
    ],
)
async def test_a_malformed_login_is_told_what_is_wrong(amanat: Server, body: Any, errcode: str) -> None:
    reply = await amanat.request("POST", "/login", body=body)
    assert (reply.status, reply.errcode) == (400, errcode)


async def test_guesses_at_one_account_are_limited(serving: Server) -> None:
    await serving.amanat.account_administration.create("ani", password=PASSWORD)
    replies = [await serving.request("POST", "/login", body=_body("ani", "wrong")) for _ in range(25)]
    assert replies[0].status == 403
    assert replies[-1].status == 429
    assert replies[-1].json["retry_after_ms"] > 0

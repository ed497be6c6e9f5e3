import asyncio
from typing import Any

import pytest

from tests.server import Server

DUMMY = {"type": "m.login.dummy"}


async def test_the_first_request_registers_where_registration_is_open(amanat: Server) -> None:
    reply = await amanat.request(
        "POST",
        "/register",
        body={
            "username": "ani",
            "password": "rahasia",
            "auth": DUMMY,
            "device_id": "PHONE",
            "initial_device_display_name": "Ani's phone",
        },
    )
    assert reply.status == 200
    assert reply.json["user_id"] == "@ani:localhost"
    assert reply.json["device_id"] == "PHONE"
    token = reply.json["access_token"]
    devices = await amanat.request("GET", "/devices/PHONE", token=token)
    assert devices.json["display_name"] == "Ani's phone"


async def test_without_auth_a_client_is_told_the_flows_and_goes_on_with_its_session(amanat: Server) -> None:
    asked = await amanat.request("POST", "/register", body={"username": "ani"})
    assert asked.status == 401
    assert asked.json["flows"] == [{"stages": ["m.login.dummy"]}]
    assert asked.json["completed"] == []
    assert "errcode" not in asked.json
    body = {"username": "ani", "auth": DUMMY | {"session": asked.json["session"]}}
    assert (await amanat.request("POST", "/register", body=body)).status == 200


async def test_a_stage_that_is_not_offered_is_refused_with_the_flows(amanat: Server) -> None:
    reply = await amanat.request("POST", "/register", body={"auth": {"type": "m.login.recaptcha"}})
    assert (reply.status, reply.errcode) == (401, "M_UNKNOWN")
    assert reply.json["flows"] == [{"stages": ["m.login.dummy"]}]


async def test_who_gives_no_name_gets_a_random_one(amanat: Server) -> None:
    one, other = [await amanat.request("POST", "/register", body={"auth": DUMMY}) for _ in range(2)]
    assert one.status == other.status == 200
    assert one.json["user_id"] != other.json["user_id"]
    assert len(one.json["user_id"]) == len("@:localhost") + 13


@pytest.mark.parametrize("name", ["ani", "an1", "anl"])
async def test_a_name_is_given_out_once_and_so_is_what_looks_like_it(amanat: Server, name: str) -> None:
    await amanat.user("ani")
    reply = await amanat.request("POST", "/register", body={"username": name, "auth": DUMMY})
    assert (reply.status, reply.errcode) == (400, "M_USER_IN_USE")


@pytest.mark.parametrize("name", ["", "Ani", "ani budi", "ani\0", "änï", "a" * 300, "@ani:localhost"])
async def test_a_name_that_cannot_be_is_refused_before_any_authentication(amanat: Server, name: str) -> None:
    reply = await amanat.request("POST", "/register", body={"username": name})
    assert (reply.status, reply.errcode) == (400, "M_INVALID_USERNAME")


async def test_a_name_taken_while_a_client_authenticates_is_refused_then(amanat: Server) -> None:
    asked = await amanat.request("POST", "/register", body={"username": "ani"})
    await amanat.user("ani")
    body = {"username": "ani", "auth": DUMMY | {"session": asked.json["session"]}}
    assert (await amanat.request("POST", "/register", body=body)).errcode == "M_USER_IN_USE"


async def test_an_account_can_be_made_without_a_device(amanat: Server) -> None:
    reply = await amanat.request("POST", "/register", body={"auth": DUMMY, "inhibit_login": True})
    assert reply.json.keys() == {"user_id"}


async def test_guests_are_refused(amanat: Server) -> None:
    reply = await amanat.request("POST", "/register", body={}, query={"kind": "guest"})
    assert (reply.status, reply.errcode) == (403, "M_GUEST_ACCESS_FORBIDDEN")


async def test_another_kind_of_account_is_refused(amanat: Server) -> None:
    reply = await amanat.request("POST", "/register", body={}, query={"kind": "king"})
    assert (reply.status, reply.errcode) == (400, "M_INVALID_PARAM")


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"username": 3}, "M_BAD_JSON"),
        ({"auth": "m.login.dummy"}, "M_BAD_JSON"),
        ({"auth": DUMMY | {"session": 3}}, "M_BAD_JSON"),
        ({"auth": {"type": ["m.login.dummy"]}}, "M_BAD_JSON"),
        ([], "M_BAD_JSON"),
        (b"{", "M_NOT_JSON"),
        ({"auth": DUMMY, "device_id": "a b"}, "M_INVALID_PARAM"),
        ({"auth": DUMMY, "device_id": "x" * 256}, "M_INVALID_PARAM"),
        ({"auth": DUMMY, "device_id": ""}, "M_INVALID_PARAM"),
        ({"auth": DUMMY, "initial_device_display_name": "x" * 257}, "M_INVALID_PARAM"),
        ({"auth": DUMMY, "password": ""}, "M_WEAK_PASSWORD"),
        ({"auth": DUMMY, "password": "x" * 513}, "M_INVALID_PARAM"),
    ],
)
async def test_a_malformed_request_is_told_what_is_wrong(amanat: Server, body: Any, errcode: str) -> None:
    reply = await amanat.request("POST", "/register", body=body)
    assert (reply.status, reply.errcode) == (400, errcode)


async def test_a_device_may_not_be_called_as_a_cross_signing_key_is(amanat: Server) -> None:
    reply = await amanat.request("POST", "/register", body={"auth": DUMMY, "device_id": "A" * 43})
    assert (reply.status, reply.errcode) == (403, "M_FORBIDDEN")


async def test_a_client_can_ask_whether_a_name_is_free(amanat: Server) -> None:
    await amanat.user("ani")
    free = await amanat.request("GET", "/register/available", query={"username": "budi"})
    taken = await amanat.request("GET", "/register/available", query={"username": "ani"})
    invalid = await amanat.request("GET", "/register/available", query={"username": "B U D I"})
    missing = await amanat.request("GET", "/register/available")
    assert (free.status, free.json) == (200, {"available": True})
    assert (taken.status, taken.errcode) == (400, "M_USER_IN_USE")
    assert (invalid.status, invalid.errcode) == (400, "M_INVALID_USERNAME")
    assert (missing.status, missing.errcode) == (400, "M_MISSING_PARAM")


# Where registration is not open


async def _register(serving: Server, token: str, **more: Any) -> Any:
    body = {"username": "ani", "password": "kata sandi panjang"} | more
    asked = await serving.request("POST", "/register", body=body)
    assert asked.json["flows"] == [{"stages": ["m.login.registration_token"]}]
    auth = {"type": "m.login.registration_token", "token": token, "session": asked.json["session"]}
    return await serving.request("POST", "/register", body=body | {"auth": auth})


async def test_a_token_lets_one_person_register_with_a_random_id_and_their_handle(serving: Server) -> None:
    administration = serving.amanat.account_administration
    token = await administration.new_registration_token(uses_allowed=1, expires_ts=None)
    made = await _register(serving, token)
    assert made.status == 200
    assert "ani" not in made.json["user_id"]
    profile = await serving.request("GET", f"/profile/{made.json['user_id']}", token=made.json["access_token"])
    assert profile.json == {"id.amanat.handle": "ani"}
    again = await _register(serving, token, username="budi")
    assert (again.status, again.errcode) == (401, "M_FORBIDDEN")


async def test_a_token_for_one_is_not_spent_by_two_who_come_at_once(serving: Server) -> None:
    administration = serving.amanat.account_administration
    token = await administration.new_registration_token(uses_allowed=1, expires_ts=None)
    replies = await asyncio.gather(*(_register(serving, token, username=name) for name in ("ani", "budi")))
    assert sorted(reply.status for reply in replies)[0] == 200
    assert sorted(reply.status for reply in replies)[1] in (401, 403)


@pytest.mark.parametrize("token", ["nonsense", "", None, 3])
async def test_without_a_good_token_nobody_registers(serving: Server, token: Any) -> None:
    assert (await _register(serving, token)).status == 401


async def test_a_dummy_registers_nobody_where_a_token_is_asked_for(serving: Server) -> None:
    reply = await serving.request("POST", "/register", body={"username": "ani", "auth": DUMMY})
    assert reply.status == 401
    assert "access_token" not in reply.json


async def test_a_short_password_is_refused(serving: Server) -> None:
    administration = serving.amanat.account_administration
    token = await administration.new_registration_token(uses_allowed=1, expires_ts=None)
    refused = await _register(serving, token, password="kort")
    assert (refused.status, refused.errcode) == (400, "M_WEAK_PASSWORD")
    # The token is as good as before.
    assert (await _register(serving, token)).status == 200

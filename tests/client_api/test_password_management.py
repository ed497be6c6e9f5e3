from typing import Any

import pytest

from tests.server import Person, Reply, Server

OLD, NEW = "ani's long password", "another long password"


async def _change(person: Person, password: str = OLD, **more: Any) -> Reply:
    asked = await person.post("/account/password", {"new_password": NEW} | more)
    assert asked.status == 401
    auth = {"type": "m.login.password", "password": password, "session": asked.json["session"]}
    auth["identifier"] = {"type": "m.id.user", "user": person.user_id}
    return await person.post("/account/password", {"new_password": NEW, "auth": auth} | more)


async def test_the_new_password_logs_in_and_the_old_one_does_not(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await _change(ani)).json == {}
    body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "ani"}}
    assert (await amanat.request("POST", "/login", body=body | {"password": NEW})).status == 200
    assert (await amanat.request("POST", "/login", body=body | {"password": OLD})).status == 403


@pytest.mark.parametrize(
    ("more", "status"), [({}, 401), ({"logout_devices": True}, 401), ({"logout_devices": False}, 200)]
)
async def test_other_devices_are_logged_out_unless_they_shall_stay(
    amanat: Server, more: dict[str, Any], status: int
) -> None:
    phone, laptop = await amanat.user("ani"), await amanat.login("ani")
    assert (await _change(phone, **more)).status == 200
    assert (await phone.get("/account/whoami")).status == 200
    assert (await laptop.get("/account/whoami")).status == status


async def test_without_the_old_password_it_stays(amanat: Server) -> None:
    ani = await amanat.user("ani")
    refused = await _change(ani, "wrong")
    assert (refused.status, refused.errcode) == (401, "M_FORBIDDEN")
    await amanat.login("ani")


async def test_a_new_password_must_be_given(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await ani.post("/account/password", {})).errcode == "M_BAD_JSON"


@pytest.mark.parametrize("kind", ["email", "msisdn"])
async def test_no_password_is_reset_by_mail_or_phone(amanat: Server, kind: str) -> None:
    reply = await amanat.request("POST", f"/account/password/{kind}/requestToken", body={})
    assert (reply.status, reply.errcode) == (403, "M_THREEPID_DENIED")

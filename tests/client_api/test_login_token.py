"""One device gets a token by which another logs in."""

from tests.server import Server

GET_TOKEN = "/_matrix/client/v1/login/get_token"


async def test_another_device_logs_in_once_its_owner_has_proved_who_they_are(amanat: Server) -> None:
    ani = await amanat.user("ani")
    asked = await ani.post(GET_TOKEN, {})
    assert (asked.status, asked.json["flows"]) == (401, [{"stages": ["m.login.password"]}])
    auth = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": "ani"},
        "password": "ani's long password",
        "session": asked.json["session"],
    }
    given = (await ani.post(GET_TOKEN, {"auth": auth})).json
    assert given["expires_in_ms"] == 120_000
    login = {"type": "m.login.token", "token": given["login_token"]}
    other = await amanat.request("POST", "/login", body=login)
    assert (other.json["user_id"], other.json["device_id"] != ani.device_id) == (ani.user_id, True)


async def test_each_token_is_asked_for_anew(amanat: Server) -> None:
    ani = await amanat.user("ani")
    auth = {"type": "m.login.password", "user": "ani", "password": "ani's long password"}
    assert (await ani.post(GET_TOKEN, {"auth": auth})).status == 200
    assert (await ani.post(GET_TOKEN, {})).status == 401


async def test_it_can_be_known_beforehand(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await ani.get("/capabilities")).json["capabilities"]["m.get_login_token"] == {"enabled": True}

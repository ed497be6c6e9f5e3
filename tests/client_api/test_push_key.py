from pathlib import Path

from amanat.core import base64url
from tests.outbound.push.browser import Browser
from tests.server import Server, start


async def test_an_app_is_told_the_key_that_browsers_subscribe_for(amanat: Server) -> None:
    alice = await amanat.user("alice")
    told = await alice.get("/_amanat/v1/push/key")
    assert (told.status, len(base64url.decode(told.json["key"]))) == (200, 65)
    assert (await alice.get("/_amanat/v1/push/key")).json == told.json


async def test_a_stranger_is_told_nothing(amanat: Server) -> None:
    assert (await amanat.request("GET", "/_amanat/v1/push/key")).status == 401


async def test_where_browsers_are_not_pushed_to_there_is_no_key_and_no_pusher_of_theirs(tmp_path: Path) -> None:
    server = await start(tmp_path, web_push=False)
    alice = await server.user("alice")
    assert (await alice.get("/_amanat/v1/push/key")).status == 404
    browser = Browser("https://push.example.org/1")
    described = {"app_display_name": "A", "device_display_name": "B", "lang": "id"}
    wanted = {"kind": "http", "app_id": "id.amanat.web", "pushkey": browser.pushkey, "data": browser.data} | described
    assert (await alice.post("/pushers/set", wanted)).errcode == "M_INVALID_PARAM"
    await server.amanat.close()

"""All of it put together."""

from pathlib import Path

from amanat.app import Amanat, Clock, Mode
from amanat.config import Config
from tests.product.accounts.oauth.app import App
from tests.server import FakeClock, Server


async def _serve(folder: Path, config: Config) -> Server:
    clock = FakeClock()
    amanat = Amanat(config, mode=Mode.SERVE, clock=Clock(now_ms=clock.now_ms))
    await amanat.open()
    return Server(amanat, clock)


async def test_everything_is_where_the_operator_says_the_server_is(tmp_path: Path) -> None:
    server = await _serve(tmp_path, Config(data=str(tmp_path), public_url="https://chat.example.org/"))
    told = (await server.request("GET", "/_matrix/client/v1/auth_metadata")).json
    await server.amanat.close()
    assert told["issuer"] == "https://chat.example.org/"
    assert told["token_endpoint"] == "https://chat.example.org/_amanat/oauth2/token"
    assert told["account_management_uri"] == "https://chat.example.org/_amanat/account/"


async def test_passwords_can_be_turned_off(tmp_path: Path) -> None:
    server = await _serve(tmp_path, Config(data=str(tmp_path), password_login=False))
    flows = (await server.request("GET", "/login")).json["flows"]
    refused = await server.request("POST", "/login", body={"type": "m.login.password", "user": "a", "password": "b"})
    await server.amanat.close()
    assert [flow["type"] for flow in flows] == ["m.login.sso", "m.login.token"]
    assert (refused.status, refused.errcode) == (400, "M_UNKNOWN")


async def test_only_where_nobody_serves_may_an_app_be_of_this_machine(serving: Server) -> None:
    home = "http://localhost:5173"
    refused = await App(serving).register(client_uri=home, redirect_uris=[f"{home}/callback"])
    assert refused.json["error"] == "invalid_client_metadata"

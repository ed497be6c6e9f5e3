"""The endpoints that apps call: their form, and what they take."""

from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from tests.edge.asking import ask
from tests.product.accounts.oauth.app import OAUTH, App, let_in
from tests.server import Server


async def test_the_metadata_is_that_of_the_standard_by_another_hand_s_check(serving: Server) -> None:
    told = (await serving.request("GET", "/_matrix/client/v1/auth_metadata")).json
    # The standard wants https; a server behind no proxy is for this machine alone.
    AuthorizationServerMetadata({name: _https(value) for name, value in told.items()}).validate()


def _https(value: object) -> object:
    return value.replace("http://", "https://") if isinstance(value, str) else value


async def test_tokens_are_kept_in_no_cache(amanat: Server) -> None:
    app, _, given = await let_in(amanat)
    answered = await app.refresh(given["refresh_token"])
    assert answered.headers["cache-control"] == "no-store"
    assert answered.headers["access-control-allow-origin"] == "*"
    assert answered.json.keys() == {"access_token", "token_type", "expires_in", "refresh_token", "scope"}


async def test_an_unknown_grant_or_client_is_refused(amanat: Server) -> None:
    app = App(amanat)
    await app.register()
    refused = await app.post("token", grant_type="password", client_id=app.client_id)
    assert refused.json["error"] == "unsupported_grant_type"
    assert (await app.refresh("x", client_id="unknown")).json["error"] == "invalid_client"


async def test_registering_takes_json_alone(amanat: Server) -> None:
    for body in (b"", b"{", b"[]", b'{"a":1.5}', b'{"client_uri":"\xff"}', b"x" * 40_000):
        answered = await ask(
            amanat.amanat.client_app, "POST", f"{OAUTH}/register", body=body, headers={"Host": "localhost"}
        )
        assert (answered.status, answered.json["error"]) == (400, "invalid_client_metadata"), body[:9]


async def test_a_page_of_another_site_may_ask_first(amanat: Server) -> None:
    answered = await ask(amanat.amanat.client_app, "OPTIONS", f"{OAUTH}/token", headers={"Host": "localhost"})
    assert answered.status == 204

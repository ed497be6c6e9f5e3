"""A homeserver is believed about its own people alone, and is asked in no way that others could read."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from amanat.gateway.desk.identity_provider import IdentityProvider, SignInFailed, http
from tests.gateway.desk.homeserver import Homeserver
from tests.product.accounts.oauth.app import AUTHORIZE, decide, told
from tests.product.accounts.pages.browser import Browser
from tests.server import Server

METADATA = "/_matrix/client/v1/auth_metadata"
USERINFO = "/_amanat/oauth2/userinfo"
VERIFIER = "v" * 43
DESK = "http://127.0.0.1:8010"


def _provider(
    http: Callable[[], httpx.AsyncClient], *, desk: str = DESK, homeserver: str = "http://localhost:8008"
) -> IdentityProvider:
    return IdentityProvider(
        homeserver, server_name="localhost", desk_url=desk, redirect_uri=f"{desk}/desk/signed_in", http=http
    )


async def test_it_says_who_somebody_is(amanat: Server) -> None:
    homeserver = Homeserver(amanat)
    provider = _provider(homeserver.http)
    await amanat.user("ani")
    pages = Browser(amanat)
    await pages.sign_in("ani")
    asked, client_id, address = await provider.begin(state="s", verifier=VERIFIER)
    again = await provider.begin(state="s", verifier=VERIFIER)
    assert again == (asked, client_id, address)
    assert "scope=openid&" in address
    page = await pages.open(f"{AUTHORIZE}?{address.partition('?')[2]}")
    code = told(await decide(pages, page))["code"]
    person = await provider.finish(asked, client_id=client_id, code=code, verifier=VERIFIER)
    assert (person.user_id, person.name) == ("@ani:localhost", "")
    with pytest.raises(SignInFailed):
        await provider.finish(asked, client_id=client_id, code=code, verifier=VERIFIER)


@pytest.mark.parametrize("sub", ["@ani:other.example", "ani", "@ani", ""])
async def test_it_speaks_for_nobody_elses_people(amanat: Server, sub: str) -> None:
    homeserver = Homeserver(amanat)
    asked, client_id, _ = await _provider(homeserver.http).begin(state="s", verifier=VERIFIER)
    homeserver.instead["/_amanat/oauth2/token"] = httpx.Response(200, json={"access_token": "t"})
    homeserver.instead[USERINFO] = httpx.Response(200, json={"sub": sub})
    with pytest.raises(SignInFailed):
        await _provider(homeserver.http).finish(asked, client_id=client_id, code="c", verifier=VERIFIER)


@pytest.mark.parametrize(
    "wrong",
    [
        {"token_endpoint": "http://chat.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"registration_endpoint": "http://chat.example/register"},
        {"userinfo_endpoint": None},
    ],
)
async def test_it_is_asked_over_https_or_on_this_machine(amanat: Server, wrong: dict[str, Any]) -> None:
    homeserver = Homeserver(amanat)
    metadata = (await amanat.request("GET", METADATA)).json
    homeserver.instead[METADATA] = httpx.Response(200, json=metadata | wrong)
    with pytest.raises(SignInFailed):
        await _provider(homeserver.http).begin(state="s", verifier=VERIFIER)
    assert homeserver.asked == [METADATA]


async def test_a_server_that_does_not_answer_or_refuses_is_said_to(amanat: Server) -> None:
    homeserver = Homeserver(amanat)
    with pytest.raises(SignInFailed, match="no answer"):
        await _provider(http, homeserver="http://127.0.0.1:9").begin(state="s", verifier=VERIFIER)
    with pytest.raises(SignInFailed, match="register"):
        await _provider(homeserver.http, desk="http://desk.example").begin(state="s", verifier=VERIFIER)

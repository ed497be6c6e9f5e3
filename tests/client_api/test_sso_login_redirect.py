"""Where older apps send people to sign in. The page itself: `tests/product/accounts/oauth/test_sso_page.py`."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.edge.asking import Answered, ask
from tests.server import Server

REDIRECT = "/_matrix/client/v3/login/sso/redirect"
APP = "https://app.example.org/"


async def _ask(amanat: Server, target: str) -> Answered:
    return await ask(amanat.amanat.client_app, "GET", target, headers={"Host": "localhost"})


async def test_an_app_is_led_to_the_page_that_names_it(amanat: Server) -> None:
    led = await _ask(amanat, f"{REDIRECT}?redirectUrl={APP}")
    assert led.status == 302
    assert urlsplit(led.headers["location"]).path == "/_amanat/oauth2/sso"
    assert parse_qs(urlsplit(led.headers["location"]).query) == {"redirectUrl": [APP]}


@pytest.mark.parametrize("name", ["action", "org.matrix.msc3824.action"])
async def test_who_has_no_account_is_led_to_make_one_first(amanat: Server, name: str) -> None:
    led = urlsplit((await _ask(amanat, f"{REDIRECT}?redirectUrl={APP}&{name}=register")).headers["location"])
    assert led.path == "/_amanat/account/sign-up"
    assert parse_qs(led.query)["next"][0].startswith("/_amanat/oauth2/sso?redirectUrl=")


async def test_an_app_says_where_it_is(amanat: Server) -> None:
    missing = await _ask(amanat, REDIRECT)
    assert (missing.status, missing.errcode) == (400, "M_MISSING_PARAM")
    for target in ("javascript:alert(1)", "data:text/html,x", "//evil.example", ""):
        refused = await _ask(amanat, f"{REDIRECT}?redirectUrl={target}")
        assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


async def test_there_is_no_other_identity_provider(amanat: Server) -> None:
    refused = await _ask(amanat, f"{REDIRECT}/github?redirectUrl={APP}")
    assert (refused.status, refused.errcode) == (404, "M_NOT_FOUND")

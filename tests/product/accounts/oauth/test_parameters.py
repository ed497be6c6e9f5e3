"""The form that an endpoint of the OAuth 2.0 API takes."""

import pytest

from tests.edge.asking import ask
from tests.product.accounts.oauth.app import OAUTH, App
from tests.server import Server

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (FORM, b""),
        (FORM, b"grant_type="),
        (FORM, b"grant_type=authorization_code"),
        (FORM, b"grant_type=authorization_code&grant_type=authorization_code&client_id=x"),
        (FORM, b"grant_type=%ff&client_id=x"),
        (FORM, b"grant_type=%0&client_id=x"),
        (FORM, b"grant_type=a%00&client_id=x"),
        (FORM, b"grant_type=\xff&client_id=x"),
        ("application/json", b'{"grant_type":"authorization_code"}'),
        ("", b"grant_type=authorization_code&client_id=x"),
        (FORM, b"grant_type=authorization_code&x=" + b"a" * 20_000),
    ],
)
async def test_what_is_no_form_is_an_invalid_request(amanat: Server, kind: str, body: bytes) -> None:
    headers = {"Host": "localhost", "Content-Type": kind}
    answered = await ask(amanat.amanat.client_app, "POST", f"{OAUTH}/token", body=body, headers=headers)
    assert (answered.status, answered.json["error"]) == (400, "invalid_request")


async def test_a_form_may_say_its_charset(amanat: Server) -> None:
    app = App(amanat)
    await app.register()
    body = f"grant_type=refresh_token&refresh_token=x&client_id={app.client_id}".encode()
    headers = {"Host": "localhost", "Content-Type": f"{FORM}; charset=UTF-8"}
    answered = await ask(amanat.amanat.client_app, "POST", f"{OAUTH}/token", body=body, headers=headers)
    assert answered.json["error"] == "invalid_grant"

"""An app for tests: it registers, sends people to the pages, and uses what it is given, as apps in use do."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from msgspec import json

from tests.edge.asking import Answered, ask
from tests.product.accounts.pages.browser import PASSWORD, Browser, Page
from tests.server import Reply, Server

OAUTH = "/_amanat/oauth2"
AUTHORIZE = f"{OAUTH}/authorize"
CALLBACK = "https://app.example.org/callback"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
METADATA: dict[str, Any] = {
    "client_name": "Rindu",
    "client_uri": "https://example.org/",
    "redirect_uris": [CALLBACK],
    "grant_types": ["authorization_code", "refresh_token", DEVICE_GRANT],
    "response_types": ["code"],
    "token_endpoint_auth_method": "none",
    "application_type": "web",
}


class App:
    """An app on one device."""

    def __init__(self, server: Server, *, client_id: str = "", device_id: str = "ABCDEFGHIJ") -> None:
        self.server = server
        self.client_id = client_id
        self.device_id = device_id
        self.verifier = secrets.token_urlsafe(48)
        self.redirect_uri = CALLBACK
        self.address = "192.0.2.1"

    @property
    def scope(self) -> str:
        """What it asks for."""
        return f"urn:matrix:client:api:* urn:matrix:client:device:{self.device_id}"

    @property
    def challenge(self) -> str:
        """What its code is bound to."""
        return urlsafe_b64encode(sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()

    async def register(self, **more: Any) -> Reply:
        """Register, by what `METADATA` says or by more."""
        answered = await ask(
            self.server.amanat.client_app,
            "POST",
            f"{OAUTH}/register",
            body=json.encode(METADATA | more),
            headers={"Host": "localhost"},
        )
        reply = Reply(answered.status, answered.json)
        self.client_id = reply.json.get("client_id", "")
        return reply

    def query(self, **more: str | None) -> str:
        """Return what it asks at the authorisation endpoint; None leaves a parameter out."""
        asked: dict[str, str | None] = {
            "response_type": "code",
            "response_mode": "fragment",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": self.scope,
            "state": "a state",
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
        }
        return urlencode({name: value for name, value in (asked | more).items() if value is not None})

    async def page(self, browser: Browser, **more: str | None) -> Page:
        """Open the page that asks whether it may."""
        return await browser.open(f"{AUTHORIZE}?{self.query(**more)}")

    async def code(self, browser: Browser, **more: str | None) -> str:
        """Be let in, and return the code."""
        page = await self.page(browser, **more)
        assert page.status == 200, page.text
        return told(await decide(browser, page))["code"]

    async def post(self, endpoint: str, **fields: str) -> Answered:
        """Send a form to an endpoint of the OAuth 2.0 API."""
        return await ask(
            self.server.amanat.client_app,
            "POST",
            f"{OAUTH}/{endpoint}",
            body=urlencode(fields, quote_via=quote).encode(),
            headers={"Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"},
            client=self.address,
        )

    async def redeem(self, code: str, **more: str) -> Answered:
        """Ask for tokens for a code."""
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "client_id": self.client_id,
            "code_verifier": self.verifier,
        }
        return await self.post("token", **(fields | more))

    async def refresh(self, token: str, **more: str) -> Answered:
        """Ask for the next tokens."""
        fields = {"grant_type": "refresh_token", "refresh_token": token, "client_id": self.client_id}
        return await self.post("token", **(fields | more))

    async def poll(self, device_code: str, **more: str) -> Answered:
        """Ask whether the device was let in."""
        fields = {"grant_type": DEVICE_GRANT, "device_code": device_code, "client_id": self.client_id}
        return await self.post("token", **(fields | more))

    async def whoami(self, token: str) -> Reply:
        """Ask whose an access token is."""
        return await self.server.request("GET", "/account/whoami", token=token)


async def decide(browser: Browser, page: Page, decision: str = "allow", **more: str) -> Page:
    """Press a button on a page; where it leads out of the server, nobody goes there."""
    form = page.forms[0]
    return await browser.post(form["action"] or page.url, form["fields"] | {"decision": decision} | more)


def told(page: Page) -> dict[str, str]:
    """Return what an app is told by where a browser is led."""
    assert page.status == 303, page.text
    parts = urlsplit(page.location)
    return {name: values[0] for name, values in parse_qs(parts.fragment or parts.query).items()}


async def sign_in_and_come_back(browser: Browser, page: Page, name: str = "ani") -> Page:
    """Sign in with a password, having been led to the page that asks how, and go where that leads."""
    assert "/sign-in" in page.url, page.url
    password = await browser.open(f"{PASSWORD}?{urlsplit(page.url).query}")
    return await browser.send(password, {"user": name, "password": f"{name}'s long password"})


async def signed_in(server: Server, name: str = "ani") -> Browser:
    """Make an account and sign it in to the pages with a browser."""
    await server.user(name)
    browser = Browser(server)
    await browser.sign_in(name)
    return browser


async def let_in(server: Server, name: str = "ani") -> tuple[App, Browser, Any]:
    """Make an account and let an app in; return the app, the browser and the tokens."""
    browser = await signed_in(server, name)
    app = App(server)
    await app.register()
    answered = await app.redeem(await app.code(browser))
    assert answered.status == 200, answered.json
    return app, browser, answered.json

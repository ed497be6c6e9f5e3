"""A homeserver as the desk asks it who somebody is: OAuth 2.0 with PKCE, and the scope `openid` alone.

RFC 6749, 4.1; RFC 7591; RFC 7636; RFC 9207. What comes of it is a name and a user id: the token that tells them is
used once and thrown away.
"""

from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import Final, TypeVar
from urllib.parse import urlencode, urlsplit

import httpx
from msgspec import DecodeError, Struct, json, structs

from amanat.core import base64url
from amanat.core.identifiers import is_user_id, server_of

SCOPE: Final = "openid"
DEADLINE_S: Final = 15.0
MAX_NAME: Final = 200
_METADATA: Final = "/_matrix/client/v1/auth_metadata"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})

T = TypeVar("T")


class SignInFailed(Exception):
    """The homeserver does not say who somebody is: its sentence, for the log, says why."""


class Provider(Struct, frozen=True, kw_only=True):
    """Where a homeserver is asked (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    registration_endpoint: str


class Person(Struct, frozen=True, kw_only=True):
    """Who a homeserver says somebody is."""

    user_id: str
    name: str


class _Registered(Struct, frozen=True):
    client_id: str


class _Given(Struct, frozen=True):
    access_token: str


class _Told(Struct, frozen=True):
    sub: str
    name: str = ""


def http() -> httpx.AsyncClient:
    """Return what asks a homeserver: by itself, without a proxy, and without following anybody elsewhere."""
    return httpx.AsyncClient(timeout=DEADLINE_S, trust_env=False)


class IdentityProvider:
    """One homeserver. `desk_url` is where browsers reach the desk, and come back to at `redirect_uri`."""

    def __init__(
        self,
        homeserver: str,
        *,
        server_name: str,
        desk_url: str,
        redirect_uri: str,
        http: Callable[[], httpx.AsyncClient],
    ) -> None:
        self._homeserver = homeserver
        self._server_name = server_name
        self._desk_url = desk_url
        self._redirect_uri = redirect_uri
        self._http = http

    async def begin(self, *, state: str, verifier: str) -> tuple[Provider, str, str]:
        """Return who was asked, as which client, and the address that a browser goes to; raises `SignInFailed`.

        The desk registers each time: that costs nothing where it is known, and a server may forget an app that nobody
        is signed in with.
        """
        async with self._http() as http:
            provider = _read(await _asked(http.get(f"{self._homeserver}{_METADATA}")), Provider)
            for endpoint in structs.astuple(provider)[1:]:
                _check(endpoint)
            registered = await _asked(http.post(provider.registration_endpoint, json=self._metadata()))
        client_id = _read(registered, _Registered).client_id
        query = {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": self._redirect_uri,
            "scope": SCOPE,
            "state": state,
            "code_challenge": base64url.encode(sha256(verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }
        return provider, client_id, f"{provider.authorization_endpoint}?{urlencode(query)}"

    async def finish(self, provider: Provider, *, client_id: str, code: str, verifier: str) -> Person:
        """Return who let the desk in; raises `SignInFailed`."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "client_id": client_id,
            "code_verifier": verifier,
        }
        async with self._http() as http:
            given = _read(await _asked(http.post(provider.token_endpoint, data=form)), _Given)
            headers = {"Authorization": f"Bearer {given.access_token}"}
            told = _read(await _asked(http.get(provider.userinfo_endpoint, headers=headers)), _Told)
        # A server speaks for its own people, and for nobody else's.
        if not is_user_id(told.sub) or server_of(told.sub) != self._server_name:
            raise SignInFailed(f"{self._homeserver} names somebody who is not of {self._server_name}.")
        return Person(user_id=told.sub, name=told.name[:MAX_NAME])

    def _metadata(self) -> Mapping[str, object]:
        return {
            "client_name": "Amanat desk",
            "client_uri": f"{self._desk_url}/",
            "redirect_uris": [self._redirect_uri],
            "grant_types": ["authorization_code"],
            "response_types": ["code"],
            "token_endpoint_auth_method": "none",
            "application_type": "web",
            "scope": SCOPE,
        }


async def _asked(asking: Awaitable[httpx.Response]) -> httpx.Response:
    try:
        answer = await asking
    except httpx.HTTPError as error:
        raise SignInFailed(f"no answer: {type(error).__name__}") from None
    if not answer.is_success:
        raise SignInFailed(f"{answer.request.url.path} answers {answer.status_code}")
    return answer


def _read(answer: httpx.Response, shape: type[T]) -> T:
    try:
        return json.decode(answer.content, type=shape)
    except DecodeError:
        raise SignInFailed(f"{answer.request.url.path} answers what is no {shape.__name__.strip('_')}") from None


def _check(endpoint: str) -> None:
    """Refuse to send a person, or a code, in clear over a network."""
    parts = urlsplit(endpoint)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise SignInFailed("an address of its metadata is not https")

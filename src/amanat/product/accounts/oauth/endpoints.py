"""The endpoints of the OAuth 2.0 API that apps call, and where everything of it is.

Spec: client-server-api#oauth-20-api. Who asks is no account yet, so addresses alone are counted.
"""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import to_builtins

from amanat.core.errors import MatrixError
from amanat.edge.addresses import block
from amanat.edge.request import Request
from amanat.edge.responses import Response, json_response
from amanat.edge.routes import get, post
from amanat.product.accounts.oauth import identities
from amanat.product.accounts.oauth.client_metadata import CODE, DEVICE, GRANTS, REFRESH
from amanat.product.accounts.oauth.clients import Client, Clients
from amanat.product.accounts.oauth.device_grant import INTERVAL_S, LIFETIME_MS, DeviceGrant, shown
from amanat.product.accounts.oauth.errors import OAuthError
from amanat.product.accounts.oauth.grants import Granted, Grants, Told
from amanat.product.accounts.oauth.network import network_of
from amanat.product.accounts.oauth.parameters import needed, read_parameters
from amanat.product.accounts.oauth.redirects import MODES
from amanat.product.accounts.oauth.scopes import IDENTITY

BASE: Final = "/_amanat/oauth2"
AUTHORIZE: Final = f"{BASE}/authorize"
TOKEN: Final = f"{BASE}/token"
REVOKE: Final = f"{BASE}/revoke"
USERINFO: Final = f"{BASE}/userinfo"
REGISTER: Final = f"{BASE}/register"
DEVICE_AUTHORIZATION: Final = f"{BASE}/device"
LINK: Final = f"{BASE}/link"

_NOT_STORED: Final = [(b"cache-control", b"no-store"), (b"pragma", b"no-cache")]


def metadata(issuer: str, *, account_url: str, account_actions: list[str]) -> dict[str, Any]:
    """Say where everything is and what is understood (RFC 8414). `issuer` is the address of the server itself."""
    base = issuer.rstrip("/")
    return {
        "issuer": issuer,
        "authorization_endpoint": base + AUTHORIZE,
        "token_endpoint": base + TOKEN,
        "revocation_endpoint": base + REVOKE,
        "userinfo_endpoint": base + USERINFO,
        "registration_endpoint": base + REGISTER,
        "device_authorization_endpoint": base + DEVICE_AUTHORIZATION,
        "response_types_supported": ["code"],
        "response_modes_supported": list(MODES),
        "grant_types_supported": list(GRANTS),
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "prompt_values_supported": ["create"],
        "ui_locales_supported": ["id", "en"],
        # RFC 9207
        "authorization_response_iss_parameter_supported": True,
        "account_management_uri": account_url,
        "account_management_actions_supported": account_actions,
    }


class OAuthRoutes:
    """Registering apps, and giving, renewing and ending tokens."""

    def __init__(self, clients: Clients, *, grants: Grants, device_grant: DeviceGrant, issuer: str) -> None:
        self._clients = clients
        self._grants = grants
        self._device_grant = device_grant
        self._base = issuer.rstrip("/")

    @post(REGISTER, auth="none", limit="oauth", body_limit=32 * 1024)
    async def register(self, request: Request) -> Response:
        """Register an app (RFC 7591)."""
        try:
            body = await request.json()
        except MatrixError as error:
            raise OAuthError("invalid_client_metadata", error.error) from None
        client = await self._clients.register(body, address_block=block(request.client_address))
        told = {name: value for name, value in to_builtins(client.metadata).items() if value is not None}
        return json_response(201, {"client_id": client.client_id, **told}, headers=_NOT_STORED)

    @post(TOKEN, auth="none", limit="oauth")
    async def token(self, request: Request) -> Response:
        """Give tokens for what an app has."""
        parameters = await read_parameters(request)
        kind = needed(parameters, "grant_type")
        if kind not in GRANTS:
            raise OAuthError("unsupported_grant_type", f"The grant_type must be one of {', '.join(GRANTS)}.")
        client = await self._clients.get(needed(parameters, "client_id"))
        return json_response(200, _body(await self._grant(kind, parameters, client=client)), headers=_NOT_STORED)

    async def _grant(self, kind: str, parameters: Mapping[str, str], *, client: Client) -> Granted | Told:
        if kind == REFRESH:
            return await self._grants.by_refresh_token(client, needed(parameters, "refresh_token"))
        if kind == DEVICE:
            return await self._device_grant.poll(client, needed(parameters, "device_code"))
        assert kind == CODE
        return await self._grants.by_code(
            client,
            code=needed(parameters, "code"),
            redirect_uri=needed(parameters, "redirect_uri"),
            verifier=needed(parameters, "code_verifier"),
        )

    @get(USERINFO, auth="none", limit="oauth")
    async def userinfo(self, request: Request) -> Response:
        """Say who let an app in that asked for that alone (OpenID Connect Core 1.0, 5.3)."""
        told = await self._grants.identities.userinfo(request.bearer_token or "")
        return json_response(200, told, headers=_NOT_STORED)

    @post(REVOKE, auth="none", limit="oauth")
    async def revoke(self, request: Request) -> Response:
        """Log out whatever a token belongs to (RFC 7009)."""
        parameters = await read_parameters(request)
        await self._grants.revoke(needed(parameters, "token"))
        return json_response(200, {}, headers=_NOT_STORED)

    @post(DEVICE_AUTHORIZATION, auth="none", limit="oauth")
    async def authorize_device(self, request: Request) -> Response:
        """Begin to wait for somebody who lets the device in from another one (RFC 8628)."""
        parameters = await read_parameters(request)
        client = await self._clients.get(needed(parameters, "client_id"))
        begun = await self._device_grant.begin(
            client, scope=parameters.get("scope"), place=network_of(request.client_address)
        )
        link = self._base + LINK
        body = {
            "device_code": begun.device_code,
            "user_code": begun.user_code,
            "verification_uri": link,
            # All but the digits, which must be read from the screen of the device itself.
            "verification_uri_complete": f"{link}?user_code={shown(begun.letters)}",
            "expires_in": LIFETIME_MS // 1000,
            "interval": INTERVAL_S,
        }
        return json_response(200, body, headers=_NOT_STORED)


def _body(granted: Granted | Told) -> dict[str, Any]:
    # RFC 6749, 5.1
    if isinstance(granted, Told):
        lifetime_s = identities.LIFETIME_MS // 1000
        return {"access_token": granted.token, "token_type": "Bearer", "expires_in": lifetime_s, "scope": IDENTITY}
    tokens = granted.tokens
    assert tokens.expires_in_ms is not None
    return {
        "access_token": tokens.access_token,
        "token_type": "Bearer",
        "expires_in": tokens.expires_in_ms // 1000,
        "refresh_token": tokens.refresh_token,
        "scope": granted.scope,
    }

"""What an app says of itself when it registers, and what of it is believed. Pure.

Spec: client-server-api#client-metadata. Nothing an app names is fetched. Its name is shown to people with the host
beside it, since a name can be anything.
"""

import unicodedata
from base64 import b32encode
from hashlib import sha256
from typing import Any, Final, Literal

from msgspec import UNSET, Struct, UnsetType, ValidationError, convert, json

from amanat.product.accounts.oauth.errors import OAuthError
from amanat.product.accounts.oauth.redirects import (
    HttpUri,
    http_uri,
    is_below,
    is_domain,
    is_loopback,
    is_private_of,
    matches,
)
from amanat.product.accounts.oauth.scopes import IDENTITY, Scope

CODE: Final = "authorization_code"
REFRESH: Final = "refresh_token"
DEVICE: Final = "urn:ietf:params:oauth:grant-type:device_code"
GRANTS: Final = (CODE, REFRESH, DEVICE)
MAX_NAME: Final = 64
MAX_REDIRECTS: Final = 16


class ClientMetadata(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """What is kept of it, and told back. What nobody asked for and what is not understood is left out."""

    client_uri: str
    redirect_uris: tuple[str, ...] = ()
    application_type: Literal["web", "native"] = "web"
    grant_types: tuple[str, ...] = (CODE, REFRESH)
    response_types: tuple[str, ...] = ("code",)
    token_endpoint_auth_method: Literal["none"] = "none"  # noqa: S105 - it means that there is none
    client_name: str | None = None
    logo_uri: str | None = None
    tos_uri: str | None = None
    policy_uri: str | None = None
    scope: str | UnsetType = UNSET
    """Where it is `openid`, the app never asks for more. Other values are not kept: each sign-in names its scope."""

    @property
    def host(self) -> str:
        """The host of the app's own page."""
        uri = http_uri(self.client_uri)
        assert uri is not None
        return uri.host

    @property
    def client_id(self) -> str:
        """The same for the same app, however often it registers."""
        return b32encode(sha256(self.stored()).digest()[:20]).decode().lower()

    def stored(self) -> bytes:
        """Return it as it is kept."""
        return json.encode(self, order="sorted")

    def has_redirect(self, uri: str) -> bool:
        """Whether people may be sent back to `uri`."""
        return any(matches(registered, uri) for registered in self.redirect_uris)

    def may_ask_for(self, scope: Scope) -> bool:
        """Whether the app has not said that it asks for less."""
        return self.scope is UNSET or scope.is_identity


def stored_metadata(kept: bytes) -> ClientMetadata:
    """Read what was kept."""
    return json.decode(kept, type=ClientMetadata)


def read(body: Any, *, loopback_apps: bool) -> ClientMetadata:
    """Check what an app says of itself. `loopback_apps`: it may also be served by this machine without https."""
    try:
        metadata = convert(body, ClientMetadata, strict=True)
    except ValidationError as error:
        raise _refused(f"The metadata does not have the right shape: {error}.") from None
    _check_name(metadata.client_name)
    home = http_uri(metadata.client_uri)
    if home is None or not _is_home(home, loopback_apps=loopback_apps):
        raise _refused("The client_uri must be an https address with a domain and without a user.")
    for name in ("logo_uri", "tos_uri", "policy_uri"):
        uri = getattr(metadata, name)
        if uri is not None and not _is_site_of(uri, home):
            raise _refused(f"The {name} must be an https address on the host of the client_uri, or below it.")
    _check_redirects(metadata, home)
    return _understood(metadata)


def _check_name(name: str | None) -> None:
    # Marks that turn the direction of writing, and other invisible ones, can make a name look like another.
    if name is not None and (
        not name.strip() or len(name) > MAX_NAME or any(unicodedata.category(sign)[0] == "C" for sign in name)
    ):
        raise _refused(f"The client_name has 1 to {MAX_NAME} characters, all of which can be seen.")


def _is_home(uri: HttpUri, *, loopback_apps: bool) -> bool:
    return (uri.scheme == "https" and is_domain(uri.host)) or (loopback_apps and is_loopback(uri))


def _is_site_of(uri: str, home: HttpUri) -> bool:
    parts = http_uri(uri)
    return parts is not None and parts.scheme == home.scheme and is_below(parts.host, home.host)


def _check_redirects(metadata: ClientMetadata, home: HttpUri) -> None:
    # spec: client-server-api#redirect-uri-validation
    if CODE in metadata.grant_types and not metadata.redirect_uris:
        raise OAuthError("invalid_redirect_uri", "The authorization code grant needs redirect_uris.")
    if CODE in metadata.grant_types and "code" not in metadata.response_types:
        raise _refused("The authorization code grant needs the response type `code`.")
    if len(metadata.redirect_uris) > MAX_REDIRECTS:
        raise OAuthError("invalid_redirect_uri", f"An app has at most {MAX_REDIRECTS} redirect_uris.")
    for uri in metadata.redirect_uris:
        if not _may_redirect(uri, home, native=metadata.application_type == "native"):
            raise OAuthError("invalid_redirect_uri", f"{uri!r} is not among those that this client may use.")


def _may_redirect(uri: str, home: HttpUri, *, native: bool) -> bool:
    if _is_site_of(uri, home):
        return True
    parts = http_uri(uri)
    if not native:
        return False
    if parts is not None:
        return is_loopback(parts) and parts.port is None
    return is_domain(home.host) and is_private_of(uri, home.host)


def _understood(metadata: ClientMetadata) -> ClientMetadata:
    """Drop the values that the server must ignore; what they were is part of no app's id."""
    grants = tuple(grant for grant in GRANTS if grant in metadata.grant_types)
    if not {CODE, DEVICE} & set(grants):
        raise _refused("The client must use the authorization code grant or the device grant.")
    return ClientMetadata(
        client_uri=metadata.client_uri,
        redirect_uris=tuple(dict.fromkeys(metadata.redirect_uris)),
        application_type=metadata.application_type,
        grant_types=grants,
        response_types=("code",) if "code" in metadata.response_types else (),
        client_name=metadata.client_name,
        logo_uri=metadata.logo_uri,
        tos_uri=metadata.tos_uri,
        policy_uri=metadata.policy_uri,
        scope=metadata.scope if metadata.scope == IDENTITY else UNSET,
    )


def _refused(description: str) -> OAuthError:
    return OAuthError("invalid_client_metadata", description)

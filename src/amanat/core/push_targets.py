"""Where a pusher leads: to the push service of a browser, or to the push gateway of an app. Pure.

A pusher whose `data` has an `endpoint` and no `url` is a browser's push subscription (RFC 8030): its `pushkey` is the
subscription's `p256dh` key, `data.auth` its secret, both in base64url. Any other names its gateway in `data.url`.
"""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from msgspec import Struct

from amanat.core import base64url
from amanat.core.errors import InvalidParam

MAX_URL: Final = 2048
GATEWAY_PATH: Final = "/_matrix/push/v1/notify"
_AUTH_BYTES: Final = 16
"""RFC 8291, section 3.2."""
_NOT_THE_APPS: Final = frozenset({"url", "format"})


class BrowserTarget(Struct, frozen=True):
    """A browser's push subscription: where its push service is asked, and what only the browser can open."""

    endpoint: str
    p256dh: bytes
    auth: bytes


class GatewayTarget(Struct, frozen=True):
    """A push gateway, and what the app wants it to be told."""

    url: str
    data: dict[str, Any]


Target: TypeAlias = BrowserTarget | GatewayTarget


def target_of(pushkey: str, data: Mapping[str, Any], *, schemes: frozenset[str] = frozenset({"https"})) -> Target:
    """Return where a pusher leads; raises `InvalidParam` where that is nowhere."""
    if "endpoint" in data and "url" not in data:
        return _browser(pushkey, data, schemes)
    # spec: client-server-api#post_matrixclientv3pushersset
    url = data.get("url")
    if not isinstance(url, str):
        raise InvalidParam("A pusher of kind http needs `data.url`, the address of its push gateway.")
    parts = _address(url, "data.url", schemes)
    if parts.path != GATEWAY_PATH:
        raise InvalidParam(f"The path of `data.url` is {GATEWAY_PATH}.")
    return GatewayTarget(url, {name: value for name, value in data.items() if name not in _NOT_THE_APPS})


def host_of(target: Target) -> str:
    """Return whom a push is handed to."""
    address = target.endpoint if isinstance(target, BrowserTarget) else target.url
    return urlsplit(address).netloc.lower()


def _browser(pushkey: str, data: Mapping[str, Any], schemes: frozenset[str]) -> BrowserTarget:
    endpoint, auth = data["endpoint"], data.get("auth")
    if not isinstance(endpoint, str) or not isinstance(auth, str):
        raise InvalidParam("The pusher of a browser has `data.endpoint` and `data.auth`.")
    _address(endpoint, "data.endpoint", schemes)
    try:
        point, secret = base64url.decode(pushkey), base64url.decode(auth)
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError:
        raise InvalidParam("The `pushkey` of a browser's pusher is its P-256 key, in base64url.") from None
    if len(secret) != _AUTH_BYTES:
        raise InvalidParam(f"`data.auth` stands for {_AUTH_BYTES} bytes, in base64url.")
    return BrowserTarget(endpoint, point, secret)


def _address(url: str, name: str, schemes: frozenset[str]) -> SplitResult:
    """Refuse what is no address of another server."""
    try:
        parts = urlsplit(url)
        # Reading the port is what tells whether it is one.
        named = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        named = False
    if not named or len(url) > MAX_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise InvalidParam(f"`{name}` is no address.")
    if parts.scheme not in schemes:
        raise InvalidParam(f"`{name}` is an https address.")
    return parts

"""Scopes: what an app may do, and on which device. Pure; spec: client-server-api#scope.

Beside the specification's there is one more: `openid` alone tells an app who somebody is, and lets it do nothing.
"""

import re
from typing import Final

from msgspec import Struct

from amanat.product.accounts.oauth.errors import OAuthError

_MATRIX: Final = ("urn:matrix:client:", "urn:matrix:org.matrix.msc2967.client:")
"""The specification's names, and those that apps used before it (MSC2967)."""
FULL: Final = frozenset(f"{prefix}api:*" for prefix in _MATRIX)
IDENTITY: Final = "openid"
"""Named as OpenID Connect names it, of which there is nothing else here: no signed token, and no claims but two."""
_DEVICE: Final = tuple(f"{prefix}device:" for prefix in _MATRIX)
# spec: client-server-api#device-id-allocation
_DEVICE_ID = re.compile(r"(?![A-Za-z0-9+/_-]{43}$)[A-Za-z0-9._~!$&'()*+,;=:@/-]{6,255}")
"""What has the form of a cross-signing key is none."""


class Scope(Struct, frozen=True, kw_only=True):
    """What was asked for and can be given: all of the Client-Server API on one device, or who somebody is.

    For that there is no device, and `device_id` is empty.
    """

    text: str
    device_id: str

    @property
    def is_identity(self) -> bool:
        """Whether it tells who somebody is and allows nothing."""
        return self.text == IDENTITY


def read(asked: str | None) -> Scope:
    """Read what an app asks for; tokens that are not known are passed over, as `openid` beside others."""
    tokens = list(dict.fromkeys((asked or "").split(" ")))
    if tokens == [IDENTITY]:
        return Scope(text=IDENTITY, device_id="")
    full = [token for token in tokens if token in FULL]
    devices = {token: device for token in tokens if (device := _device(token)) is not None}
    if not full:
        raise OAuthError("invalid_scope", "The scope must have urn:matrix:client:api:*.")
    if len(set(devices.values())) != 1:
        raise OAuthError("invalid_scope", "The scope must name one device, as urn:matrix:client:device:ABCDEFGHIJ.")
    (device_id,) = set(devices.values())
    if _DEVICE_ID.fullmatch(device_id) is None:
        raise OAuthError("invalid_scope", "A device id has 6 to 255 letters, digits and marks such as - . _ ~.")
    return Scope(text=" ".join([*full, *devices]), device_id=device_id)


def _device(token: str) -> str | None:
    return next((token.removeprefix(prefix) for prefix in _DEVICE if token.startswith(prefix)), None)

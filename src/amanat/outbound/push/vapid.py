"""Who asks a push service: the server's key and its signed word (RFC 8292)."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from amanat.core import base64url
from amanat.core.keyed_hash import subkey

LASTS_S: Final = 12 * 3600
"""Of the 24 hours that a token may last."""
_RENEWED_S: Final = 3600
MAX_HELD: Final = 256
"""Tokens that are kept, one for each push service; browsers have a handful."""
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256 (FIPS 186-5)."""


class Vapid:
    """Signs for push services, one token per service for half a day."""

    def __init__(self, secret: bytes, *, contact: str, now_ms: Callable[[], int]) -> None:
        """`contact` is where a push service's operator finds ours: a `mailto:` or an https address."""
        key = self._key = _key(secret)
        self._contact = contact
        self._now_ms = now_ms
        self._held: dict[str, tuple[str, int]] = {}
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public_key = base64url.encode(point)

    def authorization(self, endpoint: str) -> str:
        """Return the header that says who asks."""
        parts = urlsplit(endpoint)
        audience, now_s = f"{parts.scheme}://{parts.netloc}", self._now_ms() // 1000
        token, expires_s = self._held.get(audience, ("", 0))
        if expires_s - now_s < _RENEWED_S:
            expires_s = now_s + LASTS_S
            claims = {"aud": audience, "exp": expires_s, "sub": self._contact}
            token = self._signed(claims)
            if len(self._held) >= MAX_HELD:
                self._held.clear()
            self._held[audience] = token, expires_s
        return token

    def _signed(self, claims: dict[str, Any]) -> str:
        from py_vapid import Vapid02  # only who pushes pays for it

        header: str = Vapid02(self._key).sign(claims)["Authorization"]
        return header


def _key(secret: bytes) -> EllipticCurvePrivateKey:
    """Derive the key from the server's secret: it is kept, backed up and restored with it, and never alone.

    Browsers subscribe for this key alone. 512 bits modulo the order are even enough for a key (FIPS 186-5, A.2.1).
    """
    wide = subkey(secret, "push/1") + subkey(secret, "push/2")
    return derive_private_key(int.from_bytes(wide, "big") % (_ORDER - 1) + 1, SECP256R1())

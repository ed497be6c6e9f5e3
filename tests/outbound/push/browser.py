"""A browser that has subscribed: it opens what its push service brings, as RFC 8291 says."""

import os
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import json
from py_vapid import Vapid02

from amanat.core import base64url
from tests.outbound.answering import Asked


class Browser:
    """A subscription at `endpoint`."""

    def __init__(self, endpoint: str) -> None:
        self._key = generate_private_key(SECP256R1())
        self.point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.auth = os.urandom(16)
        self.pushkey = base64url.encode(self.point)
        self.data: dict[str, Any] = {
            "endpoint": endpoint,
            "auth": base64url.encode(self.auth),
            "format": "event_id_only",
        }

    def opens(self, asked: Asked) -> dict[str, Any]:
        """Return what a push says."""
        assert asked.headers["content-encoding"] == "aes128gcm"
        opened: dict[str, Any] = json.decode(
            http_ece.decrypt(asked.body, private_key=self._key, auth_secret=self.auth, version="aes128gcm")
        )
        return opened


def who_asks(asked: Asked, *, key: str) -> dict[str, Any]:
    """Return what a push service reads of who asks it, once it has checked the signature."""
    header = asked.headers["authorization"]
    assert Vapid02.verify(header)
    parts = dict(part.split("=", 1) for part in header.removeprefix("vapid ").split(","))
    assert parts["k"] == key
    claims: dict[str, Any] = json.decode(base64url.decode(parts["t"].split(".")[1]))
    return claims

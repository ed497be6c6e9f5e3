"""People's keys for tests: real Ed25519 pairs, and objects signed by them as clients do."""

import base64
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from amanat.core import canonical_json
from amanat.core.signed_json import without_signatures


def unpadded(data: bytes) -> str:
    return base64.b64encode(data).rstrip(b"=").decode()


class Pair:
    """A key pair, the same for the same name."""

    def __init__(self, name: str) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b".")[:32])
        self.public = unpadded(self._private.public_key().public_bytes_raw())

    def sign(self, value: dict[str, Any], user_id: str, key_name: str | None = None) -> dict[str, Any]:
        """Return the object with this key's signature added."""
        signature = unpadded(self._private.sign(canonical_json.encode(without_signatures(value))))
        signatures = {user: dict(by_key) for user, by_key in value.get("signatures", {}).items()}
        signatures.setdefault(user_id, {})[f"ed25519:{key_name or self.public}"] = signature
        return {**value, "signatures": signatures}


def device(user_id: str, device_id: str, **more: Any) -> dict[str, Any]:
    """Return device keys as a client uploads them."""
    pair = Pair(device_id)
    keys = {
        "user_id": user_id,
        "device_id": device_id,
        "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
        "keys": {f"curve25519:{device_id}": Pair("curve").public, f"ed25519:{device_id}": pair.public},
        **more,
    }
    return pair.sign(keys, user_id, device_id)


def cross_signing_key(user_id: str, use: str, pair: Pair) -> dict[str, Any]:
    """Return an unsigned cross-signing key."""
    return {"user_id": user_id, "usage": [use], "keys": {f"ed25519:{pair.public}": pair.public}}

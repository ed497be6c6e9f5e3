"""Device keys and one-time keys with true signatures, made before the clock runs: a server may check them."""

import base64
import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.matrix import Person

_ALGORITHMS = ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"]


def unpadded_base64(data: bytes) -> str:
    """Encode as Matrix does."""
    return base64.b64encode(data).decode().rstrip("=")


def canonical(value: dict[str, Any]) -> bytes:
    """Encode what a signature covers; our keys hold ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def key_upload(person: Person, *, one_time_keys: int) -> bytes:
    """Make the body of one `keys/upload`: the device's keys and that many one-time keys, all signed by the device."""
    signing = Ed25519PrivateKey.generate()
    key_id = f"ed25519:{person.device_id}"

    def sign(value: dict[str, Any]) -> dict[str, Any]:
        signature = unpadded_base64(signing.sign(canonical(value)))
        return value | {"signatures": {person.user_id: {key_id: signature}}}

    device_keys = {
        "algorithms": _ALGORITHMS,
        "device_id": person.device_id,
        "keys": {
            f"curve25519:{person.device_id}": _curve25519(),
            key_id: unpadded_base64(signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)),
        },
        "user_id": person.user_id,
    }
    one_time = {f"signed_curve25519:AAAA{number:02x}": sign({"key": _curve25519()}) for number in range(one_time_keys)}
    return json.dumps({"device_keys": sign(device_keys), "one_time_keys": one_time}).encode()


def _curve25519() -> str:
    # Any 32 bytes are a Curve25519 public key; nobody here makes a session with it.
    return unpadded_base64(os.urandom(32))

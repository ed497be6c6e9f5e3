"""A device's identity keys: what may be uploaded. Pure; spec: client-server-api#device-keys."""

from typing import Any

import msgspec

from amanat.core.errors import BadJson, InvalidParam
from amanat.core.signed_json import check_signature, is_key, is_signature, signatures_by, without_signatures

MAX_BYTES = 8192
"""Everybody who shares a room with the device fetches its keys. Real ones have about 500 bytes."""


def check_device_keys(uploaded: dict[str, Any], *, user_id: str, device_id: str) -> dict[str, Any]:
    """Return the keys as they are to be stored, or refuse what is not of this device and signed by it."""
    keys = without_signatures(uploaded)
    if keys.get("user_id") != user_id or keys.get("device_id") != device_id:
        raise InvalidParam("The keys are not of the user and the device that upload them.")
    algorithms = keys.get("algorithms")
    if not isinstance(algorithms, list) or not all(isinstance(each, str) for each in algorithms):
        raise BadJson("`algorithms` is a list of strings.")
    _check_public_keys(keys.get("keys"), device_id)
    check_signature(uploaded, user_id=user_id, key_id=f"ed25519:{device_id}", public_key=ed25519_of(keys))
    # A dehydrated device comes signed by the self-signing key too, which whoever reads it verifies.
    own = signatures_by(uploaded, user_id)
    keys["signatures"] = {user_id: {key_id: made for key_id, made in own.items() if is_signature(made)}}
    if len(msgspec.json.encode(keys)) > MAX_BYTES:
        raise InvalidParam(f"Device keys have at most {MAX_BYTES} bytes.")
    return keys


def ed25519_of(device_keys: dict[str, Any]) -> str:
    """Return the key that the device signs with, of device keys that have been checked."""
    key: str = device_keys["keys"][f"ed25519:{device_keys['device_id']}"]
    return key


def _check_public_keys(public_keys: Any, device_id: str) -> None:
    if not isinstance(public_keys, dict):
        raise BadJson("`keys` is an object of public keys.")
    for key_id, key in public_keys.items():
        algorithm, _, named = key_id.partition(":")
        if named != device_id:
            raise InvalidParam(f"The id of a device's key is its algorithm and {device_id}, not {key_id!r}.")
        if not (is_key(key) if algorithm in ("ed25519", "curve25519") else isinstance(key, str)):
            raise InvalidParam(f"The key {key_id!r} is not 32 bytes in unpadded base64.")
    if f"ed25519:{device_id}" not in public_keys:
        raise InvalidParam("A device has an ed25519 key, which signs the others.")

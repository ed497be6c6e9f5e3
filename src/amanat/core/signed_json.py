"""Keys, and what they sign. Pure; spec: appendices#signing-json."""

import binascii
import re
from typing import Any

from cryptography import exceptions
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from amanat.core import canonical_json
from amanat.core.errors import InvalidParam, InvalidSignature

# 32 and 64 bytes in base64 without its padding. Spec: appendices#unpadded-base64.
_KEY = re.compile(r"[A-Za-z0-9+/]{43}", re.ASCII)
_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{86}", re.ASCII)
_NOT_SIGNED = ("signatures", "unsigned")


def is_key(text: object) -> bool:
    """Whether that is an ed25519 or curve25519 public key: 32 bytes in unpadded base64."""
    return isinstance(text, str) and _KEY.fullmatch(text) is not None


def is_signature(text: object) -> bool:
    """Whether that is an ed25519 signature: 64 bytes in unpadded base64."""
    return isinstance(text, str) and _SIGNATURE.fullmatch(text) is not None


def without_signatures(signed: dict[str, Any]) -> dict[str, Any]:
    """Return the part of an object that a signature covers."""
    return {name: value for name, value in signed.items() if name not in _NOT_SIGNED}


def signatures_by(signed: dict[str, Any], user_id: str) -> dict[str, Any]:
    """Return an object's signatures by that user's keys, by key id, whatever they are worth."""
    signatures = signed.get("signatures", {})
    by_user = signatures.get(user_id, {}) if isinstance(signatures, dict) else None
    if not isinstance(by_user, dict):
        raise InvalidParam("`signatures` is an object of objects: user ids, then key ids.")
    return by_user


def public_key_of(key: Ed25519PrivateKey) -> str:
    """Return the public half of a key, which is also what a cross-signing key is called by."""
    return _unpadded(key.public_key().public_bytes_raw())


def signed_by(value: dict[str, Any], user_id: str, *, key: Ed25519PrivateKey) -> dict[str, Any]:
    """Return an object with that signature of the user's and no other."""
    covered = without_signatures(value)
    signature = _unpadded(key.sign(canonical_json.encode(covered)))
    return covered | {"signatures": {user_id: {f"ed25519:{public_key_of(key)}": signature}}}


def check_signature(signed: dict[str, Any], *, user_id: str, key_id: str, public_key: str) -> None:
    """Refuse an object that the user's key has not signed; `public_key` has passed `is_key`."""
    signature = signatures_by(signed, user_id).get(key_id)
    if signature is None:
        raise InvalidSignature(f"There is no signature by {key_id} of {user_id}.")
    message = canonical_json.encode(without_signatures(signed))
    if not is_signature(signature) or not _verifies(public_key, signature, message):
        raise InvalidSignature(f"The signature by {key_id} of {user_id} is not valid.")


def _unpadded(data: bytes) -> str:
    # spec: appendices#unpadded-base64
    return binascii.b2a_base64(data, newline=False).rstrip(b"=").decode()


def _verifies(public_key: str, signature: str, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(binascii.a2b_base64(public_key + "=")).verify(
            binascii.a2b_base64(signature + "=="), message
        )
    except exceptions.InvalidSignature:
        return False
    return True

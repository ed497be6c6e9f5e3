"""Invites that were first sent to an address: rule 4.4.1 of room versions 10 and 11, 5.4.1 of version 12.

This server sends no such invites; the rule is here so that a room's history can be verified.
Comments give the number less the leading 4 or 5. Spec: rooms/v12#authorisation-rules.
"""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from amanat.core import canonical_json
from amanat.core.errors import Forbidden
from amanat.core.events import Draft
from amanat.core.room_state import RoomState


def authorise_third_party_invite(draft: Draft, state: RoomState, *, target_is_banned: bool) -> None:
    """Refuse an invite that does not answer the room's own invite to an address."""
    if target_is_banned:  # .4.1.1
        raise Forbidden("You cannot invite this person: they are banned from this room.")
    invite = draft.content["third_party_invite"]
    signed = invite.get("signed") if isinstance(invite, dict) else None
    if not isinstance(signed, dict):  # .4.1.2
        raise Forbidden("The third-party invite is not signed.")
    mxid, token = signed.get("mxid"), signed.get("token")
    if not isinstance(mxid, str) or not isinstance(token, str):  # .4.1.3
        raise Forbidden("The signed third-party invite has no mxid or no token.")
    if mxid != draft.state_key:  # .4.1.4
        raise Forbidden("The third-party invite is for somebody else.")
    first = state.get("m.room.third_party_invite", token)
    if first is None:  # .4.1.5
        raise Forbidden("The room has no third-party invite with that token.")
    if first.sender != draft.sender:  # .4.1.6
        raise Forbidden("The third-party invite was sent by somebody else.")
    if not _is_signed_by_any(signed, list(_public_keys(first.content))):  # .4.1.7, .4.1.8
        raise Forbidden("The third-party invite is not signed by a key that the room trusts.")


def _is_signed_by_any(signed: dict[str, Any], keys: list[Ed25519PublicKey]) -> bool:
    """Spec: appendices#checking-for-a-signature."""
    unsigned = {key: value for key, value in signed.items() if key not in ("signatures", "unsigned")}
    message = canonical_json.encode(unsigned)
    return any(_verifies(key, signature, message) for signature in _signatures(signed) for key in keys)


def _verifies(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _signatures(signed: dict[str, Any]) -> Iterator[bytes]:
    by_server = signed.get("signatures")
    for by_key in by_server.values() if isinstance(by_server, dict) else ():
        for signature in by_key.values() if isinstance(by_key, dict) else ():
            decoded = _decode_base64(signature)
            if decoded is not None:
                yield decoded


def _public_keys(content: dict[str, Any]) -> Iterator[Ed25519PublicKey]:
    """One in `public_key` (.4.1.7.1), more in `public_keys` (.4.1.7.2)."""
    listed = content.get("public_keys")
    entries = [content, *(listed if isinstance(listed, list) else ())]
    for entry in entries:
        key = _decode_base64(entry.get("public_key")) if isinstance(entry, dict) else None
        if key is not None and len(key) == 32:
            yield Ed25519PublicKey.from_public_bytes(key)


def _decode_base64(text: Any) -> bytes | None:
    """Identity servers pad or not, and use either alphabet. Spec: appendices#unpadded-base64."""
    if not isinstance(text, str) or not text.isascii():
        return None
    try:
        return base64.b64decode(
            text.replace("-", "+").replace("_", "/").rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
        )
    except binascii.Error:
        return None

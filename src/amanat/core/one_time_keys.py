"""One-time and fallback keys: what may be uploaded. Pure; spec: client-server-api#one-time-and-fallback-keys.

Their signatures are checked for shape only: who claims a key verifies it, and to verify fifty here would cost the
server 5 ms of each upload.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from amanat.core.errors import BadJson, InvalidParam
from amanat.core.identifiers import fits
from amanat.core.signed_json import is_key, is_signature, without_signatures

ALGORITHM = "signed_curve25519"
"""The one kind of one-time key that the specification has. Spec: client-server-api#key-algorithms."""
MAX_HELD = 500
"""Per device. Clients keep 50 or 100 on the server."""
MAX_KEY_BYTES = 1024
"""Ours. Real ones have about 200 bytes, more with a long user id."""


class OneTimeKey(Struct, frozen=True, kw_only=True):
    """A key to be given away once, or a fallback key; `key` is the object as it was uploaded."""

    algorithm: str
    key_id: str
    key: dict[str, Any]


def check_one_time_keys(uploaded: dict[str, Any], *, user_id: str, device_id: str) -> list[OneTimeKey]:
    """Return the keys of an upload, or refuse it for the first that is none."""
    if len(uploaded) > MAX_HELD:
        raise InvalidParam(f"A device has at most {MAX_HELD} one-time keys.")
    signer = f"ed25519:{device_id}"
    return [_checked(name, key, user_id, signer) for name, key in uploaded.items()]


def check_fallback_keys(uploaded: dict[str, Any], *, user_id: str, device_id: str) -> list[OneTimeKey]:
    """Return the fallback keys of an upload: at most one per algorithm."""
    keys = check_one_time_keys(uploaded, user_id=user_id, device_id=device_id)
    if len({key.algorithm for key in keys}) < len(keys):
        raise InvalidParam("There is at most one fallback key per algorithm.")
    return keys


def new_keys(uploaded: list[OneTimeKey], *, stored: Mapping[str, dict[str, Any]], held: int) -> list[OneTimeKey]:
    """Return what an upload adds to the `stored` keys of the same ids; a repeated upload adds nothing.

    An id that comes back with another key means that a client lost its memory: messages to the old key could not be
    read, so it has to be told.
    """
    new = [key for key in uploaded if key.key_id not in stored]
    for key in uploaded:
        if key.key_id in stored and without_signatures(stored[key.key_id]) != without_signatures(key.key):
            raise InvalidParam(f"There is another one-time key {key.algorithm}:{key.key_id} already.")
    if held + len(new) > MAX_HELD:
        raise InvalidParam(f"A device has at most {MAX_HELD} one-time keys.")
    return new


def _checked(name: str, key: Any, user_id: str, signer: str) -> OneTimeKey:
    algorithm, _, key_id = name.partition(":")
    if algorithm != ALGORITHM or not key_id or not fits(name):
        raise InvalidParam(f"A one-time key is called {ALGORITHM}: and its id, not {name[:255]!r}.")
    if not isinstance(key, dict) or not isinstance(key.get("fallback", False), bool):
        raise BadJson(f"The one-time key {name} is an object with `key` and `signatures`.")
    if not is_key(key.get("key")):
        raise InvalidParam(f"The one-time key {name} is not 32 bytes in unpadded base64.")
    if len(msgspec.json.encode(key)) > MAX_KEY_BYTES:
        raise InvalidParam(f"The one-time key {name} has more than {MAX_KEY_BYTES} bytes.")
    try:
        signature = key["signatures"][user_id][signer]
    except (KeyError, TypeError):
        signature = None
    if not is_signature(signature):
        raise InvalidParam(f"The one-time key {name} is not signed by {signer} of {user_id}.")
    return OneTimeKey(algorithm=algorithm, key_id=key_id, key=key)

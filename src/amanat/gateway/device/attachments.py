"""Encrypted attachments: what a file is locked with before it leaves, and what opens it.

spec: client-server-api#sending-encrypted-attachments. Each file has a key and a counter of its own, so the same bytes
that are sent twice look like two files.
"""

import os
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from msgspec import Struct

from amanat.core import base64url

KEY_BYTES: Final = 32
COUNTER_BYTES: Final = 16
_RANDOM_BYTES: Final = 8
"""Of the counter. The other half begins at zero, so that no file is long enough to carry over into these."""


class Locked(Struct, frozen=True):
    """A file as it goes to the server; `lock` is an `EncryptedFile` that lacks only its `url`."""

    content: bytes
    lock: dict[str, Any]

    def __repr__(self) -> str:
        return f"Locked({len(self.content)} bytes)"


def lock(content: bytes, *, mint: Callable[[int], bytes] = os.urandom) -> Locked:
    """Encrypt a file with a new key."""
    key = mint(KEY_BYTES)
    counter = mint(_RANDOM_BYTES) + bytes(COUNTER_BYTES - _RANDOM_BYTES)
    encryptor = Cipher(AES(key), CTR(counter)).encryptor()
    encrypted = encryptor.update(content) + encryptor.finalize()
    jwk = {"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "k": base64url.encode(key), "ext": True}
    hashes = {"sha256": _unpadded(sha256(encrypted).digest())}
    return Locked(encrypted, {"v": "v2", "key": jwk, "iv": _unpadded(counter), "hashes": hashes})


def _unpadded(data: bytes) -> str:
    # spec: appendices#unpadded-base64
    return b64encode(data).decode().rstrip("=")

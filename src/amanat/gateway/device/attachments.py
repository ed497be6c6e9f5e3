"""Encrypted attachments: what a file is locked with before it leaves, and what opens it.

spec: client-server-api#sending-encrypted-attachments. Each file has a key and a counter of its own, so the same bytes
that are sent twice look like two files.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from hmac import compare_digest
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


class NotOpened(Exception):
    """The file is not the one that its message tells of, or its message tells nothing that opens a file."""


class Locked(Struct, frozen=True):
    """A file as it goes to the server; `lock` is an `EncryptedFile` that lacks only its `url`."""

    content: bytes
    lock: dict[str, Any]

    def __repr__(self) -> str:
        return f"Locked({len(self.content)} bytes)"


def lock(content: bytes, *, mint: Callable[[int], bytes] = os.urandom) -> Locked:
    """Encrypt a file with a new key."""
    locking = Locking(mint=mint)
    return Locked(locking.update(content), locking.lock)


class Locking:
    """Encrypts a file with a new key, piece by piece. `lock` is an `EncryptedFile` that lacks only its `url`."""

    def __init__(self, *, mint: Callable[[int], bytes] = os.urandom) -> None:
        self._key = mint(KEY_BYTES)
        self._counter = mint(_RANDOM_BYTES) + bytes(COUNTER_BYTES - _RANDOM_BYTES)
        self._encryptor = Cipher(AES(self._key), CTR(self._counter)).encryptor()
        self._hash = sha256()

    def update(self, piece: bytes) -> bytes:
        """Return the next piece as it goes to the server: of the same length."""
        encrypted = self._encryptor.update(piece)
        self._hash.update(encrypted)
        return encrypted

    @property
    def lock(self) -> dict[str, Any]:
        """What opens all that was encrypted so far."""
        key = base64url.encode(self._key)
        jwk = {"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "k": key, "ext": True}
        hashes = {"sha256": _unpadded(self._hash.digest())}
        return {"v": "v2", "key": jwk, "iv": _unpadded(self._counter), "hashes": hashes}


class Opening:
    """Opens what an `EncryptedFile` tells of, piece by piece; raises `NotOpened` where it tells of nothing."""

    def __init__(self, file: Mapping[str, Any]) -> None:
        try:
            self._key, self._counter = base64url.decode(str(file["key"]["k"])), _padded(str(file["iv"]))
            self._digest = _padded(str(file["hashes"]["sha256"]))
        except (KeyError, TypeError, ValueError):
            raise NotOpened("what should open the file is none") from None
        if len(self._key) != KEY_BYTES or len(self._counter) != COUNTER_BYTES:
            raise NotOpened("what should open the file is none")

    def check(self, digest: bytes) -> None:
        """Raise `NotOpened` where the SHA-256 of what came is not that of what was sent: before anything is opened."""
        if not compare_digest(digest, self._digest):
            raise NotOpened("these are not the bytes that were sent")

    def decryptor(self) -> Callable[[bytes], bytes]:
        """Return what opens one piece after the other, from the first."""
        return Cipher(AES(self._key), CTR(self._counter)).decryptor().update


def unlock(content: bytes, file: Mapping[str, Any]) -> bytes:
    """Return what an `EncryptedFile` opens; raises `NotOpened` where the bytes are not those that were sent."""
    opening = Opening(file)
    opening.check(sha256(content).digest())
    return opening.decryptor()(content)


def _padded(text: str) -> bytes:
    return b64decode(text + "=" * (-len(text) % 4), validate=True)


def _unpadded(data: bytes) -> str:
    # spec: appendices#unpadded-base64
    return b64encode(data).decode().rstrip("=")

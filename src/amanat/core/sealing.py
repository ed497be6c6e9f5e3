"""Sealing what must be read again, a number or an address: AES-256-GCM under a key of the server's secret. Pure."""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES: Final = 12


def seal(key: bytes, plain: str, *, about: str, nonce: bytes) -> bytes:
    """Return `plain` sealed. Give a random `nonce` each time; `about` says whose it is, and is not in the result."""
    return nonce + AESGCM(key).encrypt(nonce, plain.encode(), about.encode())


def unseal(key: bytes, sealed: bytes, *, about: str) -> str | None:
    """Return what was sealed; `None` if it was sealed with another key, about something else, or was changed."""
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, about.encode()).decode()
    except (InvalidTag, ValueError):
        return None

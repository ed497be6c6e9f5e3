"""Hashes that need the server's secret: a stolen database alone can neither make nor test one. Pure."""

import hmac


def subkey(secret: bytes, purpose: str) -> bytes:
    """Derive the key of one purpose from the server's secret, so that what serves one serves no other."""
    return hmac.digest(secret, f"amanat/{purpose}".encode(), "sha256")


def keyed_hash(key: bytes, *parts: str | bytes) -> bytes:
    """Return the keyed hash of some parts; where one part ends and the next begins is part of it."""
    tag = hmac.new(key, digestmod="sha256")
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        tag.update(len(encoded).to_bytes(8, "big"))
        tag.update(encoded)
    return tag.digest()

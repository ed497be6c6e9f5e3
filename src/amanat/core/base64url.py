"""Base64 as it stands in URLs and in WebAuthn: RFC 4648, section 5, without padding."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encode(data: bytes) -> str:
    """Write bytes as text."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    """Read them back, padded or not; raises ValueError."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # The library passes over characters that do not belong; then two texts would be the same bytes.
    if encode(data) != text.rstrip("="):
        raise ValueError("This is no base64url.")
    return data

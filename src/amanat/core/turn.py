"""Credentials for a relay of calls that shares a secret with us. Pure; spec: client-server-api#voice-over-ip.

A user name that says until when it is good, and its HMAC as the password: what coturn calls `use-auth-secret`.
"""

import base64
import hashlib
import hmac


def credentials(secret: str, *, user_id: str, expires_s: int) -> tuple[str, str]:
    """Return user name and password that the relay accepts until a time."""
    username = f"{expires_s}:{user_id}"
    # SHA-1 is the relay's choice; as an HMAC over a name that we make it is sound.
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return username, base64.b64encode(digest).decode()

"""Web Push: the built-in gateway. A browser's push service carries what only the browser can open (RFC 8030, 8291)."""

from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from msgspec import json

from amanat.core import base64url
from amanat.core.keyed_hash import keyed_hash, subkey
from amanat.core.push_targets import BrowserTarget
from amanat.outbound.http import HttpAnswer
from amanat.outbound.push.push import End, Outcome, Push
from amanat.outbound.push.vapid import Vapid

PAYLOAD_BYTES: Final = 256
"""Every payload is as long as this, so that the push service does not learn the counts by its length."""
KEPT_S: Final = 24 * 3600
"""How long a push service keeps a push for a browser that is not running."""
_TOPIC_BYTES: Final = 24
"""32 characters, the longest that RFC 8030 allows."""


class WebPush:
    """Makes the requests of Web Push."""

    def __init__(self, vapid: Vapid, *, secret: bytes) -> None:
        self._vapid = vapid
        self._topics = subkey(secret, "push/topics")

    def request(self, target: BrowserTarget, push: Push) -> tuple[Mapping[str, str], bytes]:
        """Return the headers and the body that a push service is sent."""
        headers = {
            "authorization": self._vapid.authorization(target.endpoint),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(KEPT_S),
            "urgency": "high" if push.urgent else "normal",
        }
        if push.room_id is not None:
            headers["topic"] = self._topic(target, push.room_id)
        return headers, _encrypted(target, payload(push))

    def _topic(self, target: BrowserTarget, room_id: str) -> str:
        """Let a newer push of a room replace one that waits; no two browsers have the same name for a room."""
        return base64url.encode(keyed_hash(self._topics, target.endpoint, room_id)[:_TOPIC_BYTES])


def payload(push: Push) -> bytes:
    """Return what the browser opens: JSON, as long as all others."""
    said: dict[str, Any] = {"unread": push.unread, "room_unread": push.room_unread}
    said |= {name: getattr(push, name) for name in ("event_id", "room_id") if getattr(push, name) is not None}
    return json.encode(said).ljust(PAYLOAD_BYTES)


def outcome_of(answer: HttpAnswer) -> Outcome:
    """Read a push service's answer."""
    if answer.is_good:
        return Outcome(End.DELIVERED)
    if answer.status in (404, 410):
        # RFC 8030, section 7.3: the subscription has ended.
        return Outcome(End.GONE)
    if answer.status == 429 or answer.status >= 500:
        return Outcome(End.LATER, answer.retry_after_s)
    return Outcome(End.REFUSED)


def _encrypted(target: BrowserTarget, content: bytes) -> bytes:
    import http_ece  # only who pushes pays for it

    body: bytes = http_ece.encrypt(
        content,
        private_key=generate_private_key(SECP256R1()),
        dh=target.p256dh,
        auth_secret=target.auth,
        version="aes128gcm",
    )
    return body

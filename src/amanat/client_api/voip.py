"""The relay for calls. Spec: client-server-api#voice-over-ip."""

from collections.abc import Callable, Sequence
from typing import Any

from amanat.core.requester import Requester
from amanat.core.turn import credentials
from amanat.edge.request import Request
from amanat.edge.routes import get

TTL_S = 86_400
"""How long credentials are good: longer than any call."""


class VoipRoutes:
    """`/voip/turnServer`."""

    def __init__(self, *, turn_uris: Sequence[str], turn_secret: str | None, now_ms: Callable[[], int]) -> None:
        self._turn_uris = list(turn_uris)
        self._turn_secret = turn_secret
        self._now_ms = now_ms

    @get("/_matrix/client/v3/voip/turnServer", spec="getTurnServer")
    async def get_turn_server(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with credentials; without a relay with nothing, which clients understand."""
        if self._turn_secret is None or not self._turn_uris:
            return {}
        expires_s = self._now_ms() // 1000 + TTL_S
        username, password = credentials(self._turn_secret, user_id=requester.user_id, expires_s=expires_s)
        return {"username": username, "password": password, "uris": self._turn_uris, "ttl": TTL_S}

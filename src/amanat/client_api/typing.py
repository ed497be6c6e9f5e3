"""Typing notifications. Spec: client-server-api#typing-notifications."""

from typing import Any

from msgspec import Struct

from amanat.core.errors import Forbidden
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import put
from amanat.handlers.typing import Typing

DEFAULT_MS = 30_000
"""Where the client does not say."""


class TypingBody(Struct):
    typing: bool
    timeout: int = DEFAULT_MS


class TypingRoutes:
    """`/typing`."""

    def __init__(self, typing: Typing) -> None:
        self._typing = typing

    @put("/_matrix/client/v3/rooms/{roomId}/typing/{userId}", spec="setTyping", allows="free")
    async def set_typing(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Say that one types, or has stopped."""
        if request.params["userId"] != requester.user_id:
            raise Forbidden("People say for themselves that they are typing.")
        body = await request.struct(TypingBody)
        await self._typing.set(
            requester, room_id=request.params["roomId"], typing=body.typing, timeout_ms=max(body.timeout, 0)
        )
        return {}

"""The key by which browsers know this server's pushes. It stands beside the specification: RFC 8292."""

from collections.abc import Callable

from msgspec import Struct

from amanat.core.errors import NotFound
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get


class PushKey(Struct, frozen=True):
    """What a browser subscribes with: `applicationServerKey`, in base64url."""

    key: str


class PushKeyRoutes:
    """`/push/key`."""

    def __init__(self, key: Callable[[], str] | None) -> None:
        """`key` is asked once the server's secret is known; without one, browsers are not pushed to."""
        self._key = key

    @get("/_amanat/v1/push/key", limit="read")
    async def get_push_key(self, _request: Request, _requester: Requester) -> PushKey:
        """Answer with the key that a browser subscribes for."""
        if self._key is None:
            raise NotFound("This server does not push to browsers.")
        return PushKey(self._key())

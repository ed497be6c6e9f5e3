"""`/notifications`. Spec: client-server-api#listing-notifications."""

from amanat.client_api import paging
from amanat.core.errors import InvalidParam
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.notifications import NotificationList, Notifications


class NotificationRoutes:
    """What somebody has been notified of."""

    def __init__(self, notifications: NotificationList) -> None:
        self._notifications = notifications

    @get("/_matrix/client/v3/notifications", spec="getNotifications")
    async def get_notifications(self, request: Request, requester: Requester) -> Notifications:
        """Answer with one page."""
        return await self._notifications.page(
            requester,
            before=_position(request.query("from")),
            limit=paging.limit(request),
            only_highlights=request.query("only") == "highlight",
        )


def _position(token: str | None) -> int | None:
    if not token:
        return None
    if not (token.isascii() and token.isdigit() and len(token) <= 18):
        raise InvalidParam("This is not a token that this server has given.")
    return int(token)

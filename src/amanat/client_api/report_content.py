"""Reports. Spec: client-server-api#reporting-content."""

from typing import Any

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.report_content import Reports


class ReportBody(Struct):
    reason: str


class EventReportBody(Struct):
    reason: str = ""


class ReportContentRoutes:
    """`/report`, of rooms, events and people."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports

    @post("/_matrix/client/v3/rooms/{roomId}/report", spec="reportRoom")
    async def report_room(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Report a room."""
        body = await request.struct(ReportBody)
        await self._reports.room(requester, room_id=request.params["roomId"], reason=body.reason)
        return {}

    @post("/_matrix/client/v3/rooms/{roomId}/report/{eventId}", spec="reportEvent")
    async def report_event(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Report an event."""
        body, params = await request.struct(EventReportBody), request.params
        await self._reports.event(requester, room_id=params["roomId"], event_id=params["eventId"], reason=body.reason)
        return {}

    @post("/_matrix/client/v3/users/{userId}/report", spec="reportUser")
    async def report_user(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Report a person."""
        body = await request.struct(ReportBody)
        await self._reports.user(requester, user_id=request.params["userId"], reason=body.reason)
        return {}

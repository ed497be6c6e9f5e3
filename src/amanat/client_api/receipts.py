"""Receipts and read markers. Spec: client-server-api#receipts, client-server-api#fully-read-markers."""

from typing import Any

from amanat.core.errors import BadJson
from amanat.core.receipts import KINDS
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.receipts import Receipts


class ReceiptRoutes:
    """`/receipt` and `/read_markers`."""

    def __init__(self, receipts: Receipts) -> None:
        self._receipts = receipts

    @post("/_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}", spec="postReceipt")
    async def post_receipt(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Move one receipt."""
        body = await request.json(optional=True)
        if not isinstance(body, dict):
            raise BadJson("The body is a JSON object.")
        params = request.params
        await self._receipts.send(
            requester, room_id=params["roomId"], kind=params["receiptType"], event_id=params["eventId"], body=body
        )
        return {}

    @post("/_matrix/client/v3/rooms/{roomId}/read_markers", spec="setReadMarker")
    async def set_read_marker(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Move the read marker, and receipts along with it."""
        body = await request.json()
        if not isinstance(body, dict):
            raise BadJson("The body is a JSON object.")
        markers = {kind: body[kind] for kind in KINDS if body.get(kind) is not None}
        if not all(isinstance(event_id, str) for event_id in markers.values()):
            raise BadJson("A marker is an event id.")
        await self._receipts.send_markers(requester, room_id=request.params["roomId"], markers=markers)
        return {}

"""Sending events, state and redactions. Spec: client-server-api#sending-events-to-a-room."""

from typing import Any

from msgspec import Struct

from amanat.core.errors import BadJson, InvalidParam
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import put
from amanat.handlers.send import Sending


class RedactBody(Struct):
    reason: str | None = None


class RoomSendRoutes:
    """`/rooms/{roomId}/send`, `/state` and `/redact`."""

    def __init__(self, sending: Sending) -> None:
        self._sending = sending

    @put("/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}", limit="send", spec="sendMessage", allows="free")
    async def send_message(self, request: Request, requester: Requester) -> dict[str, str]:
        """Send a message event."""
        params = request.params
        event_id = await self._sending.send(
            requester,
            room_id=params["roomId"],
            event_type=_type(params["eventType"]),
            transaction_id=_transaction(params["txnId"]),
            content=await _content(request),
        )
        return {"event_id": event_id}

    @put(
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}",
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/",
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
        limit="send",
        spec="setRoomStateWithKey",
        allows="free",
    )
    async def set_room_state(self, request: Request, requester: Requester) -> dict[str, str]:
        """Set a piece of room state."""
        params = request.params
        event_id = await self._sending.set_state(
            requester,
            room_id=params["roomId"],
            event_type=_type(params["eventType"]),
            state_key=params.get("stateKey", ""),
            content=await _content(request),
        )
        return {"event_id": event_id}

    @put("/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}", limit="send", spec="redactEvent")
    async def redact(self, request: Request, requester: Requester) -> dict[str, str]:
        """Redact an event."""
        body = await request.struct(RedactBody, optional=True)
        event_id = await self._sending.redact(
            requester,
            room_id=request.params["roomId"],
            event_id=request.params["eventId"],
            transaction_id=_transaction(request.params["txnId"]),
            reason=body.reason,
        )
        return {"event_id": event_id}


async def _content(request: Request) -> dict[str, Any]:
    content = await request.json()
    if not isinstance(content, dict):
        raise BadJson("The content of an event is a JSON object.")
    return content


def _type(event_type: str) -> str:
    if not fits(event_type):
        raise InvalidParam("An event type has at most 255 bytes and no U+0000.")
    return event_type


def _transaction(transaction_id: str) -> str:
    if not fits(transaction_id):
        raise InvalidParam("A transaction id has at most 255 bytes and no U+0000.")
    return transaction_id

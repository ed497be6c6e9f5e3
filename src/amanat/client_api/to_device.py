"""Messages to devices. Spec: client-server-api#send-to-device-messaging."""

from typing import Any

from msgspec import Struct

from amanat.core.errors import InvalidParam
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import put
from amanat.handlers.to_device import Messages, ToDevice


class _Body(Struct, frozen=True, kw_only=True):
    messages: Messages


class ToDeviceRoutes:
    """`/sendToDevice`."""

    def __init__(self, to_device: ToDevice) -> None:
        self._to_device = to_device

    # Some clients send a room key to all devices of a large room in one request: 5,000 messages of 800 bytes.
    @put(
        "/_matrix/client/v3/sendToDevice/{eventType}/{txnId}",
        body_limit=8 * 1024 * 1024,
        spec="sendToDevice",
    )
    async def send(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Send messages to devices."""
        event_type, transaction_id = request.params["eventType"], request.params["txnId"]
        if not fits(event_type) or not fits(transaction_id):
            raise InvalidParam("A type and a transaction id have at most 255 bytes and no U+0000.")
        body = await request.struct(_Body)
        await self._to_device.send(
            requester, event_type=event_type, transaction_id=transaction_id, messages=body.messages
        )
        return {}

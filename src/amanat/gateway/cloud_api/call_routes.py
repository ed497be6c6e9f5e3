"""`/{phone}/call_permissions`: whether somebody has said that the business may ring them. No call is carried here.

Source: developers.facebook.com, "User call permissions".
"""

from typing import Any

from amanat.edge.routes import get
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.events import MAY_CALL_S
from amanat.gateway.cloud_api.sending import Sending
from amanat.gateway.cloud_api.visits import Visit, Visits, for_bots


class CallRoutes:
    """What people let bots do about calls."""

    def __init__(self, visits: Visits, *, sending: Sending) -> None:
        self.visits = visits
        self._sending = sending

    @get("/{version}/{node}/call_permissions", auth="none")
    @for_bots("phone")
    async def permissions(self, visit: Visit) -> dict[str, Any]:
        """Say what one person has answered last, as long as it holds."""
        named = visit.request.query("user_wa_id") or visit.request.query("recipient") or ""
        if not named:
            raise GraphError(131008, "The parameter user_wa_id or recipient is required.")
        chat = await self._sending.chat_with(visit.line, named)
        held = await visit.line.consent(chat.number, "calls")
        until_s = held.ts // 1000 + MAY_CALL_S
        may = held.answer == "yes" and visit.line.now_ms() // 1000 < until_s
        permission = {"status": "temporary", "expiration_time": until_s} if may else {"status": "no_permission"}
        return {
            "messaging_product": "whatsapp",
            "permission": permission,
            "actions": [
                {"action_name": "send_call_permission_request", "can_perform_action": True, "limits": []},
                {"action_name": "start_call", "can_perform_action": False, "limits": []},
            ],
        }

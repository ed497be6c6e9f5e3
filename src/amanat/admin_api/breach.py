"""Whom a breach concerns, for the operator who must tell them."""

from typing import Any

from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.product.rights.affected import Breaches


class BreachAdminRoutes:
    """`/breach/affected`."""

    def __init__(self, breaches: Breaches) -> None:
        self._breaches = breaches

    @get("/breach/affected", auth="none")
    async def affected(self, request: Request) -> Any:
        """Return a page of people and which of their data; `next` is what to ask for the one after it."""
        people, following = await self._breaches.page(
            request.query_required("kind"),
            partner_id=request.query("partner"),
            since_ts=request.query_int("since", 0, minimum=0),
            after=request.query("after") or "",
        )
        return {"affected": people, "next": following}

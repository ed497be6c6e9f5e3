"""What people told the office, over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta, Struct

from amanat.edge.routes import get, post
from amanat.gateway.desk.acts import MAX_TEXT
from amanat.gateway.desk.errors import WrongValue
from amanat.gateway.desk.visits import AGENTS, SERVICE, Visit, Visits, for_staff

State = Literal["open", "answered", "closed"]


class _Change(Struct, frozen=True):
    state: State
    answer: Annotated[str, Meta(max_length=MAX_TEXT)] = ""


class TicketRoutes:
    """Complaints, praise and ideas."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get(f"{SERVICE}/tickets", auth="none")
    @for_staff(AGENTS)
    async def list_tickets(self, visit: Visit) -> dict[str, Any]:
        """List those in a state."""
        state = visit.request.query("state") or "open"
        if state not in get_args(State):
            raise WrongValue("state is one of open, answered and closed.")
        return {"tickets": await visit.office.tickets.in_state(state)}

    @post(f"{SERVICE}/tickets/{{number}}", auth="none")
    @for_staff(AGENTS)
    async def change(self, visit: Visit) -> Mapping[str, Any]:
        """Put one into a state, with or without an answer."""
        wanted = await visit.request.struct(_Change)
        number = visit.request.params["number"]
        return await visit.office.tickets.change(visit.member, number, state=wanted.state, answer=wanted.answer.strip())

"""The list of the staff and the audit trail, over HTTP, for leads."""

from typing import Any, Final

from msgspec import Struct

from amanat.core.identifiers import server_of
from amanat.edge.routes import delete, get, put
from amanat.gateway.desk import trail
from amanat.gateway.desk.errors import NoSuch, WrongValue
from amanat.gateway.desk.office import Office
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.desk.staff import Role, WrongStaff
from amanat.gateway.desk.visits import AGENTS, LEADS, SERVICE, Visit, Visits, for_staff

STAFF: Final = f"{SERVICE}/staff"
MEMBER: Final = f"{STAFF}/{{user}}"


class _Role(Struct, frozen=True):
    role: Role


class StaffRoutes:
    """Who is of the staff, and what they did."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get(STAFF, auth="none")
    @for_staff(LEADS)
    async def list_staff(self, visit: Visit) -> dict[str, Any]:
        """List everybody."""
        members = visit.seat.staff.members()
        names = await visit.seat.names.of([member.user_id for member in members])
        staff = [{"user_id": each.user_id, "name": names[each.user_id], "role": each.role} for each in members]
        return {"staff": staff}

    @put(MEMBER, auth="none")
    @for_staff(LEADS)
    async def put_member(self, visit: Visit) -> dict[str, Any]:
        """Give somebody a role."""
        role, user_id = (await visit.request.struct(_Role)).role, visit.request.params["user"]
        if server_of(user_id) != visit.seat.server_name:
            raise WrongValue(f"The staff of this service are people of {visit.seat.server_name}.")
        try:
            visit.seat.staff.put(user_id, role, keeps_lead=True)
        except WrongStaff as wrong:
            raise WrongValue(str(wrong)) from None
        await self._changed(visit, user_id)
        return {}

    @delete(MEMBER, auth="none")
    @for_staff(LEADS)
    async def remove_member(self, visit: Visit) -> dict[str, Any]:
        """Take somebody's role away; their chats wait for another."""
        user_id = visit.request.params["user"]
        try:
            was_there = visit.seat.staff.remove(user_id, keeps_lead=True)
        except WrongStaff as wrong:
            raise WrongValue(str(wrong)) from None
        if not was_there:
            raise NoSuch
        await self._changed(visit, user_id)
        return {}

    @get(f"{SERVICE}/trail", auth="none")
    @for_staff(LEADS)
    async def trail(self, visit: Visit) -> dict[str, Any]:
        """List what was done, the latest first."""
        before = visit.request.query_int("before", MAX_POSITION, minimum=0, maximum=MAX_POSITION)
        rows = await trail.before(visit.seat.store, before)
        names = await visit.seat.names.of({row.who for row in rows})
        acts = [
            trail.Act(
                position=row.position, ts=row.ts, who=row.who, who_name=names[row.who], what=row.what, about=row.about
            )
            for row in rows
        ]
        return {"acts": acts}

    async def _changed(self, visit: Visit, user_id: str) -> None:
        seat = visit.seat
        role = seat.staff.role_of(user_id)
        await seat.note(visit.member, "staff_changed", about=f"{user_id} {role or '-'}")
        if role not in AGENTS and isinstance(seat, Office):
            await seat.acts.let_go_all(user_id, by=visit.member)
        seat.changes.tell("staff")

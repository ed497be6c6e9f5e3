"""The day's appointments over HTTP: the list, the check-in, and people without an appointment."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import quote

from msgspec import Meta, Struct

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.gateway.desk.errors import NoSuch, WrongValue
from amanat.gateway.desk.joints import Days, Shown
from amanat.gateway.desk.visits import AGENTS, HEADERS, SERVICE, Visit, Visits, for_staff

DAY: Final = f"{SERVICE}/days/{{place}}/{{date}}"
APPOINTMENT: Final = f"{SERVICE}/appointments/{{number}}"
Name = Annotated[str, Meta(max_length=200)]
_CSV: Final = ".csv"


class _CheckIn(Struct, frozen=True):
    ticket: Annotated[str, Meta(max_length=1000)] = ""
    number: Annotated[str, Meta(max_length=40)] = ""
    came_ts: Annotated[int, Meta(ge=0)] | None = None


class _WalkIn(Struct, frozen=True):
    place: Name
    service: Name
    name: Name = ""
    txn_id: Annotated[str, Meta(max_length=64)] = ""


class DayRoutes:
    """The front desk."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get(DAY, auth="none")
    @for_staff(AGENTS)
    async def day(self, visit: Visit) -> Mapping[str, Any] | Response:
        """Return a day at a place, as JSON or, where its name ends so, as a table."""
        place, date = visit.request.params["place"], visit.request.params["date"]
        if date.endswith(_CSV):
            return await self._csv(visit, place, date.removesuffix(_CSV))
        return await _days(visit).day(place, date)

    async def _csv(self, visit: Visit, place: str, date: str) -> Response:
        language = visit.request.query("language") or visit.office.speech.about().languages[0]
        table = await _days(visit).csv(place, date, language=language)
        await visit.office.note(visit.member, "day_exported", about=f"{place} {date}")
        name = quote(f"{place}-{date}.csv")
        own = [
            (b"content-type", b"text/csv; charset=utf-8"),
            (b"content-disposition", f"attachment; filename*=UTF-8''{name}".encode()),
        ]
        # A spreadsheet takes a file for UTF-8 that says so at its head.
        return Response(200, table.encode("utf-8-sig"), [*own, *HEADERS[1:]])

    @post(f"{SERVICE}/check_in", auth="none")
    @for_staff(AGENTS)
    async def check_in(self, visit: Visit) -> Mapping[str, Any]:
        """Put somebody in line."""
        wanted = await visit.request.struct(_CheckIn)
        if bool(wanted.ticket) == bool(wanted.number):
            raise WrongValue("Give a ticket or a number.")
        shown = Shown(ticket=wanted.ticket, number=wanted.number)
        return await _days(visit).check_in(visit.member, shown, came_ms=wanted.came_ts)

    @post(f"{APPOINTMENT}/serve", auth="none")
    @for_staff(AGENTS)
    async def serve(self, visit: Visit) -> Mapping[str, Any]:
        """Call somebody from the line."""
        return await _days(visit).serve(visit.member, visit.request.params["number"])

    @post(f"{APPOINTMENT}/no_show", auth="none")
    @for_staff(AGENTS)
    async def no_show(self, visit: Visit) -> Mapping[str, Any]:
        """Say that somebody did not come."""
        return await _days(visit).no_show(visit.member, visit.request.params["number"])

    @post(f"{APPOINTMENT}/undo", auth="none")
    @for_staff(AGENTS)
    async def undo(self, visit: Visit) -> Mapping[str, Any]:
        """Take back the last that was done with a visit."""
        return await _days(visit).undo(visit.member, visit.request.params["number"])

    @post(f"{APPOINTMENT}/excuse", auth="none")
    @for_staff(AGENTS)
    async def excuse(self, visit: Visit) -> Mapping[str, Any]:
        """Let a missed visit count for nothing."""
        return await _days(visit).excuse(visit.member, visit.request.params["number"])

    @post(f"{SERVICE}/walk_ins", auth="none")
    @for_staff(AGENTS)
    async def walk_in(self, visit: Visit) -> Mapping[str, Any]:
        """Give somebody without an appointment a number."""
        wanted = await visit.request.struct(_WalkIn)
        return await _days(visit).walk_in(
            visit.member, place=wanted.place, service=wanted.service, name=wanted.name.strip(), txn_id=wanted.txn_id
        )


def _days(visit: Visit) -> Days:
    days = visit.office.days()
    if days is None:
        raise NoSuch("This service has no appointments.")
    return days

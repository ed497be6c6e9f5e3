"""A small office, and what tests do with it: a store, a clock that is set by hand, and people who ask."""

from datetime import date, datetime
from itertools import count
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from amanat.db.query import Query, Row
from amanat.db.tx import Unit
from amanat.gateway.appointments.booking import Booking
from amanat.gateway.appointments.due import Clock
from amanat.gateway.appointments.front_desk import FrontDesk
from amanat.gateway.appointments.notices import Notice
from amanat.gateway.appointments.reading import FILE, read_agenda
from amanat.gateway.appointments.settings import Agenda
from amanat.gateway.appointments.tables import Appointment, FullDay, Seat
from amanat.gateway.appointments.wishes import Answer, Keys, Wish
from amanat.gateway.office_files.problems import Findings
from amanat.gateway.store.store import GatewayStore

T = TypeVar("T")

ZONE: Final = ZoneInfo("Asia/Jakarta")
KEYS: Final = Keys(bytes(range(32)))

OFFICE: Final = """\
places:
  timur:
    title: {id: Kantor Contoh Timur, en: Sample Office East}
    zone: Asia/Jakarta
    open:
      mon-thu: 08:00-12:00, 13:00-15:00
      fri: 08:00-11:30, 13:30-15:00
    closed: [holidays, closures.ics]
    counters:
      foto: {every: 30 minutes, capacity: 4, walk_in: 1, priority: {elderly: 1}}
services:
  passport:
    title: {id: Paspor, en: Passport}
    code: PSP
    at: timur.foto
    asks: [name]
    ahead: {from: 1 hour, to: 14 days}
    hold: 10 minutes
    early: 30 minutes
    no_show: {after: 15 minutes, strikes: 2, block: 7 days}
"""
CLOSURES: Final = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Contoh//ID\r\nBEGIN:VEVENT\r\nUID:1@contoh.example\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261127\r\nSUMMARY:Libur\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

SEATS_OF_ALL: Final = Query(
    "seats_of_all", Seat, sql="SELECT counter, day, starts_ms, seat, channel, number FROM appointment_seats"
)
FULL_DAYS: Final = Query("all_full_days", FullDay, sql="SELECT counter, day, released, grid FROM appointment_full_days")
ALL: Final = Query("all_appointments", Appointment, sql="SELECT * FROM appointments ORDER BY number")


def at(moment: str) -> int:
    """Return a moment in Jakarta, such as 2026-11-23 09:00, in milliseconds."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=ZONE).timestamp() * 1000)


NOW_MS: Final = at("2026-11-23 07:00")
"""A Monday."""


def edited(*edits: tuple[str, str], closures: str = "DTSTART;VALUE=DATE:20261127") -> Agenda:
    """Return the sample with some edits, as a clerk would make them, and another time at which it is closed."""
    content = OFFICE
    for old, new in edits:
        assert old in content, f"the sample has no {old!r}"
        content = content.replace(old, new, 1)
    calendar = CLOSURES.replace("DTSTART;VALUE=DATE:20261127", closures)
    return read_agenda({FILE: content, "closures.ics": calendar}, findings=Findings())[0]


class Office:
    """An office that is open for requests."""

    def __init__(self, store: GatewayStore, agenda: Agenda) -> None:
        self.store = store
        self.agenda = agenda
        self.booking = Booking(agenda, KEYS)
        self.clock = Clock(self.booking)
        self.desk = FrontDesk(self.booking, KEYS)
        self.now_ms = NOW_MS
        self._requests = count(1)

    def under(self, *edits: tuple[str, str]) -> "Office":
        """Return the same office after its settings were edited."""
        return Office(self.store, edited(*edits))

    def wish(self, person: str, day: str = "", **details: Any) -> Wish:
        """Return a new request."""
        request = f"request-{next(self._requests)}"
        wish = Wish(
            request=request,
            service="passport",
            person=KEYS.person(person),
            seed=request.encode().ljust(16, b"."),
            chat=f"!{person}",
            day=date.fromisoformat(day) if day else None,
            language="id",
        )
        return replace(wish, **{**details, "identity": KEYS.identity(details.get("identity", ""))})

    async def do(self, unit: Unit[T]) -> T:
        """Run one unit."""
        return await self.store.write(unit.run, needs=unit.needs)

    async def book(self, person: str, day: str = "", **details: Any) -> Answer:
        """Book for somebody, and return what they are told."""
        answer = await self.do(self.booking.book(self.wish(person, day, **details), now_ms=self.now_ms))
        assert answer is not None
        return answer

    async def move(self, person: str, day: str, **details: Any) -> Answer | None:
        return await self.do(self.booking.move(self.wish(person, day, **details), now_ms=self.now_ms))

    async def cancel(self, person: str) -> Answer | None:
        return await self.do(self.booking.cancel(self.wish(person), now_ms=self.now_ms))

    async def find(self, person: str) -> Answer | None:
        return await self.do(self.booking.find(self.wish(person), now_ms=self.now_ms))

    async def wait(self, person: str, day: str) -> Answer | None:
        return await self.do(self.booking.wait(self.wish(person, day), now_ms=self.now_ms))

    async def pass_to(self, now_ms: int | str) -> list[Notice]:
        """Let time pass to a moment; return what people are told then."""
        self.now_ms = at(now_ms) if isinstance(now_ms, str) else now_ms
        told: list[Notice] = []
        for _ in range(100):
            units = await self.clock.due(self.store, now_ms=self.now_ms)
            if not units:
                return told
            for unit in units:
                notices = await self.do(unit)
                told += notices
        raise AssertionError("what is due never ends")

    async def all(self, query: Query[Row], **parameters: Any) -> list[Row]:
        return await self.store.all(query, **parameters)

    async def check(self) -> None:
        """Hold the tables against each other: every seat is taken by one live appointment, which stands in it."""
        seats = await self.all(SEATS_OF_ALL)
        rows = await self.all(ALL)
        held = {(row.counter, row.day, row.starts_ms, row.seat): row.number for row in rows if row.seat is not None}
        assert len(held) == sum(row.seat is not None for row in rows), "no seat is taken twice"
        assert {(seat.counter, seat.day, seat.starts_ms, seat.seat): seat.number for seat in seats} == held

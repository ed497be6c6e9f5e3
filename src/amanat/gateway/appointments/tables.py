"""The tables of appointments and the questions asked of them. `0003_appointments.sql` says what bounds each.

Persons and identities stand in keys as keyed hashes. `chat`, `details` and `wish` hold what a person said; they go with
their row, some days after the visit.
"""

from typing import Final, Literal

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table

State = Literal["held", "offered", "booked", "arrived", "called", "missed", "gone"]
LIVE: Final = frozenset({"held", "offered", "booked", "arrived"})
"""The states in which an appointment still counts as one.

One that was given up is `gone`, and its row is deleted by a later unit: a batch that deletes it and gives its seat to
somebody else would meet the index that lets a seat be taken once.
"""


class Appointment(Struct, frozen=True):
    """A visit that is held, booked or over. Times are in milliseconds since 1970."""

    person: str
    service: str
    number: str
    state: str
    """One of `State`."""
    channel: str
    counter: str
    day: str
    starts_ms: int
    ends_ms: int
    seat: int | None
    identity: str
    priority: str
    chat: str
    details: bytes
    moves: int
    until_ms: int | None
    """When a hold or an offer lapses."""
    turn_ms: int | None
    """Where somebody who has arrived stands in the line."""
    arrived_ms: int | None
    reminded_ms: int | None
    due_ms: int
    """When something is to be done next: `life.due` says what."""
    displaced_from: str | None = None
    """The counter and day, as `closing.displaced_key` writes them, that the office closed after they were booked."""
    struck: int | None = None
    """Of a missed visit: whether it counts as a strike; it does where nobody has written that down."""
    before: str = ""
    """Of one that was checked in: `booked`, `missed`, or `excused` for one that was missed and did not count."""


class Seat(Struct, frozen=True):
    """A place that is taken."""

    counter: str
    day: str
    starts_ms: int
    seat: int
    channel: str
    number: str


class Identity(Struct, frozen=True):
    """A live appointment of an identity."""

    identity: str
    service: str
    number: str


class Strikes(Struct, frozen=True):
    """How often a person, or an identity, did not come."""

    subject: str
    service: str
    strikes: int
    blocked_until_ms: int
    forget_ms: int


class Request(Struct, frozen=True):
    """What was answered; `None` while a lot is still to be drawn."""

    request: str
    answer: bytes | None
    at_ms: int


class Lot(Struct, frozen=True):
    """A request of the first minute."""

    service: str
    draw_ms: int
    lot: str
    person: str
    request: str
    wish: bytes


class Waiting(Struct, frozen=True):
    """Somebody who waits for a day."""

    service: str
    day: str
    since_ms: int
    person: str
    wish: bytes


class Opening(Struct, frozen=True):
    """A day at which to look for those who wait."""

    counter: str
    day: str
    due_ms: int


class DayClosure(Struct, frozen=True):
    """A day on which a counter is closed after all."""

    counter: str
    day: str
    reason: str
    settled: int


class FullDay(Struct, frozen=True):
    """A day without a seat for the public; `released` if not even among those that are kept for groups until then."""

    counter: str
    day: str
    released: int
    grid: str


class InUse(Struct, frozen=True):
    """A counter at which a service has live appointments, the last of them on `day`."""

    service: str
    counter: str
    day: str


APPOINTMENTS = Table("appointments", Appointment, key=3)
SEATS = Table("appointment_seats", Seat, key=4)
IDENTITIES = Table("appointment_identities", Identity, key=3)
STRIKES = Table("appointment_strikes", Strikes, key=2)
REQUESTS = Table("appointment_requests", Request, key=1)
LOTS = Table("appointment_lots", Lot, key=4)
WAITING = Table("appointment_waiting", Waiting, key=4)
OPENINGS = Table("appointment_openings", Opening, key=2)
CLOSURES = Table("appointment_closures", DayClosure, key=2)
FULL_DAYS = Table("appointment_full_days", FullDay, key=2)

_sql = QueryFile("amanat.gateway.appointments", "appointments")
BY_NUMBER = _sql.query("by_number", Appointment)
OF_DAY = _sql.query("of_day", Appointment)
LINE = _sql.query("line", Appointment)
DUE = _sql.query("due", Appointment)
DUE_LOTS = _sql.query("due_lots", Lot)
DUE_OPENINGS = _sql.query("due_openings", Opening)
WAITING_FOR = _sql.query("waiting_for", Waiting)
ON_CLOSED_DAYS = _sql.query("on_closed_days", Appointment)
UNSETTLED = _sql.query("unsettled", DayClosure)
OLD_REQUESTS = _sql.query("old_requests", Request)
OLD_STRIKES = _sql.query("old_strikes", Strikes)
OLD_WAITING = _sql.query("old_waiting", Waiting)
OLD_CLOSURES = _sql.query("old_closures", DayClosure)
OLD_FULL_DAYS = _sql.query("old_full_days", FullDay)
DISPLACED = _sql.query("displaced", Appointment)
IN_USE = _sql.query("in_use", InUse)

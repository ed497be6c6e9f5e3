"""What an office offers, as `appointments.yaml` says it: places, their counters, and the services that use them."""

from datetime import time
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from amanat.gateway.office_files.calendars import Calendar, Span

Channel = Literal["chat", "walk_in"]
CHANNELS: Final[tuple[Channel, ...]] = ("chat", "walk_in")

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS


class Place(Struct, frozen=True, kw_only=True):
    """Where people come to: a calendar in a time zone."""

    name: str
    title: dict[str, str]
    zone: ZoneInfo
    calendar: Calendar


class Counter(Struct, frozen=True, kw_only=True):
    """What is booked: so many seats in each slot of a place's hours. Services that share it share its seats.

    `id` is `place.counter`. Of a slot's seats, `walk_in` are kept for people without an appointment and `priority` for
    groups; the rest is anybody's.
    """

    id: str
    place: Place
    slot_ms: int
    capacity: int
    capacity_in: dict[Span, int] = {}
    """Seats in slots that begin within these hours, where they differ from `capacity`."""
    walk_in: int = 0
    priority: dict[str, int] = {}
    per_day: dict[str, int] = {}
    """The most that a channel may take of one day."""


class Service(Struct, frozen=True, kw_only=True):
    """What people come for, and the rules of coming."""

    name: str
    title: dict[str, str]
    code: str
    """Its numbers begin with these letters."""
    counters: tuple[str, ...]
    asks: tuple[str, ...] = ()
    """The arguments of a flow that the staff see on the day; others are not kept."""
    identity: str = ""
    """The argument that says who comes, such as an identity number: kept as a keyed hash only."""
    from_ms: int = 0
    """The shortest notice."""
    to_days: int = 14
    """How many days ahead a day can be booked."""
    release: time | None = None
    """When a new day is released, at midnight if nothing is said. With a time, the first minute is drawn by lot."""
    hold_ms: int = 10 * MINUTE_MS
    per_person: int = 1
    per_identity: int = 1
    priority_until_ms: int = DAY_MS
    """So long before its day begins, seats that are kept for groups become everybody's."""
    moves: int = 1
    move_before_ms: int = DAY_MS
    waiting: int = 20
    """The most people who wait for one day."""
    offer_ms: int = 2 * HOUR_MS
    """How long a seat that has become free is kept for the one it is offered to."""
    remind_ms: tuple[int, ...] = (DAY_MS, 2 * HOUR_MS)
    early_ms: int = 0
    """How long before the time people are asked to come."""
    grace_ms: int = 15 * MINUTE_MS
    strikes: int = 0
    """Missed visits after which nothing is booked for `block_ms`; 0 for no such rule."""
    block_ms: int = 7 * DAY_MS
    keep_ms: int = 30 * DAY_MS
    """How long after the visit its personal data are kept."""


class Agenda(Struct, frozen=True, kw_only=True):
    """Everything of `appointments.yaml`, checked."""

    places: dict[str, Place]
    counters: dict[str, Counter]
    services: dict[str, Service]

    def counters_of(self, service: Service, place: str = "") -> tuple[Counter, ...]:
        """Return the counters of a service, at one place or wherever it is offered."""
        counters = (self.counters[name] for name in service.counters)
        return tuple(counter for counter in counters if place in ("", counter.place.name))

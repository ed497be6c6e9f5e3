"""From when on a day can be booked, and until when. Pure."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final, Literal

from amanat.gateway.appointments.settings import MINUTE_MS, Place, Service
from amanat.gateway.appointments.slots import local_day, moment_ms

LOT_MS: Final = MINUTE_MS
"""Who asks within this time of a release is drawn by lot: a fast thumb, or a program, wins nothing."""

_DAY: Final = timedelta(days=1)

Standing = Literal["not_yet", "by_lot", "open"]


def opens_ms(service: Service, place: Place, *, day: date) -> int:
    """Return when a day is released."""
    return moment_ms(place, day - timedelta(days=service.to_days), clock=service.release or time.min)


def standing(service: Service, place: Place, *, day: date, now_ms: int) -> Standing:
    """Return whether a day can be booked already."""
    opens = opens_ms(service, place, day=day)
    if now_ms < opens:
        return "not_yet"
    return "by_lot" if service.release is not None and now_ms < opens + LOT_MS else "open"


def first_start_ms(service: Service, now_ms: int) -> int:
    """Return the earliest start that can be booked now: one that is not over before it could be held."""
    return now_ms + max(service.from_ms, MINUTE_MS)


def days_ahead(service: Service, place: Place, *, now_ms: int) -> Iterator[date]:
    """Yield the days that can be booked without a lot, open or not, in order."""
    day = local_day(place, first_start_ms(service, now_ms))
    last = local_day(place, now_ms) + timedelta(days=service.to_days)
    while last >= day and standing(service, place, day=last, now_ms=now_ms) != "open":
        last -= _DAY
    while day <= last:
        yield day
        day += _DAY


def is_released(service: Service, place: Place, *, day: date, now_ms: int) -> bool:
    """Whether the seats kept for groups are everybody's by now."""
    return now_ms >= released_ms(service, place, day=day)


def released_ms(service: Service, place: Place, *, day: date) -> int:
    """Return when the seats kept for groups become everybody's."""
    return moment_ms(place, day) - service.priority_until_ms

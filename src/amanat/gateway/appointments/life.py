"""The life of an appointment: what may become of it, and what is due next. Pure.

held | offered -> booked -> arrived -> called        a visit
                     |-> missed -> arrived           too late, or not at all
called -> arrived -> booked | missed -> booked       taken back on the day, done by mistake
held | offered | booked -> gone                      lapsed, or cancelled
"""

from datetime import date
from typing import Final, Literal

from msgspec.structs import replace

from amanat.gateway.appointments.settings import MINUTE_MS, Service
from amanat.gateway.appointments.tables import Appointment
from amanat.gateway.appointments.wishes import Visit

Due = Literal["lapse", "remind", "miss", "forget"]

FAIR_MS: Final = 60 * MINUTE_MS
"""No strike for a visit whose time is looked at later than this: the gateway was down, and nobody could be let in."""


def due(appointment: Appointment) -> Due:
    """Return what is to be done at `due_ms`."""
    match appointment.state:
        case "held" | "offered":
            return "lapse"
        case "booked":
            return "remind" if appointment.due_ms < appointment.starts_ms else "miss"
    return "forget"


def next_due_ms(appointment: Appointment, service: Service, *, now_ms: int) -> int:
    """Return when something is to be done next, after now."""
    if appointment.state in ("held", "offered"):
        assert appointment.until_ms is not None
        return appointment.until_ms
    if appointment.state == "gone":
        return now_ms
    if appointment.state == "booked":
        reminders = (appointment.starts_ms - before for before in service.remind_ms)
        return min((at for at in reminders if at > now_ms), default=appointment.starts_ms + service.grace_ms)
    return appointment.ends_ms + service.keep_ms


def booked(appointment: Appointment, service: Service, *, now_ms: int) -> Appointment:
    """Make a hold or an offer an appointment."""
    return _due(replace(appointment, state="booked", until_ms=None), service, now_ms)


def reminded(appointment: Appointment, service: Service, *, now_ms: int) -> Appointment:
    """Note that its reminder was sent; those whose time is over as well are not sent after it."""
    return _due(replace(appointment, reminded_ms=now_ms), service, now_ms)


def missed(appointment: Appointment, service: Service, *, now_ms: int, struck: bool) -> Appointment:
    """Nobody came in time; `struck`: that counts."""
    return _due(replace(appointment, state="missed", struck=int(struck)), service, now_ms)


def counts(appointment: Appointment) -> bool:
    """Whether it is a missed visit that counts as a strike."""
    return appointment.state == "missed" and appointment.struck != 0


def arrived(appointment: Appointment, service: Service, *, now_ms: int) -> Appointment:
    """Put a person in line: by their time, or behind those who were there before if they are late."""
    late = now_ms > appointment.starts_ms + service.grace_ms
    turn_ms = now_ms if late else appointment.starts_ms
    before = "excused" if appointment.state == "missed" and not counts(appointment) else appointment.state
    came = replace(appointment, state="arrived", arrived_ms=now_ms, turn_ms=turn_ms, struck=0, before=before)
    return _due(came, service, now_ms)


def called(appointment: Appointment, service: Service, *, now_ms: int) -> Appointment:
    """It is their turn."""
    return _due(replace(appointment, state="called"), service, now_ms)


def undone(appointment: Appointment, service: Service, *, now_ms: int) -> Appointment | None:
    """Take back the last that was done at the front desk; `None` where that is nothing, or cannot be.

    Whoever was marked as missed is waited for again as long as there is time to come; after it they come late, or are
    excused. People without an appointment were not there before.
    """
    match appointment.state:
        case "called":
            back = replace(appointment, state="arrived")
        case "arrived" if appointment.before in ("booked", "missed", "excused"):
            state, struck = ("booked" if appointment.before == "booked" else "missed"), appointment.before == "missed"
            back = replace(appointment, state=state, struck=int(struck), arrived_ms=None, turn_ms=None, before="")
        case "missed" if now_ms <= appointment.starts_ms + service.grace_ms:
            back = replace(appointment, state="booked", struck=0)
        case _:
            return None
    return _due(back, service, now_ms)


def gone(appointment: Appointment, *, now_ms: int) -> Appointment:
    """Give it up: it stands for no seat any more, and what the person said is forgotten at once."""
    return replace(appointment, state="gone", seat=None, identity="", chat="", details=b"{}", due_ms=now_ms)


def day_of(appointment: Appointment) -> date:
    """Return the day of the visit where it takes place."""
    return date.fromisoformat(appointment.day)


def visit(appointment: Appointment) -> Visit:
    """Return what the person is told of it."""
    return Visit(
        number=appointment.number,
        service=appointment.service,
        counter=appointment.counter,
        starts_ms=appointment.starts_ms,
        ends_ms=appointment.ends_ms,
        moves=appointment.moves,
    )


def _due(appointment: Appointment, service: Service, now_ms: int) -> Appointment:
    return replace(appointment, due_ms=next_due_ms(appointment, service, now_ms=now_ms))

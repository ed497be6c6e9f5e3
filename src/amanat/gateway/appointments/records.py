"""What is written of an appointment: its row, its seat, its identity, always together. Nothing here is read."""

from datetime import date

from msgspec import json
from msgspec.structs import replace

from amanat.db.tx import Tx
from amanat.gateway.appointments import life
from amanat.gateway.appointments.search import Found
from amanat.gateway.appointments.tables import (
    APPOINTMENTS,
    FULL_DAYS,
    IDENTITIES,
    LIVE,
    OPENINGS,
    SEATS,
    Appointment,
    Identity,
    Opening,
    Seat,
    State,
)
from amanat.gateway.appointments.wishes import MAX_DETAIL, Wish


def new(wish: Wish, found: Found, *, number: str) -> Appointment:
    """Return a new appointment in a seat; its state and what follows from it are still to be set."""
    return Appointment(
        person=wish.person,
        service=wish.service,
        number=number,
        state="held",
        channel=wish.channel,
        counter=found.counter.id,
        day=found.day.isoformat(),
        starts_ms=found.slot.starts_ms,
        ends_ms=found.slot.ends_ms,
        seat=found.seat,
        identity=wish.identity,
        priority=wish.priority,
        chat=wish.chat,
        details=json.encode({name: value[:MAX_DETAIL] for name, value in wish.details.items()}),
        moves=0,
        until_ms=None,
        turn_ms=None,
        arrived_ms=None,
        reminded_ms=None,
        due_ms=0,
    )


def walk_in(wish: Wish, today: date) -> Wish:
    """Return the wish of somebody who is there: each is a person of their own, whom no rule about booking concerns."""
    return replace(wish, person=f"walk-in:{wish.request}", channel="walk_in", day=today, hold=False, identity="")


def keep(tx: Tx, appointment: Appointment) -> None:
    """Write an appointment that has a new seat."""
    tx.put(APPOINTMENTS, appointment)
    assert appointment.seat is not None
    tx.put(
        SEATS,
        Seat(
            counter=appointment.counter,
            day=appointment.day,
            starts_ms=appointment.starts_ms,
            seat=appointment.seat,
            channel=appointment.channel,
            number=appointment.number,
        ),
    )
    _list(tx, appointment)


def until(appointment: Appointment, state: State, *, until_ms: int) -> Appointment:
    """Keep a seat for somebody until a moment, when they have to have said yes; never beyond its start."""
    until_ms = min(until_ms, appointment.starts_ms)
    return replace(appointment, state=state, until_ms=until_ms, due_ms=until_ms)


def seated(appointment: Appointment, found: Found, *, moves: int) -> Appointment:
    """Return an appointment in another seat."""
    return replace(
        appointment,
        counter=found.counter.id,
        day=found.day.isoformat(),
        starts_ms=found.slot.starts_ms,
        ends_ms=found.slot.ends_ms,
        seat=found.seat,
        moves=moves,
        reminded_ms=None,
        displaced_from=None,
    )


def leave(tx: Tx, appointment: Appointment, *, now_ms: int) -> None:
    """Give the seat of an appointment free, for those who wait first."""
    if appointment.seat is not None:
        tx.delete(SEATS, appointment.counter, appointment.day, appointment.starts_ms, appointment.seat)
        tx.delete(FULL_DAYS, appointment.counter, appointment.day)
        tx.put(OPENINGS, Opening(counter=appointment.counter, day=appointment.day, due_ms=now_ms))


def give_up(tx: Tx, appointment: Appointment, *, now_ms: int) -> None:
    """End an appointment that nobody came to and nobody will."""
    leave(tx, appointment, now_ms=now_ms)
    _unlist(tx, appointment)
    tx.put(APPOINTMENTS, life.gone(appointment, now_ms=now_ms))


def change(tx: Tx, appointment: Appointment) -> None:
    """Write an appointment that stays in its seat; one that is over no longer counts for its identity."""
    if appointment.state in LIVE:
        _list(tx, appointment)
    else:
        _unlist(tx, appointment)
    tx.put(APPOINTMENTS, appointment)


def _list(tx: Tx, appointment: Appointment) -> None:
    if appointment.identity:
        row = Identity(identity=appointment.identity, service=appointment.service, number=appointment.number)
        tx.put(IDENTITIES, row)


def _unlist(tx: Tx, appointment: Appointment) -> None:
    if appointment.identity:
        tx.delete(IDENTITIES, appointment.identity, appointment.service, appointment.number)

"""The life of an appointment: what is due next in each state."""

import pytest
from msgspec.structs import replace

from amanat.gateway.appointments import life
from amanat.gateway.appointments.tables import Appointment, State
from tests.gateway.appointments.sample import at, edited

SERVICE = edited().services["passport"]
APPOINTMENT = Appointment(
    person="p",
    service="passport",
    number="PSP-7K4M-92XC",
    state="booked",
    channel="chat",
    counter="timur.foto",
    day="2026-11-25",
    starts_ms=at("2026-11-25 08:00"),
    ends_ms=at("2026-11-25 08:30"),
    seat=0,
    identity="i",
    priority="",
    chat="!ani",
    details=b"{}",
    moves=0,
    until_ms=at("2026-11-24 09:10"),
    turn_ms=None,
    arrived_ms=None,
    reminded_ms=None,
    due_ms=0,
)


@pytest.mark.parametrize(
    ("state", "now", "due", "what"),
    [
        ("held", "2026-11-24 09:00", "2026-11-24 09:10", "lapse"),
        ("offered", "2026-11-24 09:00", "2026-11-24 09:10", "lapse"),
        ("booked", "2026-11-23 07:00", "2026-11-24 08:00", "remind"),
        ("booked", "2026-11-24 08:00", "2026-11-25 06:00", "remind"),
        ("booked", "2026-11-25 06:00", "2026-11-25 08:15", "miss"),
        ("arrived", "2026-11-25 08:00", "2026-12-25 08:30", "forget"),
        ("called", "2026-11-25 08:00", "2026-12-25 08:30", "forget"),
        ("missed", "2026-11-25 08:15", "2026-12-25 08:30", "forget"),
        ("gone", "2026-11-24 09:00", "2026-11-24 09:00", "forget"),
    ],
)
def test_each_state_has_something_due(state: State, now: str, due: str, what: str) -> None:
    due_ms = life.next_due_ms(replace(APPOINTMENT, state=state), SERVICE, now_ms=at(now))
    assert due_ms == at(due)
    assert life.due(replace(APPOINTMENT, state=state, due_ms=due_ms)) == what


@pytest.mark.parametrize(
    ("arrives", "turn"),
    [
        ("2026-11-25 07:00", "2026-11-25 08:00"),
        ("2026-11-25 08:15", "2026-11-25 08:00"),
        ("2026-11-25 08:16", "2026-11-25 08:16"),
    ],
)
def test_the_turn_is_by_the_appointment_and_for_the_late_by_their_arrival(arrives: str, turn: str) -> None:
    assert life.arrived(APPOINTMENT, SERVICE, now_ms=at(arrives)).turn_ms == at(turn)


def test_what_is_given_up_holds_no_seat_and_nothing_that_was_said() -> None:
    gone = life.gone(APPOINTMENT, now_ms=1)
    assert (gone.seat, gone.chat, gone.identity, gone.details, gone.due_ms) == (None, "", "", b"{}", 1)
    assert life.visit(gone).number == APPOINTMENT.number

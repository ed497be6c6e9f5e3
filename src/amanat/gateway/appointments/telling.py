"""What a person is told: the values that a flow's texts may name. Dates as 2026-12-03, times as 09:30. Pure."""

from datetime import date

from msgspec.structs import replace

from amanat.gateway.appointments import window
from amanat.gateway.appointments.life import visit
from amanat.gateway.appointments.search import Found
from amanat.gateway.appointments.settings import Agenda, Place, Service
from amanat.gateway.appointments.slots import local_day, local_time
from amanat.gateway.appointments.tables import Appointment
from amanat.gateway.appointments.wishes import Answer, Papers, Visit


def of_visit(outcome: str, appointment: Appointment, *, agenda: Agenda, language: str) -> Answer:
    """Return an answer that tells of an appointment."""
    told = visit(appointment)
    return Answer(outcome=outcome, values=values_of(told, agenda, language=language), visit=told)


def with_ticket(answer: Answer) -> Answer:
    """Return an answer to which its visit's papers belong."""
    return answer if answer.visit is None else replace(answer, papers=Papers(visit=answer.visit))


def without_ticket(answer: Answer, before: Appointment) -> Answer:
    """Return an answer that makes the papers of an appointment void; what was only held or offered has none."""
    if before.state != "booked":
        return answer
    return replace(answer, papers=Papers(visit=visit(before), void=True))


def values_of(told: Visit, agenda: Agenda, *, language: str) -> dict[str, str]:
    """Return what a text may say of a visit: number, date, time, when to `arrive`, and the place's title."""
    place, service = agenda.counters[told.counter].place, agenda.services[told.service]
    return {
        "number": told.number,
        "date": local_day(place, told.starts_ms).isoformat(),
        "time": local_time(place, told.starts_ms),
        "arrive": local_time(place, told.starts_ms - service.early_ms),
        "place": title(place, language),
    }


def of_other(outcome: str, other: Found | None) -> Answer:
    """Return an answer that tells what is free instead."""
    if other is None:
        return Answer(outcome=outcome)
    clock = local_time(other.counter.place, other.slot.starts_ms)
    return Answer(outcome=outcome, values={"next_date": other.day.isoformat(), "next_time": clock})


def of_release(service: Service, place: Place, *, day: date) -> Answer:
    """Return an answer that tells when a day is released."""
    return of_moment("not_yet", place, at_ms=window.opens_ms(service, place, day=day))


def of_moment(outcome: str, place: Place, *, at_ms: int) -> Answer:
    """Return an answer that tells from when on it can be asked again."""
    values = {"next_date": local_day(place, at_ms).isoformat(), "next_time": local_time(place, at_ms)}
    return Answer(outcome=outcome, values=values)


def title(place: Place, language: str) -> str:
    """Return what a place is called in a language, or in the first that it has a title in."""
    return place.title.get(language) or next(iter(place.title.values()))

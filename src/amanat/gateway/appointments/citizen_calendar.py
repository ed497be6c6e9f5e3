"""The calendar file that a citizen gets: one event, with reminders, that a later file of the same number replaces."""

from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from amanat.gateway.appointments.settings import Agenda
from amanat.gateway.appointments.telling import title, values_of
from amanat.gateway.appointments.wishes import Visit

_FIRST_S: Final = 1_767_225_600
"""2026 began."""
_ARRIVE: Final = {"id": "Datanglah pukul {}.", "en": "Please come at {}."}


def calendar_file(visit: Visit, agenda: Agenda, *, language: str, now_ms: int, cancelled: bool = False) -> bytes:
    """Return a visit as iCalendar (RFC 5545): its UID is its number, and each file replaces those made before it."""
    service, place = agenda.services[visit.service], agenda.counters[visit.counter].place
    event = Event()
    event.add("uid", f"{visit.number.lower()}@appointments.amanat")
    event.add("dtstamp", datetime.fromtimestamp(now_ms / 1000, UTC))
    # Not how often it was moved: what the office closed is cancelled, and booked again without a move.
    event.add("sequence", now_ms // 1000 - _FIRST_S)
    # In UTC: a zone by its name would need its whole definition in the file.
    event.add("dtstart", datetime.fromtimestamp(visit.starts_ms / 1000, UTC))
    event.add("dtend", datetime.fromtimestamp(visit.ends_ms / 1000, UTC))
    name = service.title.get(language) or next(iter(service.title.values()))
    event.add("summary", f"{name} · {visit.number}")
    event.add("location", title(place, language))
    if service.early_ms:
        sentence = _ARRIVE.get(language, _ARRIVE["en"])
        event.add("description", sentence.format(values_of(visit, agenda, language=language)["arrive"]))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    for before_ms in () if cancelled else service.remind_ms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{name} · {visit.number}")
        alarm.add("trigger", -timedelta(milliseconds=before_ms))
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Amanat//Appointments//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content

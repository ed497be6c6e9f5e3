"""The calendar file that a citizen gets: one event, with reminders, that a later file of the same number replaces."""

from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event, vCalAddress
from msgspec import Struct

from amanat.gateway.appointments.settings import Agenda
from amanat.gateway.appointments.telling import title, values_of
from amanat.gateway.appointments.wishes import Visit

_FIRST_S: Final = 1_767_225_600
"""2026 began."""
_ARRIVE: Final = {"id": "Datanglah pukul {}.", "en": "Please come at {}."}


class Entry(Struct, frozen=True, kw_only=True):
    """A visit as a calendar shows it, whatever the office changes later. Times are in milliseconds."""

    number: str
    name: str
    place: str
    description: str
    starts_ms: int
    ends_ms: int
    remind_ms: tuple[int, ...]
    made_ms: int
    cancelled: bool
    organizer: str = ""
    """The office's address, a `matrix:` URI; empty in what was put before there was one."""
    organizer_name: str = ""


def entry_of(visit: Visit, agenda: Agenda, *, language: str, now_ms: int, cancelled: bool = False) -> Entry:
    """Return what a calendar shows of a visit."""
    service, place = agenda.services[visit.service], agenda.counters[visit.counter].place
    arrive = _ARRIVE.get(language, _ARRIVE["en"]).format(values_of(visit, agenda, language=language)["arrive"])
    return Entry(
        number=visit.number,
        name=service.title.get(language) or next(iter(service.title.values())),
        place=title(place, language),
        description=arrive if service.early_ms else "",
        starts_ms=visit.starts_ms,
        ends_ms=visit.ends_ms,
        remind_ms=() if cancelled else service.remind_ms,
        made_ms=now_ms,
        cancelled=cancelled,
    )


def calendar_file(entry: Entry) -> bytes:
    """Return an entry as iCalendar (RFC 5545): its UID is the number, and each file replaces those made before it."""
    event = Event()
    event.add("uid", f"{entry.number.lower()}@appointments.amanat")
    event.add("dtstamp", _utc(entry.made_ms))
    # Not how often it was moved: what the office closed is cancelled, and booked again without a move.
    event.add("sequence", entry.made_ms // 1000 - _FIRST_S)
    # In UTC: a zone by its name would need its whole definition in the file.
    event.add("dtstart", _utc(entry.starts_ms))
    event.add("dtend", _utc(entry.ends_ms))
    summary = f"{entry.name} · {entry.number}"
    event.add("summary", summary)
    if entry.organizer:
        event.add("organizer", vCalAddress(entry.organizer), parameters={"cn": entry.organizer_name})
    event.add("location", entry.place)
    if entry.description:
        event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for before_ms in entry.remind_ms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", -timedelta(milliseconds=before_ms))
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Amanat//Appointments//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _utc(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC)

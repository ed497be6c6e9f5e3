"""The list of a day, to be looked at, printed, or opened as a spreadsheet. Pure."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Final

from msgspec import Struct, json

from amanat.gateway.appointments.settings import Agenda
from amanat.gateway.appointments.slots import local_time
from amanat.gateway.appointments.tables import Appointment

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

WORDS: Final = {
    "id": {
        "time": "jam",
        "number": "nomor",
        "service": "layanan",
        "counter": "loket",
        "state": "keadaan",
        "channel": "lewat",
        "priority": "prioritas",
        "arrived": "tiba",
        "chat": "chat",
        "walk_in": "datang langsung",
        "offered": "ditawarkan",
        "booked": "ditunggu",
        "called": "dilayani",
        "missed": "tidak datang",
    },
    "en": {
        "time": "time",
        "number": "number",
        "service": "service",
        "counter": "counter",
        "state": "state",
        "channel": "by",
        "priority": "priority",
        "arrived": "arrived",
        "chat": "chat",
        "walk_in": "walk-in",
        "offered": "offered",
        "booked": "expected",
        "called": "served",
        "missed": "missed",
    },
}
"""What the columns, states and channels are called. `arrived` is a column and a state."""


class Line(Struct, frozen=True, kw_only=True):
    """One visit of a day, as the staff see it."""

    time: str
    number: str
    service: str
    counter: str
    state: str
    channel: str
    priority: str
    arrived: str
    details: dict[str, str]


def lines_of(appointments: Iterable[Appointment], agenda: Agenda) -> list[Line]:
    """Return the lines of a day, in the order of the appointments."""
    return [_line(appointment, agenda) for appointment in appointments]


class Called(Struct, frozen=True, kw_only=True):
    """What details are called, and what they hold that a menu offered: each by language, where there are words."""

    names: Mapping[str, Mapping[str, str]] = {}
    options: Mapping[str, Mapping[str, Mapping[str, str]]] = {}


def csv_of(lines: list[Line], *, language: str, called: Called) -> str:
    """Return the lines as CSV; a column for each detail that any of them has."""
    words = WORDS.get(language, WORDS["en"])
    details = list(dict.fromkeys(name for line in lines for name in line.details))
    fixed = [field for field in Line.__struct_fields__ if field != "details"]
    written = StringIO()
    writer = csv.writer(written)
    headings = (_said(called.names, name, language) for name in details)
    writer.writerow([*(words[field] for field in fixed), *(_inert(heading) for heading in headings)])
    for line in lines:
        told = {"state": words[line.state], "channel": words[line.channel]}
        cells = [told.get(field) or getattr(line, field) for field in fixed]
        held = (_said(called.options.get(name, {}), line.details.get(name, ""), language) for name in details)
        writer.writerow([_inert(cell) for cell in (*cells, *held)])
    return written.getvalue()


def _said(words: Mapping[str, Mapping[str, str]], name: str, language: str) -> str:
    """Return what something is called: in this language, or in any, or as the flow's writer named it."""
    found = words.get(name, {})
    return found.get(language) or next(iter(found.values()), name)


def _line(appointment: Appointment, agenda: Agenda) -> Line:
    place = agenda.counters[appointment.counter].place
    arrived = appointment.arrived_ms
    return Line(
        time=local_time(place, appointment.starts_ms),
        number=appointment.number,
        service=appointment.service,
        counter=appointment.counter,
        state=appointment.state,
        channel=appointment.channel,
        priority=appointment.priority,
        arrived=local_time(place, arrived) if arrived is not None else "",
        details=json.decode(appointment.details, type=dict[str, str]),
    )


def _inert(cell: str) -> str:
    """A citizen's text must not become a formula in the office's spreadsheet."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

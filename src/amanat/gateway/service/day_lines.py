"""One visit of a day as the desk's pages show it, and what can be done with it now."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import asdict

from amanat.gateway.appointments import day_sheet
from amanat.gateway.appointments.life import counts
from amanat.gateway.appointments.office import Appointments
from amanat.gateway.appointments.settings import Place
from amanat.gateway.appointments.slots import local_day, local_time
from amanat.gateway.appointments.tables import Appointment


class DayLines:
    """Shows visits. `language` is that of titles."""

    def __init__(self, appointments: Appointments, *, language: str, now_ms: Callable[[], int]) -> None:
        self._agenda = appointments.agenda
        self._desk = appointments.desk
        self._language = language
        self._now_ms = now_ms

    def line(self, row: Appointment) -> dict[str, Any]:
        """Return one visit as a JSON object."""
        (line,) = day_sheet.lines_of([row], self._agenda)
        place, service = self._agenda.counters[row.counter].place, self._agenda.services[row.service]
        return asdict(line) | {
            "ends": local_time(place, row.ends_ms),
            "service_name": service.title.get(self._language) or service.name,
            "counter_name": row.counter.partition(".")[2],
            "priority": row.priority or None,
            "arrived": row.arrived_ms,
            "can": [act for act, may in self._acts(row, place).items() if may],
        }

    def services(self, place: Place) -> list[dict[str, str]]:
        """Return what people without an appointment can come for."""
        return [
            {"id": service.name, "name": service.title.get(self._language) or service.name}
            for service in self._agenda.services.values()
            if self._agenda.counters_of(service, place.name)
        ]

    def _acts(self, row: Appointment, place: Place) -> Mapping[str, bool]:
        now_ms = self._now_ms()
        is_today = local_day(place, now_ms).isoformat() == row.day
        return {
            "check_in": is_today and row.state in ("booked", "missed"),
            "serve": is_today and row.state == "arrived",
            "no_show": self._desk.may_be_missed(row, now_ms=now_ms),
            "excuse": counts(row),
            "undo": self._desk.may_be_undone(row, now_ms=now_ms),
        }


def served(line: Mapping[str, Any], row: Appointment) -> dict[str, Any]:
    """Return who is served now."""
    return {"number": row.number, "counter_name": line["counter_name"], "since_ts": row.arrived_ms}

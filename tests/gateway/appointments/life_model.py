"""What an office of one counter with two seats a day should do: plain dictionaries, no database, no units."""

from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct, field

from tests.gateway.appointments.sample import ZONE, at

TIMES: Final = ("08:00", "08:30")
SLOT_MS: Final = 30 * 60_000
HOLD_MS: Final = 10 * 60_000
OFFER_MS: Final = 2 * 3600_000
THINK_MS: Final = 24 * 3600_000
GRACE_MS: Final = 15 * 60_000
FAIR_MS: Final = 60 * 60_000
BLOCK_MS: Final = 2 * 24 * 3600_000
DAY_MS: Final = 24 * 3600_000
REMIND_MS: Final = (DAY_MS, 2 * 3600_000)
STRIKES: Final = 2
AT_ONCE: Final = 5
LIVE: Final = frozenset({"held", "offered", "booked", "arrived"})

EDITS: Final = (
    ("08:00-12:00, 13:00-15:00", "08:00-09:00"),
    ("fri: 08:00-11:30, 13:30-15:00", "fri: 08:00-09:00"),
    ("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 1"),
    ("ahead: {from: 1 hour, to: 14 days}", "ahead: {to: 14 days}"),
    ("block: 7 days", "block: 2 days"),
)


class Visit(Struct):
    """One appointment."""

    person: str
    state: str
    day: str
    time: str
    until: int = 0
    moves: int = 0
    looked: int = 0
    arrived: int = 0

    @property
    def starts(self) -> int:
        return at(f"{self.day} {self.time}")


class Model(Struct):
    """The office."""

    now: int
    visits: dict[str, Visit] = field(default_factory=dict)
    waiting: dict[str, list[str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    unsettled: set[str] = field(default_factory=set)
    openings: dict[str, int] = field(default_factory=dict)
    strikes: dict[str, int] = field(default_factory=dict)
    blocked: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> str:
        return datetime.fromtimestamp(self.now / 1000, ZONE).date().isoformat()

    # What is free.

    def ahead(self, day: str, *, walk_in: bool = False) -> list[str]:
        """Return the times of a day that can still be had, taken or not."""
        if day in self.closed or day == "2026-11-27" or date.fromisoformat(day).weekday() > 4:
            return []
        return [
            time
            for time in TIMES
            if (starts := at(f"{day} {time}")) >= self.now + 60_000 or (walk_in and starts + SLOT_MS > self.now)
        ]

    def free(self, day: str, *, walk_in: bool = False) -> list[str]:
        taken = {(visit.day, visit.time) for visit in self.visits.values()}
        return [time for time in self.ahead(day, walk_in=walk_in) if (day, time) not in taken]

    def live(self, person: str) -> dict[str, Visit]:
        return {
            number: visit for number, visit in self.visits.items() if visit.person == person and visit.state in LIVE
        }

    def give_up(self, number: str) -> None:
        self.openings[self.visits.pop(number).day] = self.now

    def is_blocked(self, person: str) -> bool:
        return self.blocked.get(person, 0) > self.now

    # What people ask.

    def book(self, person: str, day: str, *, hold: bool) -> tuple[str, str, str]:
        """Return the outcome, and the day and time if there is a visit; the number of a new one is not known here."""
        for number, visit in self.live(person).items():
            if visit.state in ("held", "offered"):
                if hold and self.now < visit.until and visit.day == day:
                    if visit.state == "held":
                        visit.until = min(self.now + HOLD_MS, visit.starts)
                    return "held", visit.day, visit.time
                if not hold and self.now < visit.until and visit.day == day:
                    visit.state, visit.looked = "booked", self.now
                    return "booked", visit.day, visit.time
                self.give_up(number)
        if self.is_blocked(person):
            return "blocked", "", ""
        if self.live(person):
            return "already", "", ""
        if not self.ahead(day):
            return "closed", "", ""
        if self.waiting.get(day) or not self.free(day):
            return "full", "", ""
        return "held" if hold else "booked", day, self.free(day)[0]

    def added(self, number: str, person: str, outcome: str, *, day: str, time: str) -> None:
        until = min(self.now + HOLD_MS, at(f"{day} {time}"))
        self.visits[number] = Visit(person, outcome, day, time, until=until, looked=self.now)

    def move(self, person: str, day: str) -> tuple[str, str]:
        """Return the outcome and the new time."""
        for number, visit in self.live(person).items():
            if visit.state == "booked":
                return self._moved(number, visit, day)
        return "none", ""

    def _moved(self, number: str, visit: Visit, day: str) -> tuple[str, str]:
        if visit.moves >= 1:
            return "too_often", ""
        if self.now > visit.starts - DAY_MS:
            return "too_late", ""
        if not self.ahead(day):
            return "closed", ""
        if self.waiting.get(day) or not self.free(day):
            return "full", ""
        time = self.free(day)[0]
        self.openings[visit.day] = self.now
        self.visits[number] = Visit(visit.person, "booked", day, time, moves=visit.moves + 1, looked=self.now)
        return "moved", time

    def cancel(self, person: str) -> str:
        mine = self.live(person)
        found = [number for number, visit in mine.items() if visit.state == "booked"] or [
            number for number, visit in mine.items() if visit.state in ("held", "offered")
        ]
        if not found:
            return "none"
        if self.now >= mine[found[0]].starts:
            return "too_late"
        self.give_up(found[0])
        return "cancelled"

    def wait(self, person: str, day: str) -> str:
        if not self.ahead(day):
            return "closed"
        if self.is_blocked(person):
            return "blocked"
        if self.live(person):
            return "already"
        line = self.waiting.setdefault(day, [])
        if person not in line:
            line.append(person)
            self.openings[day] = self.now
        return "waiting"

    # What the clock brings: who is told what.

    def settle(self) -> list[tuple[str, str, str]]:
        """Do all that is due; return kind, person and outcome of every notice."""
        told = self._pass() + self._displace()
        while due := [day for day, at_ms in self.openings.items() if at_ms <= self.now]:
            for day in due:
                told += self._offer(day)
        return told

    def _pass(self) -> list[tuple[str, str, str]]:
        told = []
        for number, visit in list(self.visits.items()):
            if visit.state in ("held", "offered") and visit.until <= self.now:
                self.give_up(number)
                told.append(("lapsed", visit.person, "lapsed"))
            elif visit.state == "booked":
                told += self._remind_or_miss(visit)
        return told

    def _remind_or_miss(self, visit: Visit) -> list[tuple[str, str, str]]:
        told = []
        if any(visit.looked < visit.starts - before <= self.now for before in REMIND_MS):
            visit.looked = self.now
            if self.now < visit.starts:
                told.append(("reminder", visit.person, "reminder"))
        if visit.starts + GRACE_MS <= self.now:
            visit.state = "missed"
            told.append(("missed", visit.person, "missed"))
            if self.now <= visit.starts + GRACE_MS + FAIR_MS:
                self._strike(visit.person)
        return told

    def _strike(self, person: str) -> None:
        self.strikes[person] = self.strikes.get(person, 0) + 1
        if self.strikes[person] >= STRIKES:
            self.strikes[person], self.blocked[person] = 0, self.now + BLOCK_MS

    def forgive(self, person: str) -> None:
        counted = self.strikes.get(person, 0)
        if counted == 0 and self.blocked.pop(person, 0) > self.now:
            counted = STRIKES
        self.blocked.pop(person, None)
        if counted > 1:
            self.strikes[person] = counted - 1
        else:
            self.strikes.pop(person, None)

    def _displace(self) -> list[tuple[str, str, str]]:
        told = []
        moving = [
            (visit.starts, number)
            for number, visit in self.visits.items()
            if visit.day in self.unsettled and visit.state in ("held", "offered", "booked")
        ]
        for _, number in sorted(moving):
            visit = self.visits[number]
            other = None if visit.state == "held" else self._other(visit.day)
            self.openings[visit.day] = self.now
            if other is None:
                del self.visits[number]
            else:
                day, time = other
                until = min(self.now + THINK_MS, at(f"{day} {time}"))
                self.visits[number] = Visit(visit.person, "offered", day, time, until=until, moves=visit.moves)
            if visit.state != "held":
                told.append(("closed", visit.person, "none" if other is None else "offered"))
        self.unsettled.clear()
        return told

    def _other(self, wanted: str) -> tuple[str, str] | None:
        today = date.fromisoformat(self.today)
        days = [(today + timedelta(days=number)).isoformat() for number in range(15)]
        # Days that are closed after all count among the five: they are open by the calendar.
        days = [day for day in days if Model(now=0).ahead(day)]
        nearest = ([day for day in days if day >= wanted] + [day for day in days if day < wanted])[:5]
        free = ((day, self.free(day)) for day in nearest if not self.waiting.get(day))
        return next(((day, times[0]) for day, times in free if times), None)

    def _offer(self, day: str) -> list[tuple[str, str, str]]:
        told, line = [], self.waiting.get(day, [])
        served, first = 0, list(line[:AT_ONCE])
        for person in first:
            outcome = self._offered(person, day)
            if outcome == "full":
                continue
            served += 1
            line.remove(person)
            if outcome in ("offered", "closed", "blocked"):
                told.append(("offer" if outcome == "offered" else "not_waiting", person, outcome))
        released = at(f"{day} 00:00") - DAY_MS
        if served == len(first) == AT_ONCE:
            self.openings[day] = self.now
        elif served < len(first) and released > self.now:
            self.openings[day] = released
        else:
            del self.openings[day]
        return told

    def _offered(self, person: str, day: str) -> str:
        if self.is_blocked(person):
            return "blocked"
        if self.live(person):
            return "already"
        if not self.ahead(day):
            return "closed"
        times = self.free(day)
        if not times:
            return "full"
        until = min(self.now + OFFER_MS, at(f"{day} {times[0]}"))
        # The number is known from the notice only.
        self.visits[f"?{person}"] = Visit(person, "offered", day, times[0], until=until)
        return "offered"

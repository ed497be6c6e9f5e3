"""One wish at one moment: what is decided about it, from rows that it has declared."""

from amanat.db.tx import Need, Tx
from amanat.gateway.appointments import life, records, telling, window
from amanat.gateway.appointments.lottery import Lottery
from amanat.gateway.appointments.numbers import number_of
from amanat.gateway.appointments.search import Search
from amanat.gateway.appointments.settings import Agenda, Service
from amanat.gateway.appointments.slots import local_time
from amanat.gateway.appointments.tables import (
    APPOINTMENTS,
    IDENTITIES,
    LIVE,
    OPENINGS,
    STRIKES,
    WAITING,
    Appointment,
    Opening,
    Waiting,
)
from amanat.gateway.appointments.wishes import Answer, Keys, encode

Outcome = Answer | None
"""`None`: a lot will be drawn, and the answer comes out of `due`."""


class Case:
    """One wish at one moment."""

    def __init__(self, agenda: Agenda, search: Search, *, keys: Keys, now_ms: int) -> None:
        self.search = search
        self.wish = wish = search.wish
        self.person = wish.person
        self.identity = wish.identity
        self.service: Service = agenda.services[wish.service]
        self._agenda = agenda
        self._now_ms = now_ms
        self._place = agenda.counters_of(self.service, wish.place)[0].place
        self._lottery = Lottery(wish, self.service, place=self._place, keys=keys, now_ms=now_ms)

    @property
    def own_needs(self) -> list[Need]:
        """What tells of the person's own appointments."""
        return [(APPOINTMENTS, (self.person, self.service.name))]

    @property
    def needs(self) -> list[Need]:
        """What deciding about a new seat reads."""
        needs = [*self.own_needs, *self.search.needs, (STRIKES, (self.person, self.service.name))]
        needs += self._lottery.needs
        if self.identity:
            needs += [(IDENTITIES, (self.identity, self.service.name)), (STRIKES, (self.identity, self.service.name))]
        return needs

    # What is wished.

    def book(self, tx: Tx) -> Outcome:
        """Book what is kept for the person, or else look for a seat; without a day, the kept one is meant."""
        kept = self._kept(tx)
        if kept is not None:
            if self._now_ms < _until(kept) and self._is_as_wished(kept):
                return self._hold_on(tx, kept) if self.wish.hold else self._take(tx, kept)
            records.give_up(tx, kept, now_ms=self._now_ms)
        if self.service.identity and not self.identity and self.wish.channel == "chat":
            return Answer(outcome="error")
        if self._lottery.is_open(tx):
            return self._refusal(tx) or (None if self._lottery.enter(tx) else Answer(outcome="already"))
        # Any day would be one that is still to be drawn for, too.
        has_day = self.wish.day is not None or self.service.release is None
        return self.place(tx) if has_day else Answer(outcome="error")

    def place(self, tx: Tx, *, waited: bool = False) -> Answer:
        """Give the person a seat, or say why not."""
        refusal = self._refusal(tx) or self._not_yet()
        if refusal is not None:
            return refusal
        found = self.search.first(tx, waited=waited)
        if found is None:
            return self._nothing_free(tx)
        number = number_of(self.service.code, self.wish.seed)
        appointment = records.new(self.wish, found, number=number)
        appointment = self._begun(appointment, waited=waited)
        records.keep(tx, appointment)
        answer = self._tell(appointment.state, appointment)
        return telling.with_ticket(answer) if appointment.state == "booked" else answer

    def _begun(self, appointment: Appointment, *, waited: bool) -> Appointment:
        if waited:
            return records.until(appointment, "offered", until_ms=self._now_ms + self.service.offer_ms)
        if self.wish.channel == "walk_in":
            return life.arrived(appointment, self.service, now_ms=self._now_ms)
        if self.wish.hold:
            return records.until(appointment, "held", until_ms=self._now_ms + self.service.hold_ms)
        return life.booked(appointment, self.service, now_ms=self._now_ms)

    def move(self, tx: Tx) -> Outcome:
        """Give the person's appointment another seat."""
        appointment = self._booked(tx)
        if appointment is None:
            return Answer(outcome="none")
        if appointment.moves >= self.service.moves:
            return self._tell("too_often", appointment)
        if self._now_ms > appointment.starts_ms - self.service.move_before_ms:
            return self._tell("too_late", appointment)
        refusal = self._too_early(tx)
        if refusal is not None:
            return refusal
        found = self.search.first(tx)
        if found is None:
            return self._nothing_free(tx)
        records.leave(tx, appointment, now_ms=self._now_ms)
        moved = records.seated(appointment, found, moves=appointment.moves + 1)
        moved = life.booked(moved, self.service, now_ms=self._now_ms)
        records.keep(tx, moved)
        return telling.with_ticket(self._tell("moved", moved))

    def cancel(self, tx: Tx) -> Outcome:
        """Give the person's appointment up."""
        appointment = self._booked(tx) or self._kept(tx)
        if appointment is None:
            return Answer(outcome="none")
        if self._now_ms >= appointment.starts_ms:
            return self._tell("too_late", appointment)
        records.give_up(tx, appointment, now_ms=self._now_ms)
        return telling.without_ticket(self._tell("cancelled", appointment), appointment)

    def find(self, tx: Tx) -> Outcome:
        """Tell the person of their appointment, or of the seat that they are offered."""
        appointment = self._booked(tx)
        if appointment is not None:
            return self._tell("found", appointment)
        kept = self._kept(tx)
        return self._tell("offered", kept) if kept and kept.state == "offered" else Answer(outcome="none")

    def wait(self, tx: Tx) -> Outcome:
        """Put the person on the waiting list of a day."""
        day = self.wish.day
        if day is None or not self.search.is_open(tx) or self._too_early(tx):
            return Answer(outcome="closed")
        refusal = self._refusal(tx)
        if refusal is not None:
            return refusal
        waiting = list(tx.scan(WAITING, self.service.name, day.isoformat()))
        if any(row.person == self.person for row in waiting):
            return Answer(outcome="waiting")
        if len(waiting) >= self.service.waiting:
            return Answer(outcome="full")
        row = Waiting(
            service=self.service.name,
            day=day.isoformat(),
            since_ms=self._now_ms,
            person=self.person,
            wish=encode(self.wish),
        )
        tx.put(WAITING, row)
        for counter in self._agenda.counters_of(self.service, self.wish.place):
            tx.put(OPENINGS, Opening(counter=counter.id, day=row.day, due_ms=self._now_ms))
        return Answer(outcome="waiting", values={"date": row.day})

    # What stands in the way.

    def _refusal(self, tx: Tx) -> Answer | None:
        """Return why this person gets no seat, whichever is free."""
        if self.wish.channel == "walk_in":
            return None
        for subject in filter(None, (self.person, self.identity)):
            strikes = tx.get(STRIKES, subject, self.service.name)
            if strikes is not None and strikes.blocked_until_ms > self._now_ms:
                return telling.of_moment("blocked", self._place, at_ms=strikes.blocked_until_ms)
        mine = self._live(tx)
        if len(mine) >= self.service.per_person:
            return self._tell("already", mine[0])
        if self.identity:
            same = {row.number for row in tx.scan(IDENTITIES, self.identity, self.service.name)}
            # Of somebody else's appointment nothing is told.
            if len(same) >= self.service.per_identity:
                return Answer(outcome="already")
        return None

    def _not_yet(self) -> Answer | None:
        day = self.wish.day
        if day is None or self.wish.channel == "walk_in":
            return None
        if window.standing(self.service, self._place, day=day, now_ms=self._now_ms) == "not_yet":
            return telling.of_release(self.service, self._place, day=day)
        return None

    def _too_early(self, tx: Tx) -> Answer | None:
        """Return when a day can be had without a lot, for whoever cannot be drawn."""
        if self._lottery.is_open(tx):
            return telling.of_moment("not_yet", self._place, at_ms=self._lottery.over_ms())
        return self._not_yet()

    def _nothing_free(self, tx: Tx) -> Answer:
        return telling.of_other("full" if self.search.is_open(tx) else "closed", self.search.other(tx))

    # The person's own.

    def _live(self, tx: Tx) -> list[Appointment]:
        rows = (row for row in tx.scan(APPOINTMENTS, self.person, self.service.name) if row.state in LIVE)
        return sorted(rows, key=lambda row: (row.starts_ms, row.number))

    def _booked(self, tx: Tx) -> Appointment | None:
        return next((row for row in self._live(tx) if row.state == "booked" and self._is_meant(row)), None)

    def _kept(self, tx: Tx) -> Appointment | None:
        return next((row for row in self._live(tx) if row.state in ("held", "offered") and self._is_meant(row)), None)

    def _is_meant(self, appointment: Appointment) -> bool:
        return self.wish.number in ("", appointment.number)

    def _hold_on(self, tx: Tx, kept: Appointment) -> Answer:
        """Hold what is held for as long again; an offer has its own time, since others wait for it."""
        if kept.state == "held":
            kept = records.until(kept, "held", until_ms=self._now_ms + self.service.hold_ms)
            records.change(tx, kept)
        return self._tell("held", kept)

    def _take(self, tx: Tx, kept: Appointment) -> Answer:
        booked = life.booked(kept, self.service, now_ms=self._now_ms)
        records.change(tx, booked)
        return telling.with_ticket(self._tell("booked", booked))

    def _is_as_wished(self, kept: Appointment) -> bool:
        place = self._agenda.counters[kept.counter].place
        same_day = self.wish.day is None or self.wish.day.isoformat() == kept.day
        return (
            same_day
            and self.wish.place in ("", place.name)
            and self.wish.time in ("", local_time(place, kept.starts_ms))
        )

    def _tell(self, outcome: str, appointment: Appointment) -> Answer:
        return telling.of_visit(outcome, appointment, agenda=self._agenda, language=self.wish.language)


def _until(appointment: Appointment) -> int:
    assert appointment.until_ms is not None
    return appointment.until_ms

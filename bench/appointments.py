"""What a booking costs, by hand: `python -m bench.appointments` on SQLite, or with the URL of an empty PostgreSQL.

CPU of the process, the commit's included, the database server's not: people who book one after the other, people who
book together, and people who ask for a day that is full.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from itertools import count
from pathlib import Path
from typing import NamedTuple

from amanat.db.database import Database
from amanat.db.postgres import PostgresDatabase
from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.appointments.office import Appointments
from amanat.gateway.appointments.reading import FILE, read_agenda
from amanat.gateway.appointments.slots import moment_ms
from amanat.gateway.appointments.wishes import Answer, Wish
from amanat.gateway.office_files.problems import Findings
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.store import GatewayStore

OFFICE = """\
places:
  main:
    title: {en: Main}
    open: {mon-fri: "08:00-12:00, 13:00-15:00"}
    counters: {front: {every: 30 minutes, capacity: 16}}
services:
  visit: {title: {en: Visit}, code: A, at: main.front, asks: [name]}
"""
STAMP = ServiceStamp(server_name="bench.example", user_id="@bench:bench.example", created_ts=1)
MONDAY = date(2026, 11, 23)
DAYS = tuple(map(date.fromisoformat, ("2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30")))
SEATS = 12 * 16
BOOKINGS = 400

ONE_BY_ONE = "one after the other"
TOGETHER = "together"
FULL_DAY = "together, for a day that is full"


class Figure(NamedTuple):
    """Processor time of one booking, and how many there were."""

    cpu_ms: float
    number: int


async def measure(database: Database) -> dict[str, Figure]:
    """Return the three figures by what they are of."""
    agenda, _ = read_agenda({FILE: OFFICE}, findings=Findings())
    office = Appointments(agenda, os.urandom(32))
    store = GatewayStore(database)
    await store.open(STAMP)
    now_ms = moment_ms(agenda.places["main"], MONDAY)
    people = count()

    async def book(day: date) -> Answer | None:
        person = f"@{next(people)}:bench.example"
        wish = Wish(
            request=person,
            service="visit",
            person=person,
            seed=os.urandom(16),
            day=day,
            chat=f"!{person}",
            details={"name": "Budi Santoso"},
        )
        unit = office.booking.book(wish, now_ms=now_ms)
        return await store.write(unit.run, needs=unit.needs)

    async def one_after_the_other(days: Iterable[date]) -> None:
        for day in days:
            await book(day)

    async def together(days: Iterable[date]) -> None:
        await asyncio.gather(*map(book, days))

    await book(MONDAY)
    spread = [DAYS[number % 4] for number in range(BOOKINGS)]
    figures = {
        ONE_BY_ONE: await _figure(one_after_the_other, spread[: BOOKINGS // 2]),
        TOGETHER: await _figure(together, spread[BOOKINGS // 2 :]),
    }
    await together([DAYS[4]] * SEATS)
    figures[FULL_DAY] = await _figure(together, [DAYS[4]] * BOOKINGS)
    await store.close()
    return figures


async def _figure(work: Callable[[Iterable[date]], Awaitable[None]], days: list[date]) -> Figure:
    started = time.process_time()
    await work(days)
    return Figure((time.process_time() - started) / len(days) * 1000, len(days))


def _print(figures: dict[str, Figure]) -> None:
    for name, figure in figures.items():
        print(f"{name:36} {figure.cpu_ms:6.2f} ms CPU each, {figure.number} of them")


def main() -> None:
    """Measure on what the command line names."""
    if len(sys.argv) > 1:
        _print(asyncio.run(measure(PostgresDatabase(sys.argv[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        _print(asyncio.run(measure(SqliteDatabase(Path(folder) / "gateway.db"))))


if __name__ == "__main__":
    main()

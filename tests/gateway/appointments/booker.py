"""A process that books and cancels until it is killed, and says each thing that was answered, as a line.

python -m tests.gateway.appointments.booker <folder or URL of PostgreSQL> <round>
"""

import asyncio
import sys
from pathlib import Path
from random import Random

from amanat.db.database import Database
from amanat.db.postgres import PostgresDatabase
from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.appointments.wishes import Wish
from amanat.gateway.store.store import GatewayStore
from tests.gateway.appointments.sample import Office, edited
from tests.gateway.conftest import OFFICE

ROOMY = ("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 40")
DAYS = ("2026-11-24", "2026-11-25")
WORKERS = 8


def database(where: str) -> Database:
    return PostgresDatabase(where) if where.startswith("postgres") else SqliteDatabase(Path(where) / "gateway.db")


def wish(office: Office, name: str) -> Wish:
    """Return the request of a name: the same, whichever process makes it."""
    return office.wish(name, DAYS[len(name) % 2], request=f"book {name}", seed=name.encode().ljust(16, b"."))


def cancelling(office: Office, name: str) -> Wish:
    return office.wish(name, request=f"cancel {name}")


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


async def work(office: Office, name: str, random: Random) -> None:
    """Book for one person after another, and cancel for some."""
    for number in range(10_000):
        person = f"{name}-{number}"
        answer = await office.do(office.booking.book(wish(office, person), now_ms=office.now_ms))
        assert answer
        say("booked" if answer.outcome == "booked" else "refused", person, answer.values.get("number", ""))
        if random.random() < 0.6:
            say("cancelling", person)
            await office.do(office.booking.cancel(cancelling(office, person), now_ms=office.now_ms))
            say("cancelled", person)


async def main(where: str, round_: str) -> None:
    store = GatewayStore(database(where))
    await store.open(OFFICE)
    office = Office(store, edited(ROOMY))
    await asyncio.gather(*(work(office, f"r{round_}w{worker}", Random(worker)) for worker in range(WORKERS)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

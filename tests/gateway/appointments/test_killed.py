"""SIGKILL while bookings are made: what was answered is there, once, and asking again changes nothing."""

import asyncio
import sys
from pathlib import Path
from random import Random

import pytest

from amanat.gateway.store.store import GatewayStore
from tests.gateway.appointments import booker
from tests.gateway.appointments.sample import ALL, Office, edited
from tests.gateway.conftest import OFFICE

ROUNDS = 3
MOST_LINES = 200


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the data lies: a folder, or the URL of a PostgreSQL."""
    return str(request.getfixturevalue("postgres_url")) if request.param == "postgres" else str(tmp_path)


async def until_killed(where: str, number: int, *, lines: int) -> list[list[str]]:
    """Run the process until it has said so many lines, kill it, and return all that it said."""
    command = [sys.executable, "-m", "tests.gateway.appointments.booker", where, str(number)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    said = [await process.stdout.readline() for _ in range(lines)]
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    whole = [*said, *rest.splitlines(keepends=True)]
    return [line.decode().split() for line in whole if line.endswith(b"\n")]


async def test_what_was_answered_before_a_kill_is_there_and_nothing_twice(where: str) -> None:
    random = Random(ROUNDS)
    said = [
        line
        for number in range(ROUNDS)
        for line in await until_killed(where, number, lines=random.randint(1, MOST_LINES))
    ]
    booked = {line[1]: line[2] for line in said if line[0] == "booked"}
    doubtful = {line[1] for line in said if line[0] == "cancelling"}
    cancelled = {line[1] for line in said if line[0] == "cancelled"}
    assert booked, "it got as far as booking"

    store = GatewayStore(booker.database(where))
    await store.open(OFFICE)
    office = Office(store, edited(booker.ROOMY))
    await office.check()
    rows = {row.number: row.state for row in await office.all(ALL)}
    for person, number in booked.items():
        if person not in doubtful:
            assert rows[number] == "booked"
        if person in cancelled:
            assert rows[number] == "gone"

    units = [office.booking.book(booker.wish(office, person), now_ms=office.now_ms) for person in booked]
    again = await asyncio.gather(*map(office.do, units))
    assert [answer.values["number"] for answer in again if answer] == list(booked.values())
    assert {row.number: row.state for row in await office.all(ALL)} == rows
    await store.close()

"""SIGKILL at random instants under load: what was acknowledged is there, once and in order, whatever the database."""

import asyncio
import os
import sys
from pathlib import Path
from random import Random

import pytest

from tests import processes
from tests.faults.conftest import Register
from tests.faults.device import sync_path
from tests.faults.load import (
    Claimer,
    Courier,
    KeyOwner,
    Reader,
    Sender,
    Shift,
    check_keys,
    read_timeline,
)
from tests.processes import AmanatProcess

ROUNDS = 600 if "SOAK" in os.environ else 6
_MOST_STEPS = 150  # Of all workers together, between a start and the next kill.
_MOMENT_SECONDS = 0.02
_STARTS_KILLED = 60 if "SOAK" in os.environ else 6
_SENDERS = 4


@pytest.fixture(params=["sqlite", "postgres"])
def options(request: pytest.FixtureRequest) -> list[str]:
    """What `amanat lab` is told beside its folder, once for each database."""
    if request.param == "sqlite":
        return ["--gate"]
    return ["--gate", "--database", request.getfixturevalue("postgres_url")]


async def test_nothing_acknowledged_is_lost_or_doubled(options: list[str], tmp_path: Path, register: Register) -> None:
    with processes.lab(tmp_path, *options) as lab:
        await _kill_and_count(lab, Random(ROUNDS), register=register)


async def _kill_and_count(lab: AmanatProcess, random: Random, *, register: Register) -> None:
    url = lab.url
    alice, bob = await register(url, "alice"), await register(url, "bob")
    room_id = await alice.create_room(invite=[bob.user_id])
    await bob.join(room_id)
    since = (await bob.ask("GET", sync_path(None))).json()["next_batch"]

    senders = [
        Sender(person.another(url), room_id, name=f"{person.user_id[1:4]}{number}", random=random)
        for person in (alice, bob)
        for number in range(_SENDERS // 2)
    ]
    couriers = [Courier(alice.another(url), bob, name=f"courier{number}") for number in range(2)]
    reader = Reader(bob.another(url), room_id, since=since, random=random)
    owner = KeyOwner(bob.another(url))
    claimers = [Claimer(alice.another(url), bob) for _ in range(2)]
    for _ in range(ROUNDS):
        shift = Shift(goal=random.randint(1, _MOST_STEPS))
        work = asyncio.create_task(shift.work([*senders, *couriers, reader, owner, *claimers]))
        await shift.reached.wait()
        await asyncio.sleep(random.uniform(0, _MOMENT_SECONDS))  # Not always right after an answer.
        await asyncio.to_thread(lab.kill)
        await work
        await asyncio.to_thread(lab.start)

    timeline = await read_timeline(alice, room_id)
    for sender in senders:
        sender.check(timeline)
    await reader.catch_up()
    assert reader.timeline == timeline, "increments from an old token and the room's history are the same"
    reader.check_to_device(couriers)
    await check_keys(owner, claimers)

    await asyncio.gather(*(sender.repeat() for sender in senders))
    repeated = await read_timeline(alice, room_id)
    assert repeated[: len(timeline)] == timeline
    assert sorted(repeated) == sorted(message for sender in senders for message in sender.messages())


async def test_a_first_start_that_is_killed_is_still_a_first_start(
    options: list[str], tmp_path: Path, register: Register
) -> None:
    random, data = Random(_STARTS_KILLED), tmp_path / "data"
    command = [sys.executable, "-m", "amanat", "lab", "--listen", "127.0.0.1:0", "--data", str(data), *options]
    for _ in range(_STARTS_KILLED):
        starting = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        while not data.exists():  # noqa: ASYNC110  another process makes it
            await asyncio.sleep(0.002)
        await asyncio.sleep(random.uniform(0, 0.1))
        starting.kill()
        await starting.wait()
    with processes.lab(tmp_path, *options) as lab:
        await register(lab.url, "alice")

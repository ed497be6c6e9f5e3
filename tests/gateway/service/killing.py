"""Who is killed, in which order, and on which databases: for stories where everybody goes on all the same."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Protocol

import httpx
import pytest
from msgspec import Struct

from tests import processes
from tests.gateway.device.office import Office
from tests.gateway.service.aftermath import LINES
from tests.postgres_cluster import running_cluster
from tests.processes import AmanatProcess

ROUNDS = int(os.environ.get("KILL_ROUNDS", "4" if "SOAK" in os.environ else "1"))
"""Kills of each, in a run."""
SEEDS = [int(each) for each in os.environ.get("KILL_SEED", "1,2,3,4,5" if "SOAK" in os.environ else "5").split(",")]
"""A run of each: `KILL_SEED=7` repeats one, `KILL_SEED=7,8,9` has several."""
TRIES = 9
"""How often a guest waits as long as a device's tests wait. On two cores with a load of 13 the longest that anybody
waited for an answer was 30 seconds; with all at low priority and a load of 14, where a start took a minute, 67."""


ENCRYPTED = "m.room.encrypted"


class Victim(Struct, frozen=True):
    """Something that can be killed and begins again."""

    name: str
    kill: Callable[[], object]
    start: Callable[[], object]


class Databases(Struct):
    """Where the server's and the gateway's data are; None: SQLite in their folders."""

    server: str | None
    gateway: str | None
    victims: list[Victim]


class Visit(Protocol):
    """Somebody who talks to a service or a bot."""

    async def goes_on(self) -> None:
        """Wait until something more has been answered."""


async def comes_true(device: Office, find: Callable[[], bool | None], what: str) -> bool:
    """Wait as long as all may take that were killed; whether it came true."""
    for _ in range(TRIES):
        try:
            await device.echo.until(find, what)
            return True
        except AssertionError:
            if find():
                return True
    return False


# On SQLite there is one less to kill, and `device/test_sigkill` kills the gateway there each time.
@pytest.fixture(params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    if request.param == "sqlite":
        yield Databases(None, None, [])
        return
    with running_cluster() as cluster:
        killed = Victim("database", lambda: cluster.stop("immediate"), cluster.start)
        yield Databases(cluster.create("server"), cluster.create("gateway"), [killed])


@pytest.fixture
def lab(databases: Databases, tmp_path: Path) -> Iterator[AmanatProcess]:
    options = ["--database", databases.server] if databases.server else []
    with processes.lab(tmp_path, "--gate", *options) as process:
        yield process


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    """What decides who is killed when. It stands in the test's name: `KILL_SEED` repeats it."""
    return int(request.param)


async def kill_in_turn(
    victims: Sequence[Victim], visits: Sequence[Visit], *, alive: Sequence[AmanatProcess], seed: int
) -> None:
    """Kill each in turn, in another order each time, once everybody has been answered since the last."""
    chance = Random(seed)
    for _ in range(ROUNDS):
        for victim in chance.sample(victims, len(victims)):
            await asyncio.sleep(chance.uniform(0, 1))
            for process in alive:
                assert process.is_running, f"It left, and nobody has killed it:\n{process.last_lines(LINES)}"
            await asyncio.to_thread(victim.kill)
            await asyncio.sleep(chance.choice((0, 0, chance.uniform(0, 1))))
            await asyncio.to_thread(victim.start)
            await asyncio.gather(*(visit.goes_on() for visit in visits))


async def ciphertexts(device: Office, room_id: str, *, sender: str) -> list[str]:
    """Return what the server has of somebody in a room, encrypted: whoever decrypts passes over what came before."""
    held, found = device.ground.credentials, []
    headers = {"Authorization": f"Bearer {held.access_token}"}
    url = f"{held.homeserver}/_matrix/client/v3/rooms/{room_id}/messages"
    async with httpx.AsyncClient(timeout=60, trust_env=False, headers=headers) as client:
        asked = {"dir": "f", "limit": "1000"}
        while True:
            page = (await client.get(url, params=asked)).raise_for_status().json()
            events = [event for event in page["chunk"] if (event["sender"], event["type"]) == (sender, ENCRYPTED)]
            found += [event["content"]["ciphertext"] for event in events]
            if "end" not in page:
                return found
            asked["from"] = page["end"]

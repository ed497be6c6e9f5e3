"""A service's process that is killed with SIGKILL in the middle of its work answers everything, once.

`test_kill.py` kills at every step, without processes; this is one that the kernel kills.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from amanat.gateway.device import credentials
from amanat.outbound.origin import Origin
from tests import processes
from tests.gateway.device.office import Office, register
from tests.gateway.device.town import TRUSTING
from tests.processes import AmanatProcess

KILLS = 12 if os.environ.get("SOAK") else 2
MESSAGES = 5
"""Before each kill: some are answered by then, and one or the other is on its way."""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[AmanatProcess]:
    with processes.lab(tmp_path, "--gate") as process:
        yield process


@pytest.fixture
async def citizen(lab: AmanatProcess, tmp_path: Path) -> AsyncIterator[Office]:
    """Somebody who writes and listens."""
    origin = Origin(lab.url)
    citizen = await Office.open(await register(lab.url, "citizen"), tmp_path / "citizen", asks=origin, policy=TRUSTING)
    citizen.echo.quiet = True
    yield citizen
    await citizen.close()
    origin.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> list[str]:
    return [request.getfixturevalue("postgres_url")] if request.param == "postgres" else []


async def test_everything_is_answered_once(
    lab: AmanatProcess, citizen: Office, database_url: list[str], tmp_path: Path
) -> None:
    office = await register(lab.url, "office")
    credentials.write(office, tmp_path / "office.json")
    command = [sys.executable, "-m", "bench.gateway.service", str(tmp_path / "office"), *database_url]
    body = {"preset": "private_chat", "invite": [office.user_id]}
    room_id = (await citizen.ground.api.post("/_matrix/client/v3/createRoom", body))["room_id"]
    said: list[str] = []
    for kill in range(KILLS + 1):
        with (tmp_path / "service.log").open("ab") as log:
            service = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log)
        try:
            for _ in range(MESSAGES):
                said.append(f"{kill}.{len(said)}")
                await citizen.say(room_id, said[-1])
            # The first answer of this life: from then on it is at work on the others.
            await citizen.echo.hears(f"You said: {said[-1 if kill == KILLS else -MESSAGES]}")
        finally:
            service.kill()
            await service.wait()
    assert sorted(citizen.echo.texts) == sorted(f"You said: {text}" for text in said)

"""Killed before and after every request and every write, a service hears each message once and answers it once.

A step is anything that leaves a trace outside the process. At the fatal one, it and all others of the device stop for
ever, as in a process that is killed there: what is on disk and what the server knows is all that is left.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest

from amanat.db.database import Database
from amanat.db.postgres import PostgresDatabase
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Need, Tx
from amanat.gateway.device.device import ServiceDevice
from amanat.gateway.device.ground import ground
from amanat.gateway.device.happenings import Happening, Outgoing, Received
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.store import GatewayStore
from amanat.outbound.connection import Flow
from amanat.outbound.http import HttpAnswer
from tests.gateway.device.office import PATIENCE_S
from tests.gateway.device.town import Citizen, Road, Town
from tests.server import Person

T = TypeVar("T")

LIVES = 60
"""A life in which a message is heard and answered takes some forty steps."""
WHOLE_LIFE = 1_000_000
_numbers = count(1)


class Life:
    """Counts steps up to the fatal one."""

    def __init__(self, fatal: int) -> None:
        self.ended = asyncio.Event()
        self._left = fatal

    async def step(self) -> None:
        """Go on, or never again."""
        self._left -= 1
        if self._left <= 0:
            self.ended.set()
            await asyncio.Future()


class MortalStore(GatewayStore):
    """A store whose process may be gone before or after a unit."""

    def __init__(self, database: Database, life: Life) -> None:
        super().__init__(database)
        self._life = life

    async def write(self, run: Callable[[Tx], T], *, needs: Sequence[Need] = ()) -> T:
        await self._life.step()
        result = await super().write(run, needs=needs)
        await self._life.step()
        return result


class MortalRoad(Road):
    """A way to the server whose traveller may be gone before a request, or before its answer."""

    life: Life

    async def ask(
        self, method: str, target: str, *, headers: Mapping[str, str], body: bytes | Flow = b"", deadline_s: float
    ) -> HttpAnswer:
        await self.life.step()
        answer = await super().ask(method, target, headers=headers, body=body, deadline_s=deadline_s)
        await self.life.step()
        return answer


class Forgetful:
    """Answers each text under a new id: hearing a text twice would be seen as two answers."""

    device: ServiceDevice

    async def needs(self, happening: Happening) -> Sequence[Need]:
        return []

    def handle(self, happening: Happening, tx: Tx) -> None:
        if isinstance(happening, Received) and happening.type == "m.room.message":
            content = {"msgtype": "m.text", "body": f"You said: {happening.content['body']}"}
            outgoing = Outgoing(room_id=happening.room_id, txn_id=f"answer {next(_numbers)}", content=content)
            self.device.say(tx, outgoing)


class Workplace:
    """Where one service lives again and again: its account, its key, its database."""

    def __init__(self, town: Town, person: Person, database: Callable[[], Database]) -> None:
        self._town = town
        self._person = person
        self._database = database

    async def live(self, fatal: int, until: "asyncio.Task[object]") -> bool:
        """Run the service until it dies at its fatal step, or until something is done; whether it died."""
        life = Life(fatal)
        store = MortalStore(self._database(), life)
        credentials = self._town.credentials(self._person)
        stamp = ServiceStamp(server_name="localhost", user_id=credentials.user_id, created_ts=1)
        road = MortalRoad(self._town.server)
        road.life = life
        handler = Forgetful()
        on = ground(store, credentials, key=b"k" * 32, asks=road)
        handler.device = ServiceDevice(on, handler=handler)

        async def run() -> None:
            await store.open(stamp)
            await handler.device.open()
            await handler.device.run()

        running = asyncio.ensure_future(run())
        ended = asyncio.ensure_future(life.ended.wait())
        await asyncio.wait({running, ended, until}, timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
        for task in running, ended:
            task.cancel()
        await asyncio.wait({running, ended})
        assert running.cancelled(), running.exception()
        await store.close()
        return not until.done()


@pytest.fixture(params=["sqlite", "postgres"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Database]:
    """What connects to a service's database, each time anew."""
    if request.param == "sqlite":
        return lambda: SqliteDatabase(tmp_path / "service" / "gateway.db", portable=True)
    url: str = request.getfixturevalue("postgres_url")
    return lambda: PostgresDatabase(url)


async def test_each_message_is_heard_once_and_answered_once_wherever_it_is_killed(
    opened: Callable[[], Database], town: Town
) -> None:
    stride = 4 if isinstance(opened(), PostgresDatabase) else 1  # to connect there takes longer than to live
    person = await town.server.user("office")
    workplace = Workplace(town, person, opened)
    alice = await town.citizen("alice")
    room_id = await alice.person.create_room(invite=[person.user_id])
    said: list[str] = []
    lives = []
    for fatal in (*range(1, LIVES, stride), WHOLE_LIFE):
        said.append(f"before life {fatal}")
        await alice.say(room_id, said[-1])
        answered = asyncio.ensure_future(_heard_everything(alice, said))
        lives.append(await workplace.live(fatal, answered))
        answered.cancel()
    assert lives.count(True) > LIVES // stride // 2
    assert not lives[-1]
    assert sorted(alice.echo.texts) == sorted(f"You said: {text}" for text in said)


async def _heard_everything(alice: Citizen, said: list[str]) -> None:
    await alice.echo.until(lambda: len(alice.echo.texts) >= len(said) or None, "hears every answer")

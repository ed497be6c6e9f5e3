"""A server in this process, and devices of ours on it: a service, and citizens who write to it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from amanat.db.database import Database
from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.device import DEFAULT, Policy
from amanat.gateway.device.server_api import Asks
from amanat.gateway.owner import identity
from amanat.outbound.connection import Flow
from amanat.outbound.http import HttpAnswer, Unreachable
from tests.edge.asking import ask
from tests.gateway.device.office import PATIENCE_S, Office
from tests.server import Person, Server

TRUSTING = Policy(answers="everybody")
"""A citizen writes first: to an office that has not written yet."""


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds that nobody tells of."""
    async with asyncio.timeout(PATIENCE_S):
        while not await holds():  # noqa: ASYNC110 - that is what it is for
            await asyncio.sleep(0.01)


class Road(Asks):
    """How a device reaches the server: requests without a socket, some of which `loses` them, before or after."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.asked: list[str] = []
        self._answered = asyncio.Event()
        self.loses: Callable[[str], str | None] = lambda _: None
        """Says of `METHOD target` whether it is lost on the way "there" or "back"."""
        self.changes: Callable[[str], str] = lambda line: line
        """Says what becomes of `METHOD target` on the way there."""

    async def ask(
        self, method: str, target: str, *, headers: Mapping[str, str], body: bytes | Flow = b"", deadline_s: float
    ) -> HttpAnswer:
        line = self.changes(f"{method} {target}")
        target = line.partition(" ")[2]
        lost = self.loses(line)
        if lost == "there":
            raise Unreachable("lost", maybe_received=False)
        sent = {**headers, "Host": "localhost"}
        if isinstance(body, Flow):
            body = b"".join([piece async for piece in body.pieces])
        asked = ask(self._server.amanat.client_app, method, target, body=body, headers=sent)
        # Over there it is cancelled as a lost connection is, which the server answers; here it is just cancelled.
        answering = asyncio.ensure_future(asked)
        try:
            answer = await asyncio.shield(answering)
        except asyncio.CancelledError:
            answering.cancel()
            raise
        self.asked.append(line)
        self._answered.set()
        if lost == "back":
            raise Unreachable("lost", maybe_received=True)
        return HttpAnswer(answer.status, answer.body)

    async def has_asked(self, what: str, *, times: int) -> None:
        """Wait until so many requests of a kind have been answered."""
        async with asyncio.timeout(PATIENCE_S):
            while sum(what in line for line in self.asked) < times:
                self._answered.clear()
                await self._answered.wait()


class Citizen(Office):
    """Somebody at a device of ours, who can also do what a person does at an app."""

    person: Person
    road: Road

    async def create_room(self, *others: Office, **body: object) -> str:
        """Create an encrypted room with some others, and wait until they are in it."""
        room_id = await self.person.create_room(invite=[other.user_id for other in others], **body)
        for other in others:
            await self.sees_member(room_id, other.user_id)
        return room_id

    async def sees_member(self, room_id: str, user_id: str, *, membership: str = "join") -> None:
        """Wait until somebody has joined a room, or left it."""

        def find() -> bool | None:
            told = (
                happening.content.get("membership")
                for happening in self.echo.received
                if (happening.room_id, happening.type, happening.state_key) == (room_id, "m.room.member", user_id)
            )
            return membership in told or None

        await self.echo.until(find, f"sees {membership} of {user_id}")

    async def publish_identity(self) -> identity.OwnerKeys:
        """Publish a cross-signing identity and sign this device with it."""
        keys = identity.make(self.user_id)
        await identity.publish(keys, self.ground.api.post)
        await self.sign(keys, self)
        return keys

    async def sign(self, keys: identity.OwnerKeys, device: "Citizen") -> None:
        """Sign a device of this person's."""
        await identity.vouch(keys, self.ground.api.post, device_id=device.person.device_id)


class Town:
    """Everybody of one test."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self._folder = folder
        self._here: list[Office] = []

    def credentials(self, person: Person) -> Credentials:
        """Return what a person's device signs in with."""
        return Credentials(
            homeserver="http://localhost", user_id=person.user_id, device_id=person.device_id, access_token=person.token
        )

    async def citizen(
        self, name: str, *, person: Person | None = None, database: Database | None = None, policy: Policy = TRUSTING
    ) -> Citizen:
        """Register somebody, who only listens; or set up the same again."""
        person = person or await self.server.user(name)
        credentials = self.credentials(person)
        road = Road(self.server)
        folder = self._folder / person.device_id
        database = database or SqliteDatabase(folder / "gateway.db", portable=True)
        citizen = await Citizen.open(credentials, folder, asks=road, database=database, policy=policy)
        citizen.echo.quiet = True
        citizen.person, citizen.road = person, road
        self._here.append(citizen)
        return citizen

    async def office(
        self, name: str = "office", *, database: Database | None = None, policy: Policy = DEFAULT
    ) -> Citizen:
        """Register a service, which answers."""
        office = await self.citizen(name, database=database, policy=policy)
        office.echo.quiet = False
        return office

    async def close(self) -> None:
        """Send everybody home."""
        for office in self._here:
            await office.close()

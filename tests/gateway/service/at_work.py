"""A service at work, as tests see it: who writes to it, what it answers, and a clock that is set by hand."""

import asyncio
import time
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from nio.crypto.attachments import decrypt_attachment

from amanat.cli.sample_services import EXAMPLES
from amanat.db.database import Database
from amanat.gateway.device import credentials
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.ground import random_id
from amanat.gateway.device.happenings import Outgoing, Received
from amanat.gateway.flows.session import Act
from amanat.gateway.service import shelf
from amanat.gateway.service.opened_folder import CREDENTIALS
from amanat.gateway.service.service import Service
from amanat.gateway.service.tables import OLDEST_ACTS
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from tests.gateway.device.office import PATIENCE_S
from tests.gateway.device.town import Citizen, Road, Town
from tests.server import Person

SAMPLE: Final = EXAMPLES / "layanan-paspor"
MORNING: Final = "2026-11-23 07:00"
"""A Monday."""


def at(moment: str) -> int:
    """Return a moment in Jakarta, such as 2026-11-23 09:00, in milliseconds."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Jakarta")).timestamp() * 1000)


class Clock:
    """Goes on by itself from where it was set."""

    def __init__(self) -> None:
        self.set(MORNING)

    def set(self, moment: str) -> None:
        self._ahead_ms = at(moment) - time.time_ns() // 1_000_000

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self._ahead_ms


class AtWork:
    """A service that runs until it is closed, or stopped and begun again."""

    def __init__(self, town: Town, folder: Path, *, person: Person, database: Database) -> None:
        self.town = town
        self.folder = folder
        self.person = person
        self.clock = Clock()
        self.road = Road(town.server)
        self._database = database
        self.service: Service
        self._running: asyncio.Task[None] | None = None

    @classmethod
    async def begin(cls, town: Town, folder: Path, *, database: Database, sample: Path = SAMPLE) -> "AtWork":
        """Make a service of a folder and let it work."""
        person = await town.server.user("paspor")
        held = Credentials(
            homeserver="http://localhost", user_id=person.user_id, device_id=person.device_id, access_token=person.token
        )
        kept = ServiceFolder(folder)
        kept.prepare(ServiceStamp(server_name=held.server_name, user_id=held.user_id, created_ts=1))
        kept.make_key()
        credentials.write(held, folder / CREDENTIALS)
        shelf.publish(sample, folder)
        at_work = cls(town, folder, person=person, database=database)
        await at_work.start()
        return at_work

    async def start(self) -> None:
        """Work, or go on working after a stop."""
        self.service = await Service.open(
            self.folder, asks=self.road, database=self._database, now_ms=self.clock.now_ms
        )
        self._running = asyncio.create_task(self.service.run())

    async def stop(self) -> None:
        """Stop where it stands."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            self._running = None
            await self.service.close()

    async def stop_acting(self) -> None:
        """Hear and answer, but do nothing that a flow asks for: as if it were killed in that moment."""
        await self.stop()
        self.service = await Service.open(
            self.folder, asks=self.road, database=self._database, now_ms=self.clock.now_ms
        )
        self._running = asyncio.create_task(self.service.device.run())

    async def acts(self) -> list[Act]:
        """Return what is to be done."""
        return [msgspec.json.decode(row.act, type=Act) for row in await self.service.store.all(OLDEST_ACTS, limit=100)]

    async def until_acts(self, count: int) -> None:
        """Wait until so many acts are to be done."""
        async with asyncio.timeout(20):
            while len(await self.service.store.all(OLDEST_ACTS, limit=100)) != count:  # noqa: ASYNC110 - it is another's
                await asyncio.sleep(0.05)

    async def close(self) -> None:
        """Stop for good."""
        await self.stop()

    async def visitor(self, name: str = "citizen") -> "Visitor":
        """Bring somebody into a chat with the service."""
        citizen = await self.town.citizen(name)
        room_id = await citizen.person.create_room(invite=[self.person.user_id])
        await citizen.sees_member(room_id, self.person.user_id)
        return Visitor(citizen, room_id)


class File(Struct, frozen=True):
    """A file that somebody was sent: what was said of it, and what lies on the server."""

    content: dict[str, Any]
    stored: bytes

    def opened(self) -> bytes:
        """Return its bytes, as another client opens them."""
        file = self.content["file"]
        return bytes(decrypt_attachment(self.stored, file["key"]["k"], file["hashes"]["sha256"], file["iv"]))


class Visitor:
    """Somebody in a chat with a service."""

    def __init__(self, citizen: Citizen, room_id: str) -> None:
        self.citizen = citizen
        self.room_id = room_id

    @property
    def heard(self) -> list[str]:
        """What the service has said."""
        return self.citizen.echo.texts

    async def books(self, day: str) -> str:
        """Book an appointment at the sample office and return what is said then."""
        for said, until in ("menu", "Selamat datang"), ("4", "untuk apa?"), ("1", "Atas nama"), ("Budi", "Tanggal"):
            await self.says(said, until=until)
        await self.says(day, until="Saya simpan")
        return await self.says("1", until="Janji temu Anda")

    async def gets(self, name: str, *, count: int = 1) -> "File":
        """Wait for so many files of a kind, such as .png, and open the last."""

        def find() -> Received | None:
            files = [each for each in self.citizen.echo.received if each.content.get("filename", "").endswith(name)]
            return files[count - 1] if len(files) >= count else None

        found = await self.citizen.echo.until(find, f"gets {count} {name}")
        address = found.content["file"]["url"].removeprefix("mxc://")
        stored = await self.citizen.road.ask(
            "GET",
            f"/_matrix/client/v1/media/download/{address}",
            headers={"Authorization": f"Bearer {self.citizen.person.token}"},
            deadline_s=PATIENCE_S,
        )
        return File(content=found.content, stored=stored.body)

    async def says(self, text: str, *, until: str) -> str:
        """Say something, and wait for an answer that holds some words; returns that answer."""
        before = len(self.heard)
        await self.writes(text)
        return await self.hears(until, after=before)

    async def writes(self, text: str) -> None:
        """Say something."""
        outgoing = Outgoing(room_id=self.room_id, txn_id=random_id(), content={"msgtype": "m.text", "body": text})
        await self.citizen.store.write(lambda tx: self.citizen.device.say(tx, outgoing))

    async def hears(self, words: str, *, after: int = 0) -> str:
        """Wait for something that holds some words."""

        def find() -> str | None:
            return next((text for text in self.heard[after:] if words in text), None)

        return await self.citizen.echo.until(find, f"hears {words!r}")

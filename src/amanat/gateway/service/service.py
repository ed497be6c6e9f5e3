"""A service at work: its data, its device and its flow, from start to stop."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog

from amanat.core.errors import InternalError
from amanat.core.identifiers import localpart_of
from amanat.core.keyed_hash import subkey
from amanat.db.database import Database
from amanat.gateway.appointments.office import in_the_way
from amanat.gateway.connectors.connectors import Connectors
from amanat.gateway.connectors.settings import FILE as CONNECTORS
from amanat.gateway.desk.changes import Changes
from amanat.gateway.desk.inbox import Inbox
from amanat.gateway.desk.upkeep import DeskUpkeep
from amanat.gateway.device.device import ServiceDevice
from amanat.gateway.device.ground import Ground, wall_clock_ms
from amanat.gateway.device.server_api import Asks
from amanat.gateway.flows.model import Flow
from amanat.gateway.office_files.problems import FilesRefused
from amanat.gateway.service.acting import Acting
from amanat.gateway.service.clock import Clock
from amanat.gateway.service.connecting import ConnectorsFile, unanswered
from amanat.gateway.service.desk_files import DeskFiles
from amanat.gateway.service.desk_office import DeskGround, office_of
from amanat.gateway.service.group_notice import POLICY, GroupNotices
from amanat.gateway.service.group_notice_words import About
from amanat.gateway.service.handler import FlowHandler
from amanat.gateway.service.handouts import Handouts
from amanat.gateway.service.holders import Holders
from amanat.gateway.service.host import host_of, read_host, read_hosted
from amanat.gateway.service.hosting import Hosting
from amanat.gateway.service.opened_folder import opening
from amanat.gateway.service.shelf import NothingPublished, Shelf
from amanat.gateway.service.turns import Turns
from amanat.gateway.store.store import GatewayStore

LOOK_EVERY_S: Final = 1.0

log = structlog.get_logger()


class Service:
    """One service of a gateway. `open` once, then `run` until it is to stop, then `close`."""

    def __init__(self, folder: Path, *, on: Ground, key: bytes) -> None:
        self._connectors_file = ConnectorsFile(folder / CONNECTORS)
        self._connectors = Connectors(self._connectors_file.held, now_ms=on.now_ms)
        self.shelf = Shelf(folder, secret=subkey(key, "appointments"))
        self._on = on
        shelf, now_ms = self.shelf, on.now_ms
        staff = Inbox(changes=Changes(start=now_ms()), now_ms=now_ms)
        self.turns = turns = Turns(shelf, staff=staff, now_ms=now_ms, mint=on.mint)
        self.acting = Acting(on.store, turns, shelf=shelf, connectors=self._connectors, now_ms=now_ms)
        self._clock = Clock(on.store, turns, shelf=shelf, now_ms=now_ms)
        self.handler = FlowHandler(turns, user_id=on.credentials.user_id, staff=staff, shelf=shelf, now_ms=now_ms)
        self.device = ServiceDevice(on, handler=self.handler, policy=POLICY)
        about = About(username=localpart_of(on.credentials.user_id), host=host_of(folder), hears="first")
        self._notices = GroupNotices(on.store, self.device, about=about, mint=on.mint)
        self._hosting: Hosting | None = None
        self._handouts = Handouts(on, turns, shelf=shelf, upload=self.device.upload)
        turns.say, turns.handouts, turns.acts_came = self.device.say, self._handouts, self.acting.came
        # What is on disk without the database's word is done and shown as well; the device looks after its own.
        on.store.recovered += [self.acting.came, self._handouts.came, staff.changes.tell_of_anything]
        self._desk_upkeep = DeskUpkeep(on.store, now_ms=now_ms)
        self.office = office_of(
            DeskGround(
                folder=folder,
                on=on,
                turns=turns,
                inbox=staff,
                shelf=shelf,
                files=DeskFiles(self.device),
                speak=self._speak,
            )
        )

    @classmethod
    async def open(
        cls,
        folder: Path,
        *,
        asks: Asks,
        database: Database | None = None,
        now_ms: Callable[[], int] = wall_clock_ms,
    ) -> "Service":
        """Open a service's data and its device.

        Raises `WrongData`, `DataInUse`, `BadCredentials`, `BadConnectors`, `NothingPublished`, `NoHost` and
        what `ServiceDevice.open` raises.
        """
        async with opening(folder, asks=asks, database=database, now_ms=now_ms) as (on, key):
            service = cls(folder, on=on, key=key)
            await service._begin_to_speak()
            await service.device.open()
            service._hosting = service._as_host(folder)
        return service

    @property
    def store(self) -> GatewayStore:
        """The service's data."""
        return self._on.store

    @property
    def user_id(self) -> str:
        """Who the service is."""
        return self._on.credentials.user_id

    @property
    def homeserver(self) -> str:
        """Where the service's server is."""
        return self._on.credentials.homeserver

    async def run(self) -> None:
        """Hear, answer, and do what falls due, until cancelled; raises `LoggedOut`."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.device.run())
            tasks.create_task(self.acting.work())
            tasks.create_task(self._clock.work())
            tasks.create_task(self._notices.work())
            tasks.create_task(self._handouts.work())
            tasks.create_task(self._follow_publishing())
            if self._hosting is not None:
                tasks.create_task(self._hosting.work())
            tasks.create_task(self._desk_upkeep.work())

    def gather(self, seconds: float) -> None:
        """Let what it writes wait so long for more, to be committed together."""
        self._on.store.gather(seconds)

    async def close(self) -> None:
        """Finish what is queued and let the data go."""
        await self._connectors.close()
        await self._on.store.close()

    def _as_host(self, folder: Path) -> Hosting | None:
        """Return what signs for this gateway, where it runs the service for an owner who keeps its identity."""
        hosted = read_hosted(folder)
        if hosted is None or hosted.identity != "owner":
            return None
        host, held = read_host(folder.parent), self._on.credentials
        holders = Holders(self._on.api, user_id=held.user_id)
        device = (held.device_id, self.device.ed25519)
        return Hosting(holders, device=device, host=host, terms=host.terms(hosted))

    async def _begin_to_speak(self) -> None:
        """Speak what was published last, or what was spoken before where that would take away a seat."""
        version = self.shelf.pointed()
        if await self._speak(version):
            return
        for earlier in self.shelf.earlier():
            if earlier != version and await self._speak(earlier):
                return
        raise NothingPublished(f"Nothing that was published of {self.user_id} can be spoken: the log says why.")

    async def _follow_publishing(self) -> None:
        """Speak what was published last, and ask as the operator's file says by now, as soon as that can be."""
        refused = ""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if self._connectors_file.has_changed():
                await self._connectors.take(self._connectors_file.held)
                log.info("connectors_taken")
                self._tell_unanswered(self.shelf.current)
            version = self.shelf.pointed()
            if version in (self.shelf.current.version, refused):
                continue
            try:
                refused = "" if await self._speak(version) else version
            except InternalError:
                log.warning("publishing_waits_for_database")

    async def _speak(self, version: str) -> bool:
        try:
            office = self.shelf.read(version)
            problems = await in_the_way(self._on.store, office.agenda) if office.agenda else []
        except (NothingPublished, FilesRefused) as error:
            problems = [str(error)]
        if problems:
            log.error("not_spoken", version=version, problems=problems)
            return False
        self.shelf.speak(version)
        self.office.changes.tell("flow", "day")
        log.info("spoken", version=version)
        self._tell_unanswered(office.flow)
        return True

    def _tell_unanswered(self, flow: Flow) -> None:
        for sentence in unanswered(flow, self._connectors_file.held):
            log.warning("not_connected", user_id=self.user_id, problem=sentence)

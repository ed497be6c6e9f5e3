"""A gateway at work: every service and bot of its folder, in one process."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any, Final, TypeAlias

import structlog
from msgspec import Struct

from amanat.core.error_groups import first_error
from amanat.gateway.device import credentials
from amanat.gateway.device.server_api import LoggedOut
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot import Bot
from amanat.gateway.service.bot_apis import BotApis
from amanat.gateway.service.opened_folder import CREDENTIALS
from amanat.gateway.service.own_socket import SOCKET, serve_own
from amanat.gateway.service.service import Service
from amanat.gateway.service.serving import ListenAddress, serve, serve_desk, take
from amanat.gateway.signals import Signal
from amanat.gateway.store.data_folder import WAKEFUL
from amanat.outbound.origin import Origin

log = structlog.get_logger()

STARTED_AT_ONCE: Final = 50
STARTS_WITHIN_S: Final = 2.0
GATHER_S: Final = 0.002
"""How long a commit waits for more, which makes half as many. Nobody sees that a service answers 10 ms later."""

Resident: TypeAlias = Service | Bot


class Serving(Struct, frozen=True, kw_only=True):
    """What a gateway serves: the desk of its services, and the APIs of its bots.

    `private_networks`: those of our own that the webhooks of bots, and links to files, may lead to.
    """

    desk: ListenAddress | None = None
    bots: ListenAddress | None = None
    private_networks: tuple[str, ...] = ()


NOTHING = Serving()


def services_in(data: Path) -> list[Path]:
    """Return the folders of the services and bots in a gateway's folder."""
    if not data.is_dir():
        return []
    return sorted(path for path in data.iterdir() if (path / CREDENTIALS).is_file())


async def run_services(
    folders: list[Path], *, ready: Callable[[list[str]], object], serving: Serving = NOTHING
) -> None:
    """Run them until cancelled, and serve what there is an address for.

    `ready` is told who is where once each has taken its place, and where the desk and the bot APIs are.

    A service whose owner has signed it out ends alone, and the last one that is ends the gateway with `LoggedOut`.
    What `Service.open` raises beside that ends them all: a gateway that is half there answers half the people.
    """
    async with AsyncExitStack() as stack:
        gateway = _Gateway(stack, serving)
        await gateway.open(folders)
        await gateway.run(ready)


class _Gateway:
    """What runs, and what it holds until `stack` ends."""

    def __init__(self, stack: AsyncExitStack, serving: Serving) -> None:
        self._stack = stack
        self._serving = serving
        self._apis = BotApis(private_networks=serving.private_networks)
        self._residents: list[Resident] = []
        self._data: Path | None = None
        self._ended: list[LoggedOut] = []
        self._desk = stack.enter_context(take(serving.desk)) if serving.desk else None
        self._bots = stack.enter_context(take(serving.bots)) if serving.bots else None
        stack.push_async_callback(self._apis.close)

    async def open(self, folders: Iterable[Path]) -> None:
        """Open every service and bot."""
        for folder in folders:
            self._data = folder.parent
            origin = Origin(credentials.read(folder / CREDENTIALS).homeserver)
            self._stack.callback(origin.close)
            try:
                resident = await self._opened(folder, origin)
            except LoggedOut as error:
                log.error("service_logged_out", folder=folder.name, reason=str(error))
                self._ended.append(error)
                continue
            self._residents.append(resident)
            self._stack.push_async_callback(resident.close)

    async def run(self, ready: Callable[[list[str]], object]) -> None:
        """Run until cancelled; raises `LoggedOut` once nobody is left."""
        async with asyncio.TaskGroup() as tasks:
            resting = tasks.create_task(WAKEFUL.work())
            working = await self._start(tasks)
            for task, resident in working.items():
                await _first_of(task, resident.device.synced)
            running = [each for task, each in working.items() if not task.done()]
            if running:
                served = [tasks.create_task(each) for each in self._served(running)]
                ready([*(f"{each.user_id} on {each.homeserver}" for each in running), *self._places()])
                await asyncio.wait(working)
                for task in served:
                    task.cancel()
            resting.cancel()
        raise self._ended[-1]

    async def _start(self, tasks: asyncio.TaskGroup) -> dict["asyncio.Task[None]", Resident]:
        """Start everybody, some at a time: a thousand first syncs at once keep the server from all of them."""
        working: dict[asyncio.Task[None], Resident] = {}
        for resident in self._residents:
            task = tasks.create_task(_until_logged_out(resident, self._ended), name=resident.user_id)
            working[task] = resident
            if len(working) % STARTED_AT_ONCE == 0:
                some = list(working.items())[-STARTED_AT_ONCE:]
                with suppress(TimeoutError):  # whose server is away keeps nobody else waiting
                    async with asyncio.timeout(STARTS_WITHIN_S):
                        for started, each in some:
                            await _first_of(started, each.device.synced)
        return working

    async def _opened(self, folder: Path, origin: Origin) -> Resident:
        if bot_file.is_bot(folder):
            opened: Resident = await Bot.open(folder, asks=origin, apis=self._apis.of, posts=self._apis.http)
        else:
            opened = await Service.open(folder, asks=origin)
        opened.gather(GATHER_S)
        return opened

    def _served(self, running: Sequence[Resident]) -> Iterator[Coroutine[Any, Any, None]]:
        bots = [each for each in running if isinstance(each, Bot)]
        if self._desk is not None and self._serving.desk is not None:
            url = self._serving.desk.url_at(self._desk.getsockname()[1])
            yield serve_desk([each.office for each in running], self._desk, url=url)
        if self._data is not None and bots:
            yield serve_own({each.office.id: each for each in bots}, self._data / SOCKET, batches=self._apis.batches)
        if self._bots is not None and self._serving.bots is not None:
            url = self._serving.bots.url_at(self._bots.getsockname()[1])
            yield serve(self._apis.application(bots, url=url), self._bots, stopping=self._apis.stop)

    def _places(self) -> list[str]:
        bound = {"desk": (self._serving.desk, self._desk), "bots": (self._serving.bots, self._bots)}
        return [
            f"{name}: {address.url_at(taken.getsockname()[1])}"
            for name, (address, taken) in bound.items()
            if address is not None and taken is not None
        ]


async def _until_logged_out(resident: Resident, ended: list[LoggedOut]) -> None:
    try:
        await resident.run()
    except BaseExceptionGroup as group:
        error = first_error(group)
        if not isinstance(error, LoggedOut):
            raise
        log.error("service_logged_out", user_id=resident.user_id, reason=str(error))
        ended.append(error)


async def _first_of(task: "asyncio.Task[None]", event: Signal) -> None:
    """Return once the event is set, or the task has ended."""
    waiting = asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()

"""A gateway at work: every service of its folder, in one process."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from amanat.core.error_groups import first_error
from amanat.gateway.device import credentials
from amanat.gateway.device.server_api import LoggedOut
from amanat.gateway.service.desk_serving import DeskAddress, serve_desk, take
from amanat.gateway.service.service import CREDENTIALS, Service
from amanat.outbound.origin import Origin

log = structlog.get_logger()


def services_in(data: Path) -> list[Path]:
    """Return the folders of the services in a gateway's folder."""
    if not data.is_dir():
        return []
    return sorted(path for path in data.iterdir() if (path / CREDENTIALS).is_file())


async def run_services(
    folders: list[Path], *, ready: Callable[[list[str]], object], desk: DeskAddress | None = None
) -> None:
    """Run them until cancelled, with the staff's desk where there is an address for it.

    `ready` is told who is where once each has taken its place, and where the desk is.

    A service whose owner has signed it out ends alone, and the last one that is ends the gateway with `LoggedOut`.
    What `Service.open` raises beside that ends them all: a gateway that is half there answers half the people.
    """
    origins = [Origin(credentials.read(folder / CREDENTIALS).homeserver) for folder in folders]
    services: list[Service] = []
    ended: list[LoggedOut] = []
    bound = take(desk) if desk else None
    try:
        for folder, origin in zip(folders, origins, strict=True):
            try:
                services.append(await Service.open(folder, asks=origin))
            except LoggedOut as error:
                log.error("service_logged_out", folder=folder.name, reason=str(error))
                ended.append(error)
        async with asyncio.TaskGroup() as tasks:
            working = {tasks.create_task(_until_logged_out(each, ended), name=each.user_id): each for each in services}
            for task, service in working.items():
                await _first_of(task, service.device.synced)
            running = [each for task, each in working.items() if not task.done()]
            if running:
                told = [f"{service.user_id} on {service.homeserver}" for service in running]
                if desk is None or bound is None:
                    ready(told)
                else:
                    url = desk.url_at(bound.getsockname()[1])
                    serving = tasks.create_task(serve_desk([each.office for each in running], bound, url=url))
                    ready([*told, f"desk: {url}"])
                    await asyncio.wait(working)
                    serving.cancel()
        raise ended[-1]
    finally:
        if bound is not None:
            bound.close()
        for service in services:
            await service.close()
        for origin in origins:
            origin.close()


async def _until_logged_out(service: Service, ended: list[LoggedOut]) -> None:
    try:
        await service.run()
    except BaseExceptionGroup as group:
        error = first_error(group)
        if not isinstance(error, LoggedOut):
            raise
        log.error("service_logged_out", user_id=service.user_id, reason=str(error))
        ended.append(error)


async def _first_of(task: "asyncio.Task[None]", event: asyncio.Event) -> None:
    """Return once the event is set, or the task has ended."""
    waiting = asyncio.ensure_future(event.wait())
    await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()

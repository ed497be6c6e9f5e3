"""A gateway at work: every service of its folder, in one process."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from amanat.gateway.device import credentials
from amanat.gateway.service.service import CREDENTIALS, Service
from amanat.outbound.origin import Origin


def services_in(data: Path) -> list[Path]:
    """Return the folders of the services in a gateway's folder."""
    if not data.is_dir():
        return []
    return sorted(path for path in data.iterdir() if (path / CREDENTIALS).is_file())


async def run_services(folders: list[Path], *, ready: Callable[[list[str]], object]) -> None:
    """Run them until cancelled; `ready` is told who is where once each has taken its place.

    What `Service.open` raises of one of them ends them all: a gateway that is half there answers half the people.
    """
    origins = [Origin(credentials.read(folder / CREDENTIALS).homeserver) for folder in folders]
    services: list[Service] = []
    try:
        for folder, origin in zip(folders, origins, strict=True):
            services.append(await Service.open(folder, asks=origin))
        async with asyncio.TaskGroup() as tasks:
            for service in services:
                tasks.create_task(service.run(), name=service.user_id)
            for service in services:
                await service.device.synced.wait()
            ready([f"{service.user_id} on {service.homeserver}" for service in services])
    finally:
        for service in services:
            await service.close()
        for origin in origins:
            origin.close()

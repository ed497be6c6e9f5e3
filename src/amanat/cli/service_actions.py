"""What `amanat service` and `amanat gateway` do."""

import argparse
import asyncio
import logging
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from msgspec import json

from amanat import logs
from amanat.cli.failure import Exit, Failure
from amanat.cli.loop import run
from amanat.gateway.connectors.settings import BadConnectors
from amanat.gateway.device.account import WrongDevice
from amanat.gateway.device.credentials import BadCredentials
from amanat.gateway.device.pickles import DamagedKeys
from amanat.gateway.device.server_api import LoggedOut, Refused, TryAgain
from amanat.gateway.office_files.problems import FilesRefused
from amanat.gateway.owner.identity import NoOwner
from amanat.gateway.service.creating import NotMade, Wanted, create, renew
from amanat.gateway.service.running import run_services, services_in
from amanat.gateway.service.shelf import NothingPublished
from amanat.gateway.store.stamp import WrongData

T = TypeVar("T")

_REFUSALS = (BadConnectors, BadCredentials, LoggedOut, NoOwner, NotMade, NothingPublished, Refused, TryAgain)
_WRONG_DATA = (DamagedKeys, WrongData, WrongDevice)


def act(arguments: argparse.Namespace) -> Exit:
    """Make a service, or renew its statement."""
    logs.configure("console", level=logging.WARNING)
    owner = arguments.owner or Path(f"{arguments.name}-owner.json")
    if arguments.action == "renew":
        _told(renew(arguments.data / arguments.name, owner, country=arguments.country))
        return Exit.OK
    wanted = Wanted(
        name=arguments.name,
        homeserver=arguments.homeserver.rstrip("/"),
        data=arguments.data,
        owner=owner,
        flow=arguments.flow,
        registration_token=arguments.registration_token,
        country=arguments.country,
    )
    print(json.encode(_told(create(wanted))).decode())
    return Exit.OK


def serve(arguments: argparse.Namespace) -> Exit:
    """Run a gateway until SIGTERM or SIGINT."""
    logs.configure("console", level=logging.INFO if arguments.verbose else logging.WARNING)
    folders = services_in(arguments.data)
    if not folders:
        raise Failure(f"{arguments.data} holds no service: `amanat service create` makes one.")
    _told(_until_stopped(folders))
    return Exit.OK


async def _until_stopped(folders: list[Path]) -> None:
    serving = asyncio.ensure_future(
        run_services(folders, ready=lambda ids: print(f"Amanat gateway: {', '.join(ids)}", flush=True))
    )
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, serving.cancel)
    try:
        await serving
    except asyncio.CancelledError:
        return


def _told(work: Coroutine[Any, Any, T]) -> T:
    """Run something; what it raises for a person to read becomes the command's failure."""
    try:
        return run(work)
    except FilesRefused as refused:
        raise Failure(f"this flow cannot be used.\n{refused}") from None
    except _WRONG_DATA as error:
        raise Failure(str(error), code=Exit.WRONG_DATA) from None
    except _REFUSALS as error:
        raise Failure(str(error)) from None
    except BaseExceptionGroup as group:
        raise _first_of(group) from None


def _first_of(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error = group.exceptions[0]
    if isinstance(error, BaseExceptionGroup):
        return _first_of(error)
    return Failure(str(error)) if isinstance(error, (*_REFUSALS, *_WRONG_DATA)) else error

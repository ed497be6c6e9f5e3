"""What `amanat service` and `amanat gateway` do."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Coroutine
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import json

from amanat import logs
from amanat.cli.failure import Exit, Failure
from amanat.cli.gateway_flags import owner_of, wanted
from amanat.cli.loop import run
from amanat.core.error_groups import first_error
from amanat.edge.server import raise_descriptor_limit, tune_collector
from amanat.gateway.connectors.settings import BadConnectors
from amanat.gateway.desk.staff import Staff, WrongStaff
from amanat.gateway.device.account import WrongDevice
from amanat.gateway.device.credentials import BadCredentials
from amanat.gateway.device.pickles import DamagedKeys
from amanat.gateway.device.server_api import LoggedOut, Refused, TryAgain
from amanat.gateway.office_files.problems import FilesRefused
from amanat.gateway.owner.identity import NoOwner
from amanat.gateway.service.creating import NotMade, Wanted, accept, create, renew
from amanat.gateway.service.host import NoHost
from amanat.gateway.service.hosting import Signed
from amanat.gateway.service.joining import NotHosted, WantedHost, countersign, join, leave, sign_in_link
from amanat.gateway.service.running import Serving, run_services, services_in
from amanat.gateway.service.serving import WrongAddress, listen_address
from amanat.gateway.service.shelf import NothingPublished
from amanat.gateway.service.stating import NotStated
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import NoService, WrongData

T = TypeVar("T")

_REFUSALS = (
    *(BadConnectors, BadCredentials, LoggedOut, NoHost, NoOwner, NotHosted, NotMade, NotStated, NothingPublished),
    *(Refused, TryAgain),
)
_WRONG_DATA = (DamagedKeys, WrongData, WrongDevice)


def act(arguments: argparse.Namespace) -> Exit:
    """Make a service, or renew its statement."""
    logs.configure("console", level=logging.WARNING)
    if arguments.action == "staff":
        return staff(arguments)
    return _ACTIONS[arguments.action](arguments, arguments.data / arguments.name, owner_of(arguments))


def _create(arguments: argparse.Namespace, _folder: Path, _owner: Path) -> Exit:
    print(json.encode(told(create(wanted(Wanted, arguments)))).decode())
    return Exit.OK


def _renew(arguments: argparse.Namespace, folder: Path, owner: Path) -> Exit:
    return _stated(told(renew(folder, owner, country=arguments.country)))


def _accept(arguments: argparse.Namespace, folder: Path, owner: Path) -> Exit:
    return _stated(told(accept(folder, owner, fingerprint=arguments.fingerprint, country=arguments.country)))


def _stated(published: bool) -> Exit:
    print("Published." if published else "Signed; it is published once every host that it names has signed it, too.")
    return Exit.OK


def _host(arguments: argparse.Namespace, _folder: Path, _owner: Path) -> Exit:
    login_token = arguments.login_token or _asked_for(arguments.homeserver)
    print(json.encode(told(join(wanted(WantedHost, arguments, login_token=login_token)))).decode())
    return Exit.OK


def _asked_for(homeserver: str) -> str:
    print(
        f"Have the owner open {sign_in_link(homeserver)}\nand let the gateway in. Their browser ends at an address "
        "that does not load: have them send it to you within two minutes.\nThat address: ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    return sys.stdin.readline()


def _countersign(_arguments: argparse.Namespace, folder: Path, _owner: Path) -> Exit:
    came = told(countersign(folder))
    if came == "refused":
        raise Failure(
            "The owner's statement is not signed: it says of this host what it did not offer, or is not good."
        )
    print(_SIGNED[came])
    return Exit.OK


def _leave(_arguments: argparse.Namespace, folder: Path, _owner: Path) -> Exit:
    told(leave(folder))
    print(f"{folder.name} is not run here any more. What it kept lies in {folder}: hand it over, or delete it.")
    return Exit.OK


_SIGNED: Final[dict[Signed, str]] = {
    "nothing": "There is nothing to sign.",
    "signed": "Signed; other hosts have yet to.",
    "published": "Signed and published.",
}
_ACTIONS: Final[dict[str, Callable[[argparse.Namespace, Path, Path], Exit]]] = {
    "create": _create,
    "renew": _renew,
    "accept": _accept,
    "host": _host,
    "countersign": _countersign,
    "leave": _leave,
}


def serve(arguments: argparse.Namespace) -> Exit:
    """Run a gateway until SIGTERM or SIGINT."""
    logs.configure("console", level=logging.INFO if arguments.verbose else logging.WARNING)
    folders = services_in(arguments.data)
    if not folders:
        raise Failure(str(NoService(arguments.data)))
    try:
        serving = Serving(
            desk=listen_address(arguments.desk, arguments.desk_url) if arguments.desk else None,
            bots=listen_address(arguments.bots, arguments.bots_url) if arguments.bots else None,
            private_networks=tuple(str(ip_network(each)) for each in arguments.allow_private or ()),
        )
    except (WrongAddress, ValueError) as error:
        raise Failure(str(error), code=Exit.USAGE) from None
    told(_until_stopped(folders, serving=serving))
    return Exit.OK


def staff(arguments: argparse.Namespace) -> Exit:
    """Change or list who is of the staff."""
    folder = arguments.data / arguments.name
    if ServiceFolder(folder).stamp() is None:
        raise Failure(str(NoService(folder)))
    members = Staff(folder)
    if (arguments.act == "list") != (arguments.user is None):
        raise Failure("Write whom to add or to remove, as @name:server.", code=Exit.USAGE)
    try:
        if arguments.act == "add":
            members.put(arguments.user, arguments.role)
        elif arguments.act == "remove" and not members.remove(arguments.user):
            raise Failure(f"{arguments.user} is not of the staff of {arguments.name}.")
    except WrongStaff as error:
        raise Failure(str(error)) from None
    for member in members.members():
        print(f"{member.user_id}\t{member.role}")
    return Exit.OK


async def _until_stopped(folders: list[Path], *, serving: Serving) -> None:
    def ready(ids: list[str]) -> None:
        tune_collector()
        print(f"Amanat gateway: {', '.join(ids)}", flush=True)

    raise_descriptor_limit()  # a thousand bots hold a database and a connection each
    running = asyncio.ensure_future(run_services(folders, ready=ready, serving=serving))
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        return


def told(work: Coroutine[Any, Any, T]) -> T:
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
        first = first_error(group)
        raise (Failure(str(first)) if isinstance(first, (*_REFUSALS, *_WRONG_DATA)) else first) from None

"""`amanat lab`: a server for tests and load, on data of its own that no other command touches."""

import argparse
import asyncio
import logging
import socket
from pathlib import Path

from amanat import logs
from amanat.app import Amanat, Mode
from amanat.cli import sample_desk
from amanat.cli.beside import run_beside
from amanat.cli.failure import Exit
from amanat.cli.loop import run
from amanat.cli.running import listening, require_loopback, run_server
from amanat.config import load

HELP = "start a server for tests: open registration, no limits, loopback only"
DESCRIPTION = """\
Start a server for tests and load, on data of its own that no other command touches. Registration is open, there are
no limits, and clear text is taken everywhere unless --gate. It says so in /_matrix/client/versions. It listens on
loopback only. A folder that does not exist is a new server. It prints one line with its URL when it is ready.

Neither a configuration file nor AMANAT_... variables are read: what stands on the command line is all there is.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument("--listen", metavar="ADDRESS:PORT", required=True, help="loopback address; port 0: a free one")
    parser.add_argument("--data", metavar="DIR", required=True, help="folder of the data")
    parser.add_argument("--gate", action="store_true", help="refuse clear text in encrypted rooms, as `serve` does")
    parser.add_argument(
        "--gateway",
        action="store_true",
        help="start the sample services and a bot of each API too, in a gateway with data in DIR-gateway",
    )
    parser.add_argument(
        "--desk",
        metavar="ADDRESS:PORT",
        default=sample_desk.ANY,
        help="where their desk listens (default: a free port)",
    )
    parser.add_argument("--database", metavar="URL", help="keep the data in PostgreSQL instead of SQLite")
    parser.add_argument("--server-name", metavar="NAME", help="what ids end with (default: localhost)")
    parser.add_argument("--policies", metavar="DIR", dest="policies_folder", help="folder of policies to publish")
    parser.add_argument("--room-version", metavar="N", help="version of new rooms (default: 12)")


def main(arguments: argparse.Namespace) -> Exit:
    """Run until SIGTERM or SIGINT."""
    flags = ("listen", "data", "database", "server_name", "room_version", "policies_folder")
    config = load(flags={flag: getattr(arguments, flag) for flag in flags})
    require_loopback(config, command="lab")
    logs.configure("console", level=logging.WARNING)

    with listening(config) as (config, bound):
        amanat = Amanat(config, mode=Mode.LAB, gate=arguments.gate)
        folder = Path(f"{arguments.data}-gateway") if arguments.gateway else None
        run(_lab(amanat, bound, gateway=folder, desk=arguments.desk))
    return Exit.OK


async def _lab(amanat: Amanat, bound: socket.socket, *, gateway: Path | None, desk: str) -> None:
    """Serve; with a gateway, the lab is ready when its services are."""
    services: list[asyncio.Task[int]] = []
    told: list[bytes] = []

    def say_ready(url: str) -> None:
        print(f"Amanat lab, for tests only: {url}", flush=True)

    def begin(url: str) -> None:
        def say(line: bytes) -> None:
            if line.startswith((sample_desk.TOLD, sample_desk.BOTS_TOLD)):
                print(f"Its {line.decode().strip()}", flush=True)
            elif not told:
                told.append(line)
                say_ready(url)

        beside = run_beside("amanat.cli.sample_services", url, str(gateway), desk, heard=say)
        services.append(asyncio.create_task(beside))

    try:
        await run_server(amanat, bound, ready=say_ready if gateway is None else begin)
    finally:
        for task in services:
            task.cancel()
        await asyncio.gather(*services, return_exceptions=True)

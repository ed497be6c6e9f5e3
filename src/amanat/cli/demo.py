"""`amanat demo`: a server with two sample people who talk encrypted, for whoever looks at Amanat for the first time."""

import argparse
import asyncio
import logging
import socket
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from amanat import logs
from amanat.app import DEMO_PATH, Amanat, Mode
from amanat.cli import sample_desk
from amanat.cli.beside import run_beside
from amanat.cli.demo_page import WithDemoPage
from amanat.cli.demo_screens import Read, Screens
from amanat.cli.failure import Exit, Failure
from amanat.cli.loop import run
from amanat.cli.running import listening, require_loopback, run_server
from amanat.config import address_of, load

HELP = "start a server with two sample people, to see what it stores"
DESCRIPTION = """\
Start a server on this machine alone, with two sample people on real Matrix clients who talk encrypted. The page it
links shows what they read beside what the server stored. Anybody on this machine may register. The data is the demo's
own; no other command opens it, and a second start goes on with it.
"""
PEOPLE: Final = "people"
"""The folder, in the demo's data, of what would be on two phones: nothing in it is the server's."""
GATEWAY: Final = "gateway"
"""The same, of what would be on an office's own machine."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument("--listen", metavar="ADDRESS:PORT", help="loopback address (default: 127.0.0.1:8008)")
    parser.add_argument("--data", metavar="DIR", help="folder of the demo's data (default: ./data)")


def main(arguments: argparse.Namespace) -> Exit:
    """Run until SIGTERM or SIGINT."""
    config = load(flags={"listen": arguments.listen, "data": arguments.data})
    require_loopback(config, command="demo")
    if find_spec("nio") is None:
        raise Failure("The sample people need matrix-nio: run `make setup`, or install amanat[demo].")
    logs.configure("console", level=logging.WARNING)
    with listening(config) as (config, bound):
        _, port = address_of(config.listen)
        # Under the name that the data bears.
        url = f"http://localhost:{port}"
        run(_demo(Amanat(replace(config, public_url=url), mode=Mode.DEMO), bound))
    return Exit.OK


async def _demo(amanat: Amanat, bound: socket.socket) -> None:
    screens = Screens()
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def people() -> None:
        await _live(await ready, folder=amanat.folder.path, screens=screens)

    def begin(url: str) -> None:
        print(f"Amanat demo: {amanat.config.public_url}")
        print(
            f"What Ani and Budi read, beside what the server stored: {amanat.config.public_url}{DEMO_PATH}", flush=True
        )
        ready.set_result(url)

    living = asyncio.create_task(people(), name="sample people")
    try:
        await run_server(amanat, bound, app=WithDemoPage(amanat, screens), ready=begin)
    finally:
        living.cancel()
        with suppress(asyncio.CancelledError):
            await living


async def _live(url: str, *, folder: Path, screens: Screens) -> None:
    """Let the people and the services live in processes of their own, and follow the people's screens."""
    async with asyncio.TaskGroup() as beside:
        beside.create_task(_people(url, folder=folder / PEOPLE, screens=screens))
        beside.create_task(_services(url, folder=folder / GATEWAY))


async def _people(url: str, *, folder: Path, screens: Screens) -> None:
    def show(line: bytes) -> None:
        screens.show(msgspec.json.decode(line, type=Read))

    code = await run_beside("amanat.cli.demo_people", url, str(folder), heard=show)
    screens.trouble = f"Ani and Budi have stopped talking (exit code {code}); the console says why."


async def _services(url: str, *, folder: Path) -> None:
    def say(line: bytes) -> None:
        if line.startswith(sample_desk.TOLD):
            way_in = f"sign in as {sample_desk.LEAD}, password {sample_desk.LEAD_PASSWORD}"
            print(f"The sample office's {line.decode().strip()} ({way_in})", flush=True)

    desk = f"127.0.0.1:{sample_desk.PORT}"
    code = await run_beside("amanat.cli.sample_services", url, str(folder), desk, sample_desk.WITH_LEAD, heard=say)
    print(f"The sample services have stopped (exit code {code}).", file=sys.stderr)

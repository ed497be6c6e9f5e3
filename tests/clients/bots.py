"""A bot of either API in a gateway's process, and its program in another: both as their developer would start them."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from msgspec import json

from amanat.gateway.service.bot_creating import MadeBot, WantedBot, create_bot
from amanat.gateway.service.bot_file import ApiName
from tests.processes import AmanatProcess, free_port

EXAMPLES = Path(__file__).parents[2] / "examples"
STOP_S = 20.0


@asynccontextmanager
async def bot_of(
    lab: AmanatProcess, folder: Path, *, name: str, api: ApiName, hears_groups: bool = False
) -> AsyncIterator[MadeBot]:
    """Make a bot on the lab and run the gateway that it lies in; what it was told of it lies in `folder`/bot.json."""
    place, data = f"127.0.0.1:{free_port()}", folder / "gateway"
    made = await create_bot(
        WantedBot(
            name=name,
            api=api,
            title="Kantor Paspor",
            homeserver=lab.url,
            data=data,
            owner=folder / "owner.json",
            url=f"http://{place}",
            hears_groups=hears_groups,
        )
    )
    (folder / "bot.json").write_bytes(json.encode(made))
    options = ("--data", str(data), "--bots", place, "--allow-private", "127.0.0.0/8")
    with AmanatProcess("gateway", *options, log=folder / "gateway.log"):
        yield made


@contextmanager
def program(name: str, *arguments: Any, folder: Path) -> Iterator[None]:
    """Run one of the examples until the story is told; what it prints lies in `folder`/program.log."""
    log = folder / "program.log"
    with log.open("wb") as printed:
        running = subprocess.Popen(
            [sys.executable, EXAMPLES / name, *map(str, arguments)], stdout=printed, stderr=subprocess.STDOUT
        )
    try:
        yield
        assert running.poll() is None, f"It left:\n{log.read_text()}"
    finally:
        running.terminate()
        running.wait(STOP_S)

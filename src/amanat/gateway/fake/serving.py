"""Both bot APIs over a conversation in memory, on one address of this machine."""

import asyncio
import socket
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

from amanat.core.errors import MissingToken
from amanat.core.requester import Requester
from amanat.edge.app import App
from amanat.edge.request import Request
from amanat.edge.responses import Answer
from amanat.edge.routes import collect
from amanat.gateway.bots.tokens import make_secret
from amanat.gateway.fake.bot import FakeBot
from amanat.gateway.fake.routes import FakeRoutes
from amanat.gateway.service.bot_apis import BotApis, access_of
from amanat.gateway.service.bot_file import ApiName, BotFile
from amanat.gateway.service.serving import serve

PATHS: Final = "/fake/"
OWN: Final = ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8")
"""A bot that is being written runs beside this, or in a container: its webhook stands in a network of one's own."""
_NUMBERS: Final[dict[ApiName, int]] = {"telegram": 7_000_000_001, "cloud": 7_000_000_002}


async def serve_fake(bound: socket.socket, *, url: str, ready: Callable[[dict[str, Any]], object]) -> None:
    """Serve a bot of each API until cancelled; `ready` is told what `amanat bot create` would print of each."""
    async with AsyncExitStack() as stack:
        apis = BotApis(private_networks=OWN)
        stack.push_async_callback(apis.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="amanat-fake-")))
        bots = []
        for name, number in _NUMBERS.items():
            described = BotFile(api=name, number=number, name="Fake", secret=make_secret(), stand_in_numbers=True)
            bots.append(FakeBot(described, folder=folder, api=apis.of(described), posts=apis.http))
        for bot in bots:
            await bot.open()
            stack.push_async_callback(bot.close)
        await _serve(bots, apis, bound, url=url, ready=ready)


async def _serve(
    bots: list[FakeBot],
    apis: BotApis,
    bound: socket.socket,
    *,
    url: str,
    ready: Callable[[dict[str, Any]], object],
) -> None:
    people = App(collect(FakeRoutes({bot.api_name: bot for bot in bots})), authenticate=_nobody)
    programs = apis.application(bots, url=url)

    async def application(request: Request) -> Answer | None:
        return await (people if request.path.startswith(PATHS) else programs)(request)

    async with asyncio.TaskGroup() as tasks:
        for bot in bots:
            tasks.create_task(bot.run())
        ready({bot.api_name: _access(bot, url) for bot in bots})
        await serve(application, bound, stopping=apis.stop)


def _access(bot: FakeBot, url: str) -> dict[str, Any]:
    return access_of(bot.described, username=bot.line.me.username, token=bot.token, url=url)


async def _nobody(_token: str, _request: Request) -> Requester:
    """Whoever reaches this machine may play anybody: nothing here is anybody's."""
    raise MissingToken

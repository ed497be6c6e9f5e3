"""What `amanat fake` does."""

import argparse
import asyncio
import logging
import signal
import socket

from msgspec import json

from amanat import logs
from amanat.cli.failure import Exit, Failure
from amanat.cli.loop import run
from amanat.gateway.fake.serving import serve_fake
from amanat.gateway.service.serving import ListenAddress, WrongAddress, listen_address, take


def act(arguments: argparse.Namespace) -> Exit:
    """Serve until SIGTERM or SIGINT."""
    logs.configure("console", level=logging.WARNING)
    try:
        address = listen_address(arguments.listen, None)
        bound = take(address)
    except WrongAddress as error:
        raise Failure(str(error), code=Exit.USAGE) from None
    with bound:
        run(_until_stopped(address, bound))
    return Exit.OK


async def _until_stopped(address: ListenAddress, bound: socket.socket) -> None:
    url = address.url_at(bound.getsockname()[1])
    told = serve_fake(bound, url=url, ready=lambda bots: print(json.encode(bots).decode(), flush=True))
    serving = asyncio.ensure_future(told)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, serving.cancel)
    try:
        await serving
    except asyncio.CancelledError:
        return

"""What `amanat bot deliveries`, `replay` and `test` do: ask the gateway that runs, and without one the bot's data."""

import argparse
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from msgspec import json

from amanat.cli.admin_socket import AdminClient
from amanat.cli.bot_folder import bot_folder
from amanat.cli.failure import Exit, Failure
from amanat.cli.service_actions import told
from amanat.gateway.bots.delivery.tries import Tries
from amanat.gateway.device.ground import wall_clock_ms
from amanat.gateway.service.own_socket import GONE, SOCKET, listed, shown
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import NoService
from amanat.gateway.store.store import GatewayStore


def act(arguments: argparse.Namespace) -> Exit:
    """Show deliveries, or have one delivered again."""
    folder = bot_folder(arguments)
    client = AdminClient(arguments.data / SOCKET)
    replays = arguments.action == "replay"
    if client.is_answered():
        answer = _asked(client, arguments.name, position=arguments.position, replays=replays)
    else:
        answer = _alone(folder, position=arguments.position, replays=replays)
    if not replays:
        print(json.format(json.encode(answer)).decode())
    return Exit.OK


def test(arguments: argparse.Namespace) -> Exit:
    """Have a test delivered, and show what came of it."""
    bot_folder(arguments)
    client = AdminClient(arguments.data / SOCKET)
    if not client.is_answered():
        raise Failure("The gateway does not run: a webhook is tested from where it delivers.")
    print(json.encode(client.post(f"/bots/{arguments.name}/deliveries", {})).decode())
    return Exit.OK


def _asked(client: AdminClient, name: str, *, position: int | None, replays: bool) -> Any:
    path = f"/bots/{name}/deliveries"
    if position is None:
        return client.get(path)
    one = f"{path}/{position}"
    return client.post(f"{one}/replay", {}) if replays else client.get(one)


def _alone(folder: Path, *, position: int | None, replays: bool) -> Any:
    if position is None:
        return told(_with(folder, listed))
    if replays:
        answer = told(_with(folder, lambda deliveries: deliveries.replay(position)))
    else:
        answer = told(_with(folder, lambda deliveries: shown(deliveries, position)))
    if not answer:
        raise Failure(GONE)
    return answer


async def _with(folder: Path, work: Callable[[Tries], Awaitable[Any]]) -> Any:
    """Open the data of a bot that does not run, for as long as something is done with it."""
    kept = ServiceFolder(folder)
    stamp = kept.stamp()
    if stamp is None:
        raise NoService(folder)
    store = GatewayStore(kept.database())
    await store.open(stamp)
    try:
        return await work(Tries(store, now_ms=wall_clock_ms, look=lambda: None))
    finally:
        await store.close()

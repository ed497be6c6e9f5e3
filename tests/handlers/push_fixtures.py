"""A server that may push to this machine, and what it pushed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import json

from tests.outbound.answering import Answering
from tests.server import Person, Server, start

LOOPBACK = ("127.0.0.0/8",)


@asynccontextmanager
async def pushing_server(folder: Path, *, gate: bool = True, database: str | None = None) -> AsyncIterator[Server]:
    """Run a lab that pushes to this machine."""
    server = await start(folder, gate=gate, database=database, outbound_private_networks=LOOPBACK)
    yield server
    await server.amanat.close()


async def set_pusher(person: Person, other: Answering, *, pushkey: str = "key", **data: Any) -> None:
    """Have somebody pushed to by a gateway, or with `endpoint` by a push service."""
    where = data if "endpoint" in data else {"url": f"{other.url}/_matrix/push/v1/notify"} | data
    body = {
        "kind": "http",
        "app_id": "org.example.app",
        "pushkey": pushkey,
        "app_display_name": "App",
        "device_display_name": "Phone",
        "lang": "id",
        "data": where,
    }
    reply = await person.post("/pushers/set", body)
    assert reply.status == 200, reply.json


async def pushed(server: Server, other: Answering) -> list[dict[str, Any]]:
    """Return what a gateway has been told since it was asked for last."""
    await server.amanat.pushing.settle()
    told = [json.decode(asked.body)["notification"] for asked in other.asked]
    other.asked.clear()
    return told


async def together(server: Server, *names: str) -> tuple[str, list[Person]]:
    """Return people and an encrypted room that they are in."""
    first, *others = [await server.user(name) for name in names]
    room = await first.create_room(invite=[each.user_id for each in others])
    for each in others:
        await each.join(room)
    return room, [first, *others]


async def read(person: Person, room: str, event_id: str) -> None:
    """Have somebody read up to an event."""
    reply = await person.post(f"/rooms/{room}/receipt/m.read.private/{event_id}", {})
    assert reply.status == 200, reply.json

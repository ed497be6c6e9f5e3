"""What there is to see once somebody has waited in vain: who lives, what each side holds, and what was printed last."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Final

import httpx
from msgspec import Struct
from msgspec.structs import asdict

from amanat.db.database import Database
from amanat.db.query import Query
from amanat.db.table import Table
from amanat.gateway.bots.tables import SAYINGS, UPDATES
from amanat.gateway.device.tables import (
    INBOX,
    OLM_RECOVERIES,
    OUTBOUND_SESSIONS,
    OUTBOX,
    ROOMS,
    SYNC_POSITION,
    TO_DEVICE_OUTBOX,
    WAITING_EVENTS,
)
from amanat.gateway.service.tables import ACTS, CONVERSATIONS
from tests.gateway.device.office import Office
from tests.processes import AmanatProcess

_HELD: Final = (
    INBOX,
    WAITING_EVENTS,
    OUTBOX,
    TO_DEVICE_OUTBOX,
    OLM_RECOVERIES,
    OUTBOUND_SESSIONS,
    ROOMS,
    SYNC_POSITION,
)
_OF_SERVICE: Final = (ACTS, CONVERSATIONS, UPDATES, SAYINGS)
LINES: Final = 60
"""Of each log."""


class Aftermath:
    """Looks once, and ends the gateway to do so: two who wait in vain are told the same."""

    def __init__(self, server: AmanatProcess, gateway: AmanatProcess, database: Callable[[], Database]) -> None:
        self._server = server
        self._gateway = gateway
        self._database = database
        self._looking = asyncio.Lock()
        self._seen: str | None = None

    async def of(self, guest: Office, room_id: str) -> str:
        """Tell of somebody who waits for something in a chat."""
        async with self._looking:
            if self._seen is None:
                self._seen = "\n".join([text async for text in self._look(guest, room_id)])
        return self._seen

    async def _look(self, guest: Office, room_id: str) -> Any:
        for name, process in ("server", self._server), ("gateway", self._gateway):
            yield f"== the {name} {'lives' if process.is_running else 'has left by itself'}"
        yield "== what the server holds of the chat, newest first"
        yield await _in_the_chat(guest, room_id)
        yield f"== what {guest.user_id} holds; their device {'has ended' if guest.has_ended else 'is at work'}"
        yield await _held(guest.store.database, _HELD)
        if self._gateway.is_running:
            await asyncio.to_thread(self._gateway.kill)
        yield "== what the gateway holds"
        yield await self._held_by_gateway()
        for name, process in ("server", self._server), ("gateway", self._gateway):
            yield f"== what the {name} printed last"
            yield process.last_lines(LINES)

    async def _held_by_gateway(self) -> str:
        database = self._database()
        try:
            await database.open()
        except Exception as error:
            return f"   its database is away: {error!r}"
        try:
            return await _held(database, (*_HELD, *_OF_SERVICE))
        finally:
            await database.close()


async def _in_the_chat(guest: Office, room_id: str) -> str:
    held = guest.ground.credentials
    url = f"{held.homeserver}/_matrix/client/v3/rooms/{room_id}/messages?dir=b&limit=12"
    try:
        async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
            answer = await client.get(url, headers={"Authorization": f"Bearer {held.access_token}"})
        events = answer.raise_for_status().json()["chunk"]
    except httpx.HTTPError as error:
        return f"   the server does not say: {error!r}"
    return "\n".join(
        f"   {event['origin_server_ts']} {event['sender']} {event['type']} {event['event_id']}"
        f" {event['content'].get('session_id', '')}"
        for event in events
    )


async def _held(database: Database, tables: Iterable[Table[Any]]) -> str:
    lines = []
    for table in tables:
        rows = await database.all(Query(f"all_{table}", table.row, sql=f"SELECT * FROM {table.name}"), {})
        lines += [f"   {table.name}: {_shortly(row)}" for row in rows] or [f"   {table.name}: nothing"]
    return "\n".join(lines)


def _shortly(row: Struct) -> str:
    """Show a row without what is long or a key."""
    fields = ((name, value) for name, value in asdict(row).items() if name != "pickle")
    return ", ".join(f"{name}={str(value)[:160]}" for name, value in fields)

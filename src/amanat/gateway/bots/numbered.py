"""Finds messages by their numbers: what people said, and what the bot said, whether the server has it yet or not."""

import asyncio
from contextlib import suppress
from typing import Final

from amanat.gateway.bots.api import NoSuchMessage, NotNow
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import Chat
from amanat.gateway.bots.tables import MESSAGE_OF_NUMBER, SAYING_OF_NUMBER, MessageRow, SayingRow
from amanat.gateway.store.store import GatewayStore

SENT_WITHIN_S: Final = 10.0
"""How long a change waits for the server to have what it changes."""


async def find(store: GatewayStore, number: int) -> MessageRow | SayingRow | None:
    """Return a message that the server has, or one of the bot's that is on its way there; None where there is neither.

    Looked for in this order: between two reads the one may become the other, and never the other way round.
    """
    saying = await store.first(SAYING_OF_NUMBER, number=number)
    return await store.first(MESSAGE_OF_NUMBER, number=number) or saying


async def once_there(on: Ground, number: int, *, chat: Chat) -> MessageRow:
    """Return a message of a chat once the server has it; raises `NoSuchMessage` and `NotNow`."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SENT_WITHIN_S):
            while True:
                seen = on.settled.generation
                row = await find(on.store, number)
                if row is None or row.room_id != chat.room_id:
                    raise NoSuchMessage
                if isinstance(row, MessageRow):
                    return row
                await on.settled.wait(None, since=seen)
    raise NotNow("The server does not have this message yet.")

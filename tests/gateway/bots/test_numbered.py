"""A message of the bot's is found at each moment: on its way, at the server, and between the two."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from amanat.db.query import Query, Row
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Tx
from amanat.gateway.bots.api import NoSuchMessage
from amanat.gateway.bots.model import Saying, Words
from amanat.gateway.bots.numbered import find
from amanat.gateway.bots.tables import MESSAGES, SAYINGS, MessageRow, SayingRow
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.store import GatewayStore
from tests.db.engine import Faulty
from tests.gateway.bots.in_group import group_of
from tests.gateway.service.bot_at_work import BotAtWork

NUMBER = 5
STAMP = ServiceStamp(server_name="example.org", user_id="@bot:example.org", created_ts=1)


class Changing(Faulty):
    """Something else is committed right after the next read."""

    then: Callable[[], Awaitable[None]] | None = None

    async def all(self, query: Query[Row], parameters: Mapping[str, Any]) -> list[Row]:
        rows = await super().all(query, parameters)
        then, self.then = self.then, None
        if then is not None:
            await then()
        return rows


async def test_a_message_that_reaches_the_server_between_two_reads_is_found(tmp_path: Path) -> None:
    database = Changing(SqliteDatabase(tmp_path / "gateway.db"))
    store = GatewayStore(database)
    await store.open(STAMP)
    assert await find(store, NUMBER) is None
    saying = SayingRow(NUMBER, "!r", 1, b"")
    await store.write(lambda tx: tx.put(SAYINGS, saying))
    assert await find(store, NUMBER) == saying
    message = MessageRow("$e", NUMBER, "!r", "", 1, b"", 1)

    async def reaches_the_server() -> None:
        def settle(tx: Tx) -> None:
            tx.delete(SAYINGS, NUMBER)
            tx.put(MESSAGES, message)

        await store.write(settle)

    database.then = reaches_the_server
    assert await find(store, NUMBER) == message
    await store.close()


async def test_what_was_just_said_is_pinned_once_the_server_has_it(at_work: BotAtWork) -> None:
    group, line = await group_of(at_work), at_work.line
    ways = iter(["there"])
    at_work.road.loses = lambda asked: next(ways, None) if "/send/" in asked else None
    said = await line.say(group.chat, Saying(body=Words(text="Buka jam 8")))
    await line.group.pin(group.chat, said.number, is_pinned=True)
    assert len((await group.state("m.room.pinned_events"))["pinned"]) == 1
    with pytest.raises(NoSuchMessage):
        await line.group.pin(group.chat, said.number + 1, is_pinned=True)

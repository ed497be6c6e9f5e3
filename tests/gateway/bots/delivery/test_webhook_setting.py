"""Where updates go is read from the disk once, and memory follows every change that reached it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec import json

from amanat.core.errors import InternalError
from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.bots.api import Webhook
from amanat.gateway.bots.delivery.webhook_setting import WebhookSetting
from amanat.gateway.bots.tables import SETTINGS
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.store import GatewayStore
from tests.db.doubtful import Doubtful

HOOK = Webhook(url="https://bot.example/hook", kinds=("message",))
OTHER = Webhook(url="https://bot.example/other")
STAMP = ServiceStamp(server_name="example.org", user_id="@bot:example.org", created_ts=1)


@pytest.fixture
def database(tmp_path: Path) -> Doubtful:
    return Doubtful(SqliteDatabase(tmp_path / "gateway.db", portable=True))


@pytest.fixture
async def store(database: Doubtful) -> AsyncIterator[GatewayStore]:
    store = GatewayStore(database)
    await store.open(STAMP)
    yield store
    await store.close()


async def test_it_stands_until_it_is_changed_or_taken_back(store: GatewayStore) -> None:
    setting = WebhookSetting(store)
    for wanted in (None, HOOK, OTHER, None):
        await setting.put(wanted)
        assert await setting.get() == wanted
        assert await WebhookSetting(store).get() == wanted, "as whoever starts next finds it"


async def test_a_change_of_which_nobody_heard_is_found_on_the_disk(store: GatewayStore, database: Doubtful) -> None:
    setting = WebhookSetting(store)
    await setting.put(HOOK)
    encoded = json.encode(OTHER)
    database.lose_answer(lambda table, row: table is SETTINGS and row is not None and encoded in row)
    with pytest.raises(InternalError):
        await setting.put(OTHER)
    await database.has_lost_it()
    assert await setting.get() == OTHER

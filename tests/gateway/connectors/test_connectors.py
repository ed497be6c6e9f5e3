"""Whoever is asked, an answer comes: in time, from memory where it may, and `error` where nothing else can be said."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import structlog

from amanat.gateway.connectors.connectors import AT_ONCE, REMEMBERED, Connectors
from amanat.gateway.connectors.settings import HttpSettings, SqliteSettings
from tests.gateway.connectors.calls import call
from tests.gateway.connectors.test_http import LOCAL
from tests.gateway.device.town import until
from tests.outbound.answering import Answering

NOW_MS = 1_000_000


class _At:
    """A clock that is set by hand."""

    ms = NOW_MS


@pytest.fixture
async def asked(other: Answering) -> AsyncIterator[Connectors]:
    """The server on this machine, answers kept for a minute."""
    url = f"{other.url}/{{reference}}?key=tr0ub4dor"
    settings = HttpSettings(url=url, gives={"status": "/status"}, networks=LOCAL, cache_s=60, deadline_s=30)
    connectors = Connectors({"application": settings}, now_ms=lambda: _At.ms)
    other.body = b'{"status": "ready"}'
    _At.ms = NOW_MS
    yield connectors
    await connectors.close()


async def test_an_answer_is_kept_for_its_time(asked: Connectors, other: Answering) -> None:
    for _ in range(3):
        assert (await asked.ask(call({"reference": "1"}))).values == {"status": "ready"}
    assert len(other.asked) == 1
    await asked.ask(call({"reference": "2"}))
    assert len(other.asked) == 2
    _At.ms += 60_000
    await asked.ask(call({"reference": "1"}))
    assert len(other.asked) == 3


async def test_an_error_is_not_kept(asked: Connectors, other: Answering) -> None:
    other.status = 500
    assert (await asked.ask(call({"reference": "1"}))).outcome == "error"
    other.status = 200
    assert (await asked.ask(call({"reference": "1"}))).outcome == "found"


async def test_what_is_kept_has_a_bound(tmp_path: Path) -> None:
    file = tmp_path / "their.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE moments (at INTEGER)")
        connection.execute("INSERT INTO moments VALUES (1)")
        connection.commit()
        settings = SqliteSettings(file=str(file), query="SELECT at AS status FROM moments", cache_s=60)
        connectors = Connectors({"application": settings}, now_ms=lambda: NOW_MS)
        assert (await connectors.ask(call({"n": "first"}))).values == {"status": "1"}
        connection.execute("UPDATE moments SET at = 2")
        connection.commit()
        assert (await connectors.ask(call({"n": "first"}))).values == {"status": "1"}
        for number in range(REMEMBERED):
            await connectors.ask(call({"n": str(number)}))
        assert (await connectors.ask(call({"n": "first"}))).values == {"status": "2"}


async def test_nobody_waits_longer_than_the_flow_does_and_no_value_is_logged(
    other: Answering,
) -> None:
    bounds: list[tuple[float, asyncio.Timeout]] = []

    def within(seconds: float) -> asyncio.Timeout:
        """A bound that is reached when the test says so."""
        bounds.append((seconds, asyncio.timeout(None)))
        return bounds[-1][1]

    async def has_come() -> bool:
        return len(other.asked) == AT_ONCE and len(bounds) == AT_ONCE + 2

    other.silent = True
    settings = HttpSettings(
        url=f"{other.url}/{{reference}}?key=tr0ub4dor", gives={"status": "/status"}, networks=LOCAL, deadline_s=30
    )
    asked = Connectors({"application": settings}, now_ms=lambda: NOW_MS, within=within)
    with structlog.testing.capture_logs() as logs:
        asking = asyncio.gather(
            *(asked.ask(call({"reference": "3171"}, deadline_ms=NOW_MS + 50)) for _ in range(AT_ONCE + 1)),
            asked.ask(call({"reference": "3171"}, deadline_ms=NOW_MS + 60_000)),
        )
        await until(has_come)
        for _, bound in bounds:
            bound.reschedule(0)
        replies = await asking
        assert (await asked.ask(call({"reference": "3171"}, deadline_ms=NOW_MS))).outcome == "error"
        assert (await asked.ask(call({}, source="queue"))).outcome == "error"
    assert {reply.outcome for reply in replies} == {"error"}
    assert [seconds for seconds, _ in bounds] == [0.05] * (AT_ONCE + 1) + [30], "as long as both the flow and we wait"
    assert len(other.asked) == AT_ONCE, "others never had their turn"
    await asked.close()
    assert {"tr0ub4dor", "3171"} & {*str(logs).replace("'", " ").replace("/", " ").split()} == set()
    assert {line["event"] for line in logs} == {"connector_failed", "connector_unknown"}


async def test_other_settings_count_from_the_next_question_on(asked: Connectors, other: Answering) -> None:
    await asked.ask(call({"reference": "1"}))
    url = f"{other.url}/new/{{reference}}"
    settings = HttpSettings(url=url, gives={"status": "/status"}, networks=LOCAL)
    await asked.take({"application": settings, "second": settings})
    assert (await asked.ask(call({"reference": "1"}))).values == {"status": "ready"}
    assert [each.line.split()[1] for each in other.asked] == ["/1?key=tr0ub4dor", "/new/1"]
    await asked.take({})
    assert (await asked.ask(call({"reference": "1"}))).outcome == "error"


async def test_a_question_under_way_is_answered_though_its_source_is_taken_away(other: Answering) -> None:
    other.body, other.holds_until = b'{"status": "ready"}', asyncio.Event()
    settings = HttpSettings(
        url=f"{other.url}/{{reference}}", gives={"status": "/status"}, networks=LOCAL, deadline_s=30
    )
    connectors = Connectors({"application": settings}, now_ms=lambda: NOW_MS)
    asking = asyncio.create_task(connectors.ask(call({"reference": "1"})))
    await other.came.wait()
    await connectors.take({})
    other.holds_until.set()
    assert (await asking).values == {"status": "ready"}
    await connectors.close()

"""A flow that asks another system: what comes back is said as it came, and what does not come is an error."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.connectors.settings import HttpSettings
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.service.connecting import unanswered
from amanat.gateway.service_files import load_service
from tests.gateway.device.town import Town
from tests.gateway.service.asking import asking
from tests.gateway.service.at_work import SAMPLE, AtWork, Visitor
from tests.outbound.answering import Answering, answering

CONNECTORS = """
[application]
kind = "http"
url = "{url}/{{reference}}"
gives = {{status = "/status", office = "/office/name"}}
networks = ["127.0.0.0/8"]
deadline_s = {deadline_s}
"""


@pytest.fixture
async def other() -> AsyncIterator[Answering]:
    async with answering() as server:
        yield server


@pytest.fixture
async def office(town: Town, tmp_path: Path, other: Answering) -> AsyncIterator[AtWork]:
    """The sample office, which asks a server on this machine about applications."""
    folder = tmp_path / "gateway"
    at_work = await AtWork.begin(
        town,
        folder,
        database=SqliteDatabase(tmp_path / "office" / "gateway.db", portable=True),
        sample=asking(SAMPLE, tmp_path / "asking"),
    )
    yield at_work
    await at_work.close()


async def _connect(office: AtWork, other: Answering, *, deadline_s: float = 5) -> None:
    await office.stop()
    file = office.folder / "connectors.toml"
    file.touch(mode=0o600)
    file.write_text(CONNECTORS.format(url=other.url, deadline_s=deadline_s))
    await office.start()


async def _asks(visitor: Visitor, *, until: str) -> str:
    await visitor.says("menu", until="Status permohonan")
    await visitor.says("1", until="nomor permohonan")
    await visitor.says("1234567890", until="tanggal lahir")
    return await visitor.says("25-01-1987", until=until)


async def test_an_answer_is_text_and_never_a_template(office: AtWork, other: Answering) -> None:
    other.body = b'{"status": "ready", "office": {"name": "{reference} {application.status} **Bogor** <b>"}}'
    await _connect(office, other)
    visitor = await office.visitor()
    told = await _asks(visitor, until="siap diambil")
    assert "di {reference} {application.status}" in told
    assert "<b>" in told
    assert other.asked[0].line == "GET /1234567890 HTTP/1.1"


async def test_who_waits_for_another_system_keeps_nobody_waiting(office: AtWork, other: Answering) -> None:
    other.silent = True
    await _connect(office, other, deadline_s=30)
    waiting, complaining = await office.visitor("waiting"), await office.visitor("complaining")
    await _asks(waiting, until="periksa")
    await other.came.wait()
    for said, until in ("halo", "Selamat"), ("6", "sampaikan"), ("1", "Silakan tulis"), ("Bagus", "Terima kasih"):
        await complaining.says(said, until=until)


async def test_what_does_not_come_in_time_and_what_nobody_connected_is_an_error(
    office: AtWork, other: Answering
) -> None:
    visitor = await office.visitor()
    await _asks(visitor, until="tidak bisa memeriksanya")
    other.silent = True
    await _connect(office, other, deadline_s=0.1)
    before = len(visitor.heard)
    await _asks(visitor, until="periksa")
    await visitor.hears("tidak bisa memeriksanya", after=before)


def test_a_flow_says_what_it_asks_and_what_answers_is_held_against_it(tmp_path: Path) -> None:
    assert unanswered(load_service(read_folder(SAMPLE)).flow, {}) == []
    flow = load_service(read_folder(asking(SAMPLE, tmp_path / "asking"))).flow
    (unknown,) = unanswered(flow, {})
    assert "'application'" in unknown
    gives = {"status": "/status", "office": "/office"}
    assert unanswered(flow, {"application": HttpSettings(url="https://x/{reference}", gives=gives)}) == []

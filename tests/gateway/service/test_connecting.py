"""A flow that asks another system: what comes back is said as it came, and what does not come is an error."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
import structlog

from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.connectors.settings import HttpSettings, Settings
from amanat.gateway.desk import trail
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.service.connecting import ConnectorsFile, unanswered
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
    (noted,) = await trail.before(office.service.store, MAX_POSITION)
    assert (noted.who, noted.what, noted.about) == (visitor.citizen.user_id, "looked_up", "application: found")


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


def _write(file: Path, text: str) -> None:
    """Put a file in place of another as editors do."""
    new = file.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(text)
    new.replace(file)


def test_a_changed_file_is_read_again_and_a_mistake_keeps_what_was(tmp_path: Path) -> None:
    file = tmp_path / "connectors.toml"
    connectors = ConnectorsFile(file)
    assert (connectors.held, connectors.has_changed()) == ({}, False)
    _write(file, CONNECTORS.format(url="http://127.0.0.1", deadline_s=5))
    assert connectors.has_changed()
    assert not connectors.has_changed()
    held = connectors.held
    assert held.keys() == {"application"}
    with structlog.testing.capture_logs() as logged:
        for mistake in ("[application", "[application]\nkind = 'http'\npassword = 'tr0ub4dor'"):
            _write(file, mistake)
            assert not connectors.has_changed()
            assert not connectors.has_changed()
    assert [entry["event"] for entry in logged] == ["connectors_not_taken"] * 2
    assert "tr0ub4dor" not in str(logged)
    assert connectors.held is held
    file.unlink()
    assert connectors.has_changed()
    assert connectors.held == {}


async def test_what_the_operator_changes_counts_without_a_restart(
    office: AtWork, other: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amanat.gateway.service.service.LOOK_EVERY_S", 0.01)
    await office.stop()
    await office.start()
    visitor = await office.visitor()
    await _asks(visitor, until="tidak bisa memeriksanya")
    other.body = b'{"status": "ready", "office": {"name": "Bogor"}}'
    taken = asyncio.Event()
    take = office.service._connectors.take

    async def noticed(held: Mapping[str, Settings]) -> None:
        await take(held)
        taken.set()

    monkeypatch.setattr(office.service._connectors, "take", noticed)
    _write(office.folder / "connectors.toml", CONNECTORS.format(url=other.url, deadline_s=5))
    await taken.wait()
    await _asks(visitor, until="siap diambil")

"""The sample office, its flow and its appointments together: what a citizen reads, in both languages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.cli.sample_services import EXAMPLES
from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.appointments.acts import KINDS, Asked, act
from amanat.gateway.appointments.office import Appointments
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.flows.interpreter import advance, begin
from amanat.gateway.flows.session import Act, Answered, Input, Said
from amanat.gateway.service_files import load_service
from amanat.gateway.store.store import GatewayStore
from tests.gateway.appointments.sample import at
from tests.gateway.conftest import OFFICE

SAMPLE = load_service(read_folder(EXAMPLES / "layanan-paspor"))


class Citizen:
    """Somebody who talks to the sample office; its effects are carried out on a store."""

    def __init__(self, store: GatewayStore, *, language: str) -> None:
        assert SAMPLE.agenda
        self.store = store
        self.appointments = Appointments(SAMPLE.agenda, bytes(32))
        self.session = begin(SAMPLE.flow, language=language)
        self.now_ms = at("2026-11-23 07:00")

    async def say(self, *texts: str) -> str:
        """Write several messages; return all that the bot says to the last."""
        said = ""
        for text in texts:
            said = await self._hear(Said(text=text))
        return said

    async def _hear(self, heard: Input) -> str:
        turn = advance(SAMPLE.flow, self.session, heard=heard, now_ms=self.now_ms)
        self.session = turn.session
        said = "\n".join(message.text for message in turn.outputs)
        for effect in turn.effects:
            assert isinstance(effect, Act)
            said += "\n" + await self._hear(await self._carry_out(effect))
        return said

    async def _carry_out(self, effect: Act) -> Answered:
        assert effect.kind in KINDS
        asked = Asked(
            kind=effect.kind,
            target=effect.target,
            arguments=effect.arguments,
            request=f"!chat/{effect.id}",
            person="@ani:localhost",
            chat="!chat",
            language=self.session.language,
            seed=effect.id.encode().ljust(16, b"."),
        )
        unit = act(self.appointments.booking, asked, now_ms=self.now_ms)
        answer = await self.store.write(unit.run, needs=unit.needs)
        assert answer is not None
        return Answered(effect=effect.id, outcome=answer.outcome, values=answer.values)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[GatewayStore]:
    store = GatewayStore(SqliteDatabase(tmp_path / "gateway.db", portable=True))
    await store.open(OFFICE)
    yield store
    await store.close()


async def test_an_appointment_is_made_moved_and_cancelled_in_indonesian(store: GatewayStore) -> None:
    citizen = Citizen(store, language="id")
    held = await citizen.say("halo", "janji temu", "1", "Budi Santoso", "25-12-2026", "1-12-2026")
    assert "Saya simpan tempat **1 Desember 2026 pukul 08:00** di Kantor Contoh Timur" in held
    booked = await citizen.say("ya")
    assert "1 Desember 2026 pukul 08:00, di Kantor Contoh Timur. Datanglah pukul 07:30" in booked
    assert "Janji temu Anda **KTC-" in booked
    assert "Anda punya janji temu **KTC-" in await citizen.say("menu", "janji temu")
    assert "Sudah saya pindahkan: **2 Desember 2026 pukul 08:00**" in await citizen.say("ganti hari", "2-12-2026")
    assert "hanya satu kali" in await citizen.say("menu", "janji temu", "ganti hari", "3-12-2026")
    assert "sudah dibatalkan" in await citizen.say("menu", "janji temu", "tidak jadi datang")
    assert "Anda ingin datang untuk apa?" in await citizen.say("menu", "janji temu")


async def test_a_closed_day_and_a_change_of_mind_in_english(store: GatewayStore) -> None:
    citizen = Citizen(store, language="en")
    closed = await citizen.say("hello", "appointment", "1", "Budi", "28-11-2026")
    assert "On 28 November 2026 the office is closed, or the day is over." in closed
    assert "**30 November 2026 at 08:00**" in closed
    assert "31 December 2026 opens on **1 December 2026 at 00:00**" in await citizen.say("31-12-2026")
    assert "I keep a place on **30 November 2026 at 08:00** at Sample Office East" in await citizen.say("30-11-2026")
    assert "The place is free again" in await citizen.say("never mind")
    assert "What would you like to come for?" in await citizen.say("menu", "appointment")

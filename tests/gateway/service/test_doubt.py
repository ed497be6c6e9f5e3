"""What a flow asked for is done and handed out, once, also where the database could not say that it is on disk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.desk.changes import EVERYTHING
from amanat.gateway.service.tables import ACTS, HANDOUTS
from tests.db.doubtful import Doubtful
from tests.gateway.device.town import Town
from tests.gateway.service.at_work import AtWork


@pytest.fixture
def doubtful(tmp_path: Path) -> Doubtful:
    return Doubtful(SqliteDatabase(tmp_path / "office" / "gateway.db", portable=True))


@pytest.fixture
async def passport(town: Town, tmp_path: Path, doubtful: Doubtful) -> AsyncIterator[AtWork]:
    at_work = await AtWork.begin(town, tmp_path / "gateway", database=doubtful)
    yield at_work
    await at_work.close()


async def test_an_act_is_done(passport: AtWork, doubtful: Doubtful) -> None:
    visitor = await passport.visitor()
    for said, until in ("halo", "Selamat"), ("6", "sampaikan"), ("1", "Silakan tulis"):
        await visitor.says(said, until=until)
    doubtful.lose_answer(lambda table, row: table is ACTS and row is not None)
    changes = passport.service.office.changes
    seen = changes.since(0).next
    await visitor.says("Pelayanannya baik", until="Terima kasih")
    await doubtful.has_lost_it()
    assert {*EVERYTHING} <= {*changes.since(seen).changed}, "who shows chats looks at all that may have changed"


async def test_a_booking_is_told_and_its_papers_handed_out(passport: AtWork, doubtful: Doubtful) -> None:
    visitor = await passport.visitor()
    doubtful.lose_answer(lambda table, row: table is HANDOUTS and row is not None)
    await visitor.books("24-11-2026")
    await visitor.gets(".png")
    await visitor.gets(".ics")
    await doubtful.has_lost_it()
    names = [each.content["filename"] for each in visitor.citizen.echo.received if "filename" in each.content]
    assert [Path(name).suffix for name in names] == [".png", ".ics"]

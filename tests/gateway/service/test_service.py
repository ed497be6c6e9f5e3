"""A citizen's whole way through the sample office, encrypted to its device; restarts; what is published meanwhile."""

import asyncio
import shutil
from pathlib import Path

from amanat.gateway.service import shelf
from tests.gateway.service.at_work import SAMPLE, AtWork, Visitor


async def _book(visitor: Visitor, day: str) -> str:
    await visitor.says("menu", until="Selamat datang")
    await visitor.says("4", until="untuk apa?")
    await visitor.says("paspor baru", until="Atas nama siapa?")
    await visitor.says("Budi", until="Tanggal berapa")
    await visitor.says(day, until="Saya simpan tempat")
    told = await visitor.says("1", until="Janji temu Anda")
    return told.split("Janji temu Anda ")[1].split(":")[0]


async def test_a_citizen_asks_books_moves_cancels_and_complains(on_each_database: AtWork) -> None:
    visitor = await on_each_database.visitor()
    await visitor.says("halo", until="1. Status permohonan")
    await visitor.says("1", until="nomor permohonan")
    await visitor.says("1234567890", until="tanggal lahir")
    await visitor.says("25-01-1987", until="Ada lagi")

    number = await _book(visitor, "03-12-2026")
    await visitor.says("menu", until="Selamat datang")
    await visitor.says("4", until=f"Anda punya janji temu {number}: 3 Desember 2026 pukul 08:00")
    await visitor.says("1", until="Tanggal berapa")
    await visitor.says("27-11-2026", until="Sudah saya pindahkan: 27 November 2026")
    await visitor.says("menu", until="Selamat datang")
    await visitor.says("4", until="Anda punya janji temu")
    await visitor.says("2", until=f"Janji temu {number} sudah dibatalkan.")
    await visitor.says("menu", until="Selamat datang")
    await visitor.says("6", until="Apa yang ingin Anda sampaikan?")
    await visitor.says("2", until="Silakan tulis.")
    await visitor.says("Antrean lama sekali", until="Nomor tiket Anda")


async def test_it_goes_on_where_it_was_after_a_restart(passport: AtWork) -> None:
    visitor = await passport.visitor()
    await visitor.says("halo", until="Selamat datang")
    await visitor.says("3", until="paspor")
    await passport.stop()
    before = len(visitor.heard)
    await visitor.writes("1")
    await passport.start()
    await visitor.hears("Ada lagi", after=before)


async def test_what_is_published_is_said_to_whoever_begins_anew(passport: AtWork, tmp_path: Path) -> None:
    first, second = await passport.visitor("first"), await passport.visitor("second")
    await first.says("halo", until="Selamat datang")
    changed = shutil.copytree(SAMPLE, tmp_path / "changed")
    texts = changed / "texts" / "id.md"
    texts.write_text(
        texts.read_text().replace("Selamat datang di", "Halo dari").replace("untuk apa?", "untuk urusan apa?")
    )
    version = shelf.publish(changed, passport.folder)
    async with asyncio.timeout(20):
        while passport.service.shelf.current.version != version:  # noqa: ASYNC110 - it looks once a second
            await asyncio.sleep(0.05)
    await second.says("halo", until="Halo dari")
    await first.says("4", until="untuk apa?")


async def test_settings_that_would_take_away_a_seat_are_not_taken_over(passport: AtWork, tmp_path: Path) -> None:
    visitor = await passport.visitor()
    await visitor.says("halo", until="Selamat datang")
    await _book(visitor, "03-12-2026")
    before = passport.service.shelf.current.version
    changed = shutil.copytree(SAMPLE, tmp_path / "changed")
    settings = changed / "appointments.yaml"
    settings.write_text(settings.read_text().replace("foto", "loket"))
    shelf.publish(changed, passport.folder)
    await asyncio.sleep(1.5)
    assert passport.service.shelf.current.version == before
    await passport.stop()
    await passport.start()
    assert passport.service.shelf.current.version == before


async def test_two_people_do_not_hear_each_other(passport: AtWork) -> None:
    ani, budi = await passport.visitor("ani"), await passport.visitor("budi")
    await asyncio.gather(_book(ani, "03-12-2026"), _book(budi, "03-12-2026"))
    numbers = {
        text.split("Janji temu Anda ")[1].split(":")[0]
        for each in (ani, budi)
        for text in each.heard
        if "Janji temu Anda " in text
    }
    assert len(numbers) == 2

"""What falls due: silence ends a conversation, a reminder comes and one word cancels, and nothing comes twice."""

import asyncio

from tests.gateway.service.at_work import AtWork, Visitor


async def _booked(passport: AtWork) -> Visitor:
    passport.clock.set("2026-11-23 07:50")
    visitor = await passport.visitor()
    await visitor.books("24-11-2026")
    return visitor


async def test_a_reminder_comes_once_and_one_word_cancels(passport: AtWork) -> None:
    visitor = await _booked(passport)
    await visitor.says("2", until="Terima kasih")
    passport.clock.set("2026-11-23 08:05")
    reminder = await visitor.hears("Pengingat: janji temu")
    assert "24 November 2026 pukul 08:00" in reminder
    await asyncio.sleep(1.5)
    assert [text for text in visitor.heard if text.startswith("Pengingat")] == [reminder]
    await visitor.says("Batal", until="dibatalkan.")
    assert b"METHOD:CANCEL" in (await visitor.gets(".ics", count=2)).opened()
    await visitor.says("halo", until="Selamat datang")
    await visitor.says("4", until="untuk apa?")


async def test_the_same_word_within_a_question_is_an_answer_to_it(passport: AtWork) -> None:
    visitor = await _booked(passport)
    passport.clock.set("2026-11-23 08:05")
    await visitor.hears("Pengingat: janji temu")
    await visitor.says("batal", until="Baik, dibatalkan.")
    await visitor.says("4", until="Anda punya janji temu KTC-")


async def test_a_conversation_in_which_nothing_is_said_is_closed(passport: AtWork) -> None:
    visitor = await passport.visitor()
    await visitor.says("halo", until="Selamat datang")
    passport.clock.set("2026-11-23 09:00")
    await visitor.hears("saya tutup dulu")
    await visitor.says("1", until="Selamat datang")

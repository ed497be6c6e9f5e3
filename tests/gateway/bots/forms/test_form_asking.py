"""A form that is asked in the chat, of who has an app without forms."""

from msgspec.structs import replace

from amanat.gateway.bots.forms.form_words import WORDS
from amanat.gateway.bots.model import Words
from amanat.gateway.bots.tables import DRAFT_OF, OLD_DRAFTS
from amanat.gateway.bots.upkeep import KEEP_DRAFTS_MS, Upkeep
from tests.gateway.bots.forms.test_form_answers import GOOD, fills_in
from tests.gateway.bots.forms.test_forms import asked
from tests.gateway.device.town import until
from tests.gateway.forms.vectors import HELD
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork, send


async def first_screen(visitor: Visitor) -> None:
    """Answer what the first screen asks of somebody who has lost their passport."""
    assert "Kantor Bogor, 1.5 km\n\nNama" in await visitor.says("isi", until="Nama")
    assert await visitor.says("Bu", until="terlalu pendek") == "Nama: terlalu pendek.\n\nKantor Bogor, 1.5 km\n\nNama"
    await visitor.says("Budi", until="Umur")
    await visitor.says("20", until="Surel")
    await visitor.says("-", until="Telepon")
    await visitor.says("-", until="PIN")
    await visitor.says("-", until="Layanan")
    assert "2. Ganti \u2013 hilang" in await visitor.says("x", until="harus dipilih dari yang ditawarkan.")
    await visitor.says("ganti", until="Nomor lama")
    await visitor.says("X1", until="Berkas")
    await visitor.says("2, 1", until="Hari")


async def until_asked(at_work: BotAtWork, visitor: Visitor, *, times: int = 1) -> None:
    """Wait until a form is being asked, or none."""

    async def is_so() -> bool:
        return len(await at_work.ground.store.all(DRAFT_OF, room_id=visitor.room_id)) == times

    await until(is_so)


async def test_a_form_is_asked_corrected_and_told_as_an_app_sends_it(on_both: BotAtWork) -> None:
    at_work, visitor = on_both, await on_both.visitor()
    number, _, _ = await asked(at_work, visitor)
    await first_screen(visitor)
    await visitor.says("25-12-2026", until="tanggal itu tidak tersedia.")
    await visitor.says("7-12-2026", until="Cuti")
    await visitor.says("-", until="Pesan")
    await visitor.says("kembali", until="Cuti")
    await visitor.says("-", until="Pesan")
    await visitor.says("-", until="Setuju")
    await visitor.says("tidak", until="Setuju: harus diisi.")
    assert "6. Layanan: Ganti" in await visitor.says("ya", until="Periksa dulu:")
    await visitor.says("1", until="Nama")
    assert "1. Nama: Budiman" in await visitor.says("Budiman", until="Periksa dulu:")
    await at_work.close()
    await at_work.start()
    await visitor.says("kirim", until="sudah dikirim")
    told = await at_work.told("FilledIn")
    assert (told["said"]["number"], told["values"]) == (number, HELD["sends"] | {"siapa": "Budiman!"})
    answer = await at_work.line.message(await at_work.line.chat(told["said"]["chat"]["number"]), told["number"])
    kept = "Nama: Budiman\nUmur: 20\nLayanan: Ganti\nNomor lama: X1\nKota: Bogor\nBerkas: KTP, KK\nHari: 2026-12-07"
    assert answer.body == Words(text=f"{kept}\nSetuju: ya")
    await visitor.writes("sudah")
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "sudah", "no answer was told by itself"


async def test_who_cancels_is_heard_by_the_bot_again(on_both: BotAtWork) -> None:
    at_work, visitor = on_both, await on_both.visitor()
    await asked(at_work, visitor)
    await visitor.says("Fill", until="one thing at a time")
    file = {"msgtype": "m.image", "body": "foto.png", "url": "mxc://x/y"}
    await send(visitor, file)
    await visitor.hears("Please write your answer.")
    await visitor.says("Cancel", until=WORDS["en"]["cancelled"])
    await visitor.writes("batal")
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "batal"


async def test_another_answer_leads_another_way(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await asked(at_work, visitor)
    await first_screen(visitor)
    for _ in range(7):
        await visitor.writes("kembali")
    for said in "16", "-", "-", "-", "baru":
        await visitor.writes(said)
    assert "Nomor lama" not in await visitor.says("-", until="Periksa dulu:")
    await visitor.says("kirim", until="sudah dikirim")
    assert (await at_work.told("FilledIn"))["values"] == {"terlalu_muda": True}


async def test_a_form_that_an_app_sends_or_nobody_goes_on_with_is_asked_no_more(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    _, event_id, _ = await asked(at_work, visitor)
    await visitor.says("isi", until="Nama")
    await fills_in(visitor, event_id, GOOD)
    assert (await at_work.told("FilledIn"))["values"] == HELD["sends"]
    await until_asked(at_work, visitor, times=0)
    related = {"m.in_reply_to": {"event_id": event_id}}
    await send(visitor, {"msgtype": "m.text", "body": "isi", "m.relates_to": related})
    await until_asked(at_work, visitor)
    on = at_work.ground
    later = replace(on, now_ms=lambda: on.now_ms() + KEEP_DRAFTS_MS + 1)
    assert len(await on.store.all(OLD_DRAFTS, before=later.now_ms())) == 1
    at_work.ahead_ms = KEEP_DRAFTS_MS + 1
    await visitor.writes("Budi")
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "Budi"
    await Upkeep(later, gave_up=lambda: None).forget()
    assert await on.store.all(OLD_DRAFTS, before=later.now_ms()) == []

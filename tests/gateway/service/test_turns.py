"""A turn puts where the conversation stands, what is said and what is to be done into one unit."""

from functools import partial
from pathlib import Path

import pytest

from amanat.cli.sample_services import EXAMPLES
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Tx
from amanat.gateway.desk import trail
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.device.happenings import Outgoing
from amanat.gateway.flows.interpreter import begin
from amanat.gateway.flows.session import Act, Said, TimePassed, decode
from amanat.gateway.service.tables import ACTS, CONVERSATIONS, ConversationRow
from amanat.gateway.service.turns import Turns
from tests.gateway.device.town import Town
from tests.gateway.service.at_work import AtWork

ROOM = "!a:localhost"


async def _take(passport: AtWork, *texts: str, said: list[Outgoing]) -> None:
    turns: Turns = passport.service.turns
    turns.say = lambda _tx, outgoing: said.append(outgoing)
    for text in texts:
        take = partial(turns.take, heard=Said(text=text), room_id=ROOM, person="@ani:localhost")
        await passport.service.store.write(take, needs=turns.needs(ROOM))


async def test_a_conversation_begins_with_what_somebody_says(passport: AtWork) -> None:
    turns, said = passport.service.turns, list[Outgoing]()

    def nobody(tx: Tx) -> None:
        turns.take(tx, TimePassed(), room_id=ROOM)
        assert tx.get(CONVERSATIONS, ROOM) is None
        assert not turns.is_talking(tx, ROOM)
        assert turns.language_of(tx, ROOM) == "id"

    await passport.service.store.write(nobody, needs=turns.needs(ROOM))
    await _take(passport, "english", said=said)
    assert [outgoing.room_id for outgoing in said] == [ROOM]
    assert "Welcome" in said[0].content["body"]

    def somebody(tx: Tx) -> None:
        assert turns.is_talking(tx, ROOM)
        assert turns.language_of(tx, ROOM) == "en"

    await passport.service.store.write(somebody, needs=turns.needs(ROOM))


async def test_somebody_else_in_the_chat_is_not_heard(passport: AtWork) -> None:
    said = list[Outgoing]()
    await _take(passport, "halo", said=said)
    turns = passport.service.turns
    take = partial(turns.take, heard=Said(text="1"), room_id=ROOM, person="@budi:localhost")
    await passport.service.store.write(take, needs=turns.needs(ROOM))
    assert len(said) == 1


async def test_who_looks_up_something_personal_stands_in_the_trail_and_what_they_asked_does_not(
    passport: AtWork,
) -> None:
    for reference in ("1234567890", "9999999999"):
        await _take(passport, "english", "menu", "1", reference, "25-01-1987", said=[])
    looked_up = await trail.before(passport.service.store, MAX_POSITION)
    assert [(act.who, act.what, act.about) for act in reversed(looked_up)] == [
        ("@ani:localhost", "looked_up", "application: found"),
        ("@ani:localhost", "looked_up", "application: not_found"),
    ]


async def test_who_goes_elsewhere_takes_back_what_was_to_be_done(passport: AtWork) -> None:
    said = list[Outgoing]()
    passport.service.turns.acts_came = lambda: None
    await _take(passport, "halo", "6", "1", "Bagus", said=said)
    acts = await passport.acts()
    assert [(act.kind, act.target) for act in acts] == [("ticket", "feedback")]
    await _take(passport, "menu", said=said)
    assert await passport.acts() == list[Act]()


async def test_who_was_handed_to_the_staff_is_taken_back_by_the_menu(passport: AtWork) -> None:
    said = list[Outgoing]()
    passport.clock.set("2026-11-23 10:00")
    await _take(passport, "halo", "7", said=said)
    assert (await _row(passport)).desk == "front_desk"
    await _take(passport, "menu", said=said)
    assert (await _row(passport)).desk == ""


async def _row(passport: AtWork) -> ConversationRow:
    turns = passport.service.turns
    row = await passport.service.store.write(lambda tx: tx.get(CONVERSATIONS, ROOM), needs=turns.needs(ROOM))
    assert row is not None
    return row


async def test_what_began_in_a_version_that_is_gone_begins_anew(
    passport: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[Outgoing]()
    await _take(passport, "halo", "1", said=said)
    shelf = passport.service.shelf
    monkeypatch.setattr(shelf, "version", lambda _version: shelf.current)
    session = decode((await _row(passport)).session)
    assert session.step != begin(shelf.current).step
    await passport.service.store.write(
        lambda tx: passport.service.turns.forget(tx, ROOM), needs=passport.service.turns.needs(ROOM)
    )
    await _take(passport, "1", said=said)
    assert decode((await _row(passport)).session).step == begin(shelf.current).step
    assert ACTS.key_size == 1


async def test_what_somebody_shares_to_have_it_checked_is_kept_nowhere(town: Town, tmp_path: Path) -> None:
    folder = tmp_path / "literacy"
    database = SqliteDatabase(folder / "gateway.db", portable=True)
    literacy = await AtWork.begin(town, folder, database=database, sample=EXAMPLES / "literasi-digital")
    visitor = await literacy.visitor()
    await visitor.says("halo", until="Literasi Digital")
    assert "tidak disimpan" in await visitor.says("1", until="daftar contoh")
    await visitor.says("1", until="Tempelkan")
    shared = "Awas, kata Bu Tanaka 7391: besok listrik padam tujuh hari seluruh Indonesia. Sebarkan!"
    assert "entri C-11" in await visitor.says(shared, until="Hoaks.")
    await visitor.says("1", until="Tempelkan")
    await visitor.says("Kata Bu Tanaka 7391 besok libur", until="Tidak ada di daftar kami.")
    await literacy.close()
    kept = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b"after_check" in kept, "where the conversation stands is kept"
    assert b"Tanaka" not in kept

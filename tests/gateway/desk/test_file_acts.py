"""Files in a chat: opened by the staff with a line in the trail, and sent once, whatever is asked again."""

import pytest

from amanat.gateway.desk import reading, trail
from amanat.gateway.desk.errors import FileGone, FileNotTaken, NoSuch, NotWithStaff, ServerAway
from amanat.gateway.desk.joints import Upload
from amanat.gateway.desk.looks import OPENED_MS
from amanat.gateway.desk.reading import MAX_POSITION, Line
from amanat.gateway.desk.tables import LINE, LineRow
from tests.gateway.desk.office import BUDI, ROOM, DeskOffice

PICTURE = b"\x89PNG\r\n\x1a\n kartu"
LETTER = Upload(name="surat.pdf", mimetype="application/pdf", content=b"%PDF-1.7 surat")


async def _row(office: DeskOffice, position: int) -> LineRow:
    row = await office.store.first(LINE, room_id=ROOM, position=position)
    assert row is not None
    return row


async def _line(office: DeskOffice) -> Line:
    opened = await reading.opened(office.office, ROOM)
    assert opened is not None
    return opened.lines[-1]


async def _looks(office: DeskOffice) -> list[str]:
    return [row.about for row in await trail.before(office.store, MAX_POSITION) if row.what == "file_opened"]


async def test_what_a_citizen_sends_is_opened_and_the_trail_says_by_whom(on_each: DeskOffice) -> None:
    await on_each.hands_over()
    position = await on_each.is_sent(PICTURE)
    line = await _line(on_each)
    assert (line.kind, line.file) == (
        "picture",
        reading.File(name="KTP ••••••••••••0123.png", size=len(PICTURE), too_large=False),
    )
    row = await _row(on_each, position)
    assert await on_each.office.files.open(BUDI, row) == PICTURE
    assert await on_each.office.files.open(BUDI, row) == PICTURE
    assert await _looks(on_each) == [f"{ROOM} {position}"]
    on_each.clock.set("2026-11-23 11:00")
    await on_each.office.files.open(BUDI, row)
    assert len(await _looks(on_each)) == 2
    assert OPENED_MS < 2 * 3_600_000


async def test_what_is_not_there_is_not_opened_and_nobody_has_looked(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    await desk_office.says("Halo")
    words = await _line(desk_office)
    position = await desk_office.is_sent(PICTURE)
    row = await _row(desk_office, position)
    desk_office.locker.away = True
    with pytest.raises(ServerAway):
        await desk_office.office.files.open(BUDI, row)
    desk_office.locker.away = False
    desk_office.locker.stored.clear()
    with pytest.raises(FileGone):
        await desk_office.office.files.open(BUDI, row)
    with pytest.raises(NoSuch):
        await desk_office.office.files.open(BUDI, await _row(desk_office, words.position))
    assert await _looks(desk_office) == []


async def test_a_file_is_sent_once_and_takes_the_chat(on_each: DeskOffice) -> None:
    await on_each.hands_over()
    position = await on_each.office.files.send(BUDI, ROOM, upload=LETTER, txn_id="a")
    assert await on_each.office.files.send(BUDI, ROOM, upload=LETTER, txn_id="a") == position
    assert on_each.told.count("surat.pdf") == 1
    assert len(on_each.locker.stored) == 1
    line = await _line(on_each)
    assert (line.kind, line.state, line.file) == (
        "file",
        "sending",
        reading.File(name="surat.pdf", size=len(LETTER.content), too_large=False),
    )
    await on_each.settle(on_each.said[-1], is_sent=True)
    assert (await _line(on_each)).state == "sent"
    assert await on_each.office.files.open(BUDI, await _row(on_each, position)) == LETTER.content


async def test_a_file_that_the_server_does_not_take_is_not_said(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    said = len(desk_office.said)
    desk_office.locker.full = True
    with pytest.raises(FileNotTaken):
        await desk_office.office.files.send(BUDI, ROOM, upload=LETTER, txn_id="a")
    desk_office.locker.full = False
    await desk_office.acts.hand_back(BUDI, ROOM)
    stored = len(desk_office.locker.stored)
    with pytest.raises(NotWithStaff):
        await desk_office.office.files.send(BUDI, ROOM, upload=LETTER, txn_id="b")
    assert len(desk_office.locker.stored) == stored
    assert "surat.pdf" not in desk_office.told[said:]

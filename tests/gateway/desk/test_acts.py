"""What the staff do in a chat: said once, kept with who did it, and refused once the chat went back."""

import pytest

from amanat.gateway.desk import reading, trail
from amanat.gateway.desk.errors import NotWithStaff
from amanat.gateway.desk.reading import MAX_POSITION, Opened
from amanat.gateway.service.tables import CONVERSATION
from tests.gateway.desk.office import BUDI, ROOM, DeskOffice

CITRA = "@citra:localhost"


async def _opened(office: DeskOffice) -> Opened:
    opened = await reading.opened(office.office, ROOM)
    assert opened is not None
    return opened


async def _acts(office: DeskOffice) -> list[tuple[str, str]]:
    rows = await trail.before(office.store, MAX_POSITION)
    return [(row.who, row.what) for row in reversed(rows)]


async def test_a_reply_is_said_once_word_for_word_and_takes_the_chat(on_each: DeskOffice) -> None:
    await on_each.hands_over()
    position = await on_each.acts.reply(BUDI, ROOM, text="Halo, 2*3*4?", txn_id="a")
    assert await on_each.acts.reply(BUDI, ROOM, text="Halo, 2*3*4?", txn_id="a") == position
    assert on_each.told[-1] == "Halo, 2*3*4?"
    assert on_each.told.count("Halo, 2*3*4?") == 1
    assert "formatted_body" not in on_each.said[-1].content
    opened = await _opened(on_each)
    assert (opened.chat.state, opened.chat.assignee) == ("taken", BUDI)
    assert [(line.kind, line.by, line.text) for line in opened.lines] == [
        ("handed_over", None, "front_desk"),
        ("assigned", BUDI, "budi"),
        ("text", BUDI, "Halo, 2*3*4?"),
    ]
    assert opened.chat.last is not None
    assert opened.chat.last.sender == "staff"
    assert await _acts(on_each) == [(BUDI, "assigned"), (BUDI, "replied")]


async def test_the_same_id_of_two_members_is_two_replies(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    first = await desk_office.acts.reply(BUDI, ROOM, text="A", txn_id="1")
    assert await desk_office.acts.reply(CITRA, ROOM, text="B", txn_id="1") != first


async def test_a_reply_is_sent_or_failed_when_all_of_it_is(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    before = len(desk_office.said)
    await desk_office.acts.reply(BUDI, ROOM, text="ya " * 1300, txn_id="a")
    await desk_office.acts.reply(BUDI, ROOM, text="é" * 4000, txn_id="b")
    (first, *second) = desk_office.said[before:]
    assert len(second) == 2
    states = [line.state for line in (await _opened(desk_office)).lines[-2:]]
    assert states == ["sending", "sending"]
    await desk_office.settle(first, is_sent=True)
    await desk_office.settle(second[0], is_sent=False)
    await desk_office.settle(second[1], is_sent=True)
    states = [line.state for line in (await _opened(desk_office)).lines[-2:]]
    assert states == ["sent", "failed"]


async def test_a_chat_is_given_and_let_go(on_each: DeskOffice) -> None:
    await on_each.hands_over()
    await on_each.acts.assign(BUDI, ROOM, assignee=CITRA)
    await on_each.acts.assign(BUDI, ROOM, assignee=CITRA)
    assert (await _opened(on_each)).chat.assignee_name == "citra"
    await on_each.acts.let_go_all(CITRA, by=BUDI)
    opened = await _opened(on_each)
    assert (opened.chat.state, opened.chat.assignee) == ("waiting", None)
    assert [(line.kind, line.text) for line in opened.lines[1:]] == [("assigned", "citra"), ("assigned", "")]


async def test_whoever_waits_for_somebody_who_came_is_not_told_that_nobody_did(desk_office: DeskOffice) -> None:
    async def due() -> int | None:
        row = await desk_office.store.first(CONVERSATION, room_id=ROOM)
        assert row is not None
        return row.due_ts

    await desk_office.hands_over()
    waits_until = await due()
    assert waits_until is not None
    await desk_office.acts.assign(BUDI, ROOM, assignee=BUDI)
    await desk_office.says("Halo?")
    assert await due() is None
    desk_office.clock.set("2026-11-23 09:10")
    await desk_office.acts.assign(BUDI, ROOM, assignee=None)
    again = await due()
    assert again is not None
    assert again - waits_until >= 9 * 60_000


async def test_notes_are_for_the_staff(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    before = len(desk_office.said)
    position = await desk_office.acts.note(BUDI, ROOM, text="Sudah dua kali bertanya", txn_id="n")
    assert await desk_office.acts.note(BUDI, ROOM, text="Sudah dua kali bertanya", txn_id="n") == position
    (note,) = (await _opened(desk_office)).notes
    assert (note.position, note.author, note.text) == (position, BUDI, "Sudah dua kali bertanya")
    assert len(desk_office.said) == before


async def test_the_flow_goes_on_when_a_chat_is_given_back(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    await desk_office.acts.hand_back(BUDI, ROOM)
    assert "Petugas sudah selesai" in desk_office.told[-2]
    opened = await _opened(desk_office)
    assert (opened.chat.state, opened.lines[-1].kind, opened.lines[-1].by) == ("back", "given_back", BUDI)
    with pytest.raises(NotWithStaff):
        await desk_office.acts.reply(BUDI, ROOM, text="Masih di sini?", txn_id="late")
    with pytest.raises(NotWithStaff):
        await desk_office.acts.hand_back(BUDI, ROOM)
    with pytest.raises(NotWithStaff):
        await desk_office.acts.assign(BUDI, ROOM, assignee=BUDI)
    with pytest.raises(NotWithStaff):
        await desk_office.acts.note(BUDI, "!another:localhost", text="?", txn_id="x")
    await desk_office.says("1")
    assert "Selamat datang" in desk_office.told[-1]


async def test_who_looks_into_a_chat_is_noted_once_an_hour(desk_office: DeskOffice) -> None:
    for minute in ("09:00", "09:30", "10:01", "10:02"):
        desk_office.clock.set(f"2026-11-23 {minute}")
        await desk_office.acts.opened(BUDI, ROOM)
    await desk_office.acts.opened(CITRA, ROOM)
    assert await _acts(desk_office) == [(BUDI, "opened"), (BUDI, "opened"), (CITRA, "opened")]


async def test_reading_only_moves_on(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    await desk_office.says("Satu", "Dua")
    assert (await _opened(desk_office)).chat.unread == 2
    first, second = (line.position for line in (await _opened(desk_office)).lines[1:])
    await desk_office.acts.read(ROOM, first)
    assert (await _opened(desk_office)).chat.unread == 1
    await desk_office.acts.read(ROOM, second + 1000)
    await desk_office.acts.read(ROOM, first)
    await desk_office.acts.opened(BUDI, ROOM)
    assert (await _opened(desk_office)).chat.unread == 0
    await desk_office.says("Tiga")
    assert (await _opened(desk_office)).chat.unread == 1

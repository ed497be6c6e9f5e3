"""A chat stands in the inbox exactly while the flow has given it to the staff, with what was said meanwhile."""

from functools import partial

import pytest
from msgspec.structs import replace

from amanat.gateway.desk import reading
from amanat.gateway.desk.reading import Opened
from amanat.gateway.flows.session import Answered, Sent, TimePassed
from amanat.gateway.service.tables import CONVERSATION
from tests.gateway.desk.office import ANI, BUDI, ROOM, DeskOffice


async def _opened(office: DeskOffice) -> Opened:
    opened = await reading.opened(office.office, ROOM)
    assert opened is not None
    return opened


async def _waiting(office: DeskOffice) -> list[str]:
    return [chat.room_id for chat in (await reading.listing(office.office, BUDI, show="waiting")).chats]


async def test_what_is_said_before_is_not_kept_and_what_is_said_then_is(on_each: DeskOffice) -> None:
    await on_each.says("halo", "5")
    assert await _waiting(on_each) == []
    assert await reading.opened(on_each.office, ROOM) is None
    await on_each.says("petugas", "Nomor saya 3171 2345 6789 0123")
    await on_each.hear(Sent(kind="voice"))
    assert await _waiting(on_each) == [ROOM]
    opened = await _opened(on_each)
    assert [(line.sender, line.kind) for line in opened.lines] == [
        ("event", "handed_over"),
        ("person", "text"),
        ("person", "voice"),
    ]
    assert "3171" not in opened.lines[1].text
    assert opened.lines[1].text.endswith("0123")
    assert (opened.chat.person, opened.chat.person_name, opened.chat.desk) == (ANI, "ani", "front_desk")


async def test_who_goes_back_to_the_menu_is_out_of_the_inbox(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    await desk_office.says("Halo?", "menu")
    assert await _waiting(desk_office) == []
    assert [(line.kind, line.text) for line in (await _opened(desk_office)).lines[1:]] == [
        ("text", "Halo?"),
        ("text", "menu"),
        ("given_back", ""),
    ]
    assert "Selamat datang" in desk_office.told[-1]
    await desk_office.says("petugas")
    opened = await _opened(desk_office)
    assert (opened.chat.state, len(opened.lines)) == ("waiting", 5)


async def test_when_nobody_comes_the_bot_takes_over(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    desk_office.clock.set("2026-11-23 09:40")
    await desk_office.hear(TimePassed(), person="")
    assert await _waiting(desk_office) == []
    assert (await _opened(desk_office)).lines[-1].kind == "given_back"


async def test_who_leaves_is_out_of_the_inbox(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    forget = partial(desk_office.turns.forget, room_id=ROOM)
    await desk_office.store.write(forget, needs=desk_office.turns.needs(ROOM))
    assert await _waiting(desk_office) == []
    assert await desk_office.store.first(CONVERSATION, room_id=ROOM) is None


async def test_what_the_flow_passes_on_is_shown_and_what_is_secret_is_not(desk_office: DeskOffice) -> None:
    await desk_office.says("halo", "1", "1234567890", "petugas")
    assert (await _opened(desk_office)).context == []
    await desk_office.says("menu", "4")
    nothing_booked = Answered(effect="1", outcome="none")
    await desk_office.hear(nothing_booked, person="")
    await desk_office.says("2", "Ani Lestari", "petugas")
    shown = [(known.name, known.value) for known in (await _opened(desk_office)).context]
    assert shown == [("purpose", "replace"), ("name", "Ani Lestari")]


async def test_the_longest_waiting_stands_first_and_each_part_is_counted(on_each: DeskOffice) -> None:
    others = [f"!{number}:localhost" for number in range(3)]
    for room_id in others:
        await on_each.hands_over(room_id, person=f"@p{room_id[1]}:localhost")
    await on_each.acts.assign(BUDI, others[1], assignee=BUDI)
    await on_each.acts.assign(BUDI, others[2], assignee="@citra:localhost")
    listed = await reading.listing(on_each.office, BUDI, show="all")
    assert [chat.room_id for chat in listed.chats] == others
    assert listed.counts == {"waiting": 1, "mine": 1, "all": 3}
    mine = await reading.listing(on_each.office, BUDI, show="mine")
    assert [chat.room_id for chat in mine.chats] == [others[1]]
    assert mine.chats[0].last is None


async def test_a_version_that_is_gone_leaves_nobody_in_the_inbox(
    desk_office: DeskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk_office.hands_over()
    other = replace(desk_office.shelf.current, version="another")
    monkeypatch.setattr(desk_office.shelf, "version", lambda _version: other)
    await desk_office.says("Halo?")
    assert await _waiting(desk_office) == []

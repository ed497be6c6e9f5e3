"""What is not kept any longer goes, and nothing else does."""

from amanat.gateway.desk import reading, trail
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.desk.tables import LINES_OF, NOTES_OF
from amanat.gateway.desk.upkeep import MOST, DeskUpkeep
from tests.gateway.desk.office import BUDI, ROOM, DeskOffice

OTHER = "!other:localhost"


async def test_a_chat_that_went_back_goes_after_thirty_days_with_all_that_was_said(on_each: DeskOffice) -> None:
    upkeep = DeskUpkeep(on_each.store, now_ms=on_each.clock.now_ms)
    for room_id in (ROOM, OTHER):
        await on_each.hands_over(room_id, person=f"@{room_id[1:3]}:localhost")
        await on_each.acts.reply(BUDI, room_id, text="Halo", txn_id=room_id)
    await on_each.acts.note(BUDI, ROOM, text="?", txn_id="note")
    await on_each.acts.hand_back(BUDI, ROOM)
    on_each.clock.set("2026-12-22 09:00")
    await upkeep.sweep()
    assert await reading.opened(on_each.office, ROOM) is not None
    on_each.clock.set("2026-12-23 10:00")
    await upkeep.sweep()
    assert await reading.opened(on_each.office, ROOM) is None
    assert await on_each.store.all(LINES_OF, room_id=ROOM, most=1) == []
    assert await on_each.store.all(NOTES_OF, room_id=ROOM, most=1) == []
    kept = await reading.opened(on_each.office, OTHER)
    assert kept is not None
    assert [line.text for line in kept.lines] == ["front_desk", "budi", "Halo"]
    # The id of a reply is known for a day; after that the same one is another.
    assert await on_each.acts.reply(BUDI, OTHER, text="Halo lagi", txn_id=OTHER) > kept.lines[-1].position


async def test_half_a_year_is_the_most_that_anything_is_kept(desk_office: DeskOffice) -> None:
    upkeep = DeskUpkeep(desk_office.store, now_ms=desk_office.clock.now_ms)
    await desk_office.hands_over()
    await desk_office.acts.note(BUDI, ROOM, text="?", txn_id="note")
    await desk_office.acts.assign(BUDI, ROOM, assignee=BUDI)
    await desk_office.says(*(f"Pesan {number}" for number in range(MOST + 1)))
    desk_office.clock.set("2027-05-23 09:00")
    await desk_office.says("Masih di sini?")
    await upkeep.sweep()
    opened = await reading.opened(desk_office.office, ROOM)
    assert opened is not None
    assert [line.text for line in opened.lines] == ["Masih di sini?"]
    assert (opened.notes, opened.chat.state) == ([], "taken")
    assert await trail.before(desk_office.store, MAX_POSITION) == []

"""The first minute of a release is drawn by lot."""

import asyncio

from tests.gateway.appointments.sample import Office, at

DAY = "2026-11-24"
RELEASED = ("hold: 10 minutes", 'hold: 10 minutes\n    release: "07:30"')


async def test_who_asks_in_the_first_minute_of_a_release_is_drawn_by_lot(office_on_both: Office) -> None:
    office = office_on_both.under(RELEASED, ("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 1"))
    released = "2026-12-07"
    early = await office.book("early", released)
    assert early.outcome == "not_yet"
    assert early.values == {"next_date": "2026-11-23", "next_time": "07:30"}
    office.now_ms = at("2026-11-23 07:30")
    people = [f"person-{number}" for number in range(40)]
    asked = [office.wish(person, released) for person in people]
    waits = await asyncio.gather(*(office.do(office.booking.book(wish, now_ms=office.now_ms)) for wish in asked))
    assert waits == [None] * 40
    assert not await office.pass_to("2026-11-23 07:30:59")
    second = await office.book(people[0], released)
    assert second.outcome == "already", "one lot for each person"
    office.now_ms = at("2026-11-23 07:31:00")
    latecomer = await office.do(office.booking.book(office.wish("late", released), now_ms=office.now_ms))
    assert latecomer is None, "whoever comes while lots are drawn comes after them"
    notices = await office.pass_to("2026-11-23 07:31:01")
    assert {notice.kind for notice in notices} == {"answer"}
    assert {notice.request for notice in notices} >= {wish.request for wish in asked}
    winners = [notice.chat for notice in notices if notice.answer.outcome == "booked"]
    assert len(winners) == 12, "as many as there are seats"
    assert winners != [f"!{person}" for person in people[:12]], "not who was fastest"
    assert "!late" not in winners
    again = await office.do(office.booking.book(asked[0], now_ms=office.now_ms))
    assert again == next(notice.answer for notice in notices if notice.request == asked[0].request)
    await office.check()


async def test_nobody_gets_round_the_lot_by_moving_or_waiting(office: Office) -> None:
    office = office.under(RELEASED)
    await office.book("ani", "2026-11-26")
    office.now_ms = at("2026-11-23 07:30:30")
    moved = await office.move("ani", "2026-12-07")
    assert moved is not None
    assert (moved.outcome, moved.values["next_time"]) == ("not_yet", "07:31")
    waits = await office.wait("budi", "2026-12-07")
    assert waits is not None
    assert waits.outcome == "closed"
    assert (await office.book("budi")).outcome == "error", "any day would be this one, too"
    await office.pass_to("2026-11-23 07:31")
    again = await office.move("ani", "2026-12-07")
    assert again is not None
    assert again.outcome == "moved"


async def test_who_could_not_book_anyway_is_not_drawn(office: Office) -> None:
    office = office.under(RELEASED)
    await office.book("ani", DAY)
    office.now_ms = at("2026-11-23 07:30")
    assert (await office.book("ani", "2026-12-07")).outcome == "already"

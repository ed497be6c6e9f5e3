"""One seat for one person, however many ask at once; the same request twice is one request."""

import asyncio

from amanat.db.tx import Tx
from amanat.gateway.appointments.tables import REQUESTS, Request
from amanat.gateway.appointments.wishes import Answer
from tests.gateway.appointments.sample import ALL, Office, at

DAY = "2026-11-24"
FIFTY = (
    ("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 5"),
    ("13:00-15:00", "13:00-14:00"),
)
RELEASED = ("hold: 10 minutes", 'hold: 10 minutes\n    release: "07:30"')


async def test_of_two_hundred_who_ask_at_once_for_fifty_places_fifty_get_one(office_on_both: Office) -> None:
    office = office_on_both.under(*FIFTY)
    answers = await asyncio.gather(*(office.book(f"person-{number}", DAY) for number in range(200)))
    booked = [answer.values["number"] for answer in answers if answer.outcome == "booked"]
    assert len(booked) == len(set(booked)) == 50
    refused = [answer for answer in answers if answer.outcome == "full"]
    assert len(refused) == 150
    assert all(answer.values == {"next_date": "2026-11-25", "next_time": "08:00"} for answer in refused)
    await office.check()


async def test_holding_moving_and_cancelling_at_once_takes_no_seat_twice(office_on_both: Office) -> None:
    office = office_on_both.under(*FIFTY)
    await asyncio.gather(*(office.book(f"person-{number}", DAY) for number in range(50)))
    await asyncio.gather(
        *(office.cancel(f"person-{number}") for number in range(0, 50, 5)),
        *(office.book(f"new-{number}", DAY, hold=number % 2 == 0) for number in range(30)),
        *(office.move(f"person-{number}", "2026-11-25") for number in range(1, 50, 5)),
        *(office.book(f"newer-{number}", DAY) for number in range(30)),
    )
    await office.check()


async def test_the_same_request_twice_has_one_answer_and_one_seat(office_on_both: Office) -> None:
    office = office_on_both
    wish = office.wish("ani", DAY)
    first = await office.do(office.booking.book(wish, now_ms=office.now_ms))
    again = await office.do(office.booking.book(wish, now_ms=office.now_ms + 60_000))
    assert first is not None
    assert (first.outcome, again) == ("booked", first)
    assert len(await office.all(ALL)) == 1


async def test_a_request_that_cancelled_does_not_cancel_the_next_appointment(office: Office) -> None:
    await office.book("ani", DAY)
    wish = office.wish("ani")
    first = await office.do(office.booking.cancel(wish, now_ms=office.now_ms))
    await office.book("ani", DAY)
    assert await office.do(office.booking.cancel(wish, now_ms=office.now_ms)) == first
    found = await office.find("ani")
    assert found
    assert found.outcome == "found"


async def test_a_booking_is_kept_with_what_else_is_written_or_not_at_all(office: Office) -> None:
    unit = office.booking.book(office.wish("ani", DAY), now_ms=office.now_ms)

    def fails(tx: Tx) -> None:
        unit.run(tx)
        raise InterruptedError

    def joined(tx: Tx) -> Answer | None:
        tx.put(REQUESTS, Request("something of the composition", None, office.now_ms))
        return unit.run(tx)

    try:
        await office.store.write(fails, needs=unit.needs)
    except InterruptedError:
        assert await office.all(ALL) == []
    answer = await office.store.write(joined, needs=unit.needs)
    assert answer is not None
    assert answer.outcome == "booked"


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

"""One seat for one person, however many ask at once; the same request twice is one request."""

import asyncio

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from amanat.core.errors import InternalError
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Tx
from amanat.gateway.appointments.tables import APPOINTMENTS, REQUESTS, Request
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


async def test_the_schema_refuses_a_seat_that_is_taken_whatever_the_program_does(office_on_both: Office) -> None:
    office = office_on_both
    await office.book("ani", DAY)
    (row,) = await office.all(ALL)

    def takes_it_again(tx: Tx) -> None:
        tx.put(APPOINTMENTS, replace(row, person="somebody else", number="PSP-2222-2222"))

    with pytest.raises(InternalError):
        await office.store.write(takes_it_again)
    assert await office.all(ALL) == [row]


async def test_a_seat_that_is_given_up_is_taken_again_in_the_same_batch(office_on_both: Office) -> None:
    office = office_on_both.under(*FIFTY)
    await asyncio.gather(*(office.book(f"person-{number}", DAY) for number in range(50)))
    with capture_logs() as logs:
        cancelled, booked = await asyncio.gather(office.cancel("person-7"), office.book("new", DAY))
    assert cancelled
    assert (cancelled.outcome, booked.outcome) == ("cancelled", "booked")
    assert logs == [], "and no rows were refused on the way"


async def test_nothing_that_is_kept_names_a_person_or_an_identity(office: Office) -> None:
    office = office.under(RELEASED)
    day = "2026-12-07"
    await office.wait("ani-unhashed", "2026-11-25")
    await office.book("budi-unhashed", DAY, identity="3171-UNHASHED")
    office.now_ms = at("2026-11-23 07:30")
    wish = office.wish("citra-unhashed", day, identity="3171-UNHASHED-TOO", chat="!room")
    assert await office.do(office.booking.book(wish, now_ms=office.now_ms)) is None
    database = office.store.database
    assert isinstance(database, SqliteDatabase)
    await database.forget_deleted()
    stored = database.path.read_bytes()
    assert wish.request.encode() in stored
    for chat in (b"!ani-unhashed", b"!budi-unhashed"):
        stored = stored.replace(chat, b"")
    assert b"UNHASHED" not in stored.upper()

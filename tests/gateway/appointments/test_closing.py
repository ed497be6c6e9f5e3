"""A day that is closed after all: everybody who had a seat is told, and offered another."""

from datetime import date

from amanat.gateway.appointments.closing import close_day, reopen_day
from tests.gateway.appointments.sample import ALL, Office

DAY = "2026-11-24"


async def close(office: Office, day: str = DAY) -> None:
    await office.do(close_day("timur.foto", day, reason="Listrik padam", now_ms=office.now_ms))


async def test_everybody_who_had_a_seat_is_offered_another(office_on_both: Office) -> None:
    office = office_on_both
    booked = [await office.book(f"person-{number}", DAY) for number in range(25)]
    await office.book("holding", DAY, hold=True)
    await close(office)
    assert len(await office.desk.affected(office.store)) == 26
    notices = await office.pass_to(office.now_ms)
    assert {notice.chat for notice in notices} == {f"!person-{number}" for number in range(25)}
    assert {(notice.kind, notice.answer.outcome) for notice in notices} == {("closed", "offered")}
    papers = [notice.answer.papers for notice in notices]
    numbers = {answer.values["number"] for answer in booked}
    assert {each.visit.number for each in papers if each and each.void} == numbers
    assert {notice.answer.values["date"] for notice in notices} == {"2026-11-25", "2026-11-26"}
    assert await office.desk.affected(office.store) == []
    await office.check()
    accepted = await office.book("person-0")
    assert (accepted.outcome, accepted.visit) == ("booked", notices[0].answer.visit)
    assert accepted.papers is not None
    assert not accepted.papers.void
    assert (await office.book("holding", DAY)).outcome == "closed"
    displaced = await office.desk.displaced(office.store, counter="timur.foto", day=date.fromisoformat(DAY))
    assert len(displaced) == 25
    assert [row.number for row in displaced if row.state == "booked"] == [accepted.values["number"]]


async def test_an_offer_that_is_not_taken_in_a_day_lapses(office: Office) -> None:
    await office.book("ani", DAY)
    await close(office)
    (offer,) = await office.pass_to(office.now_ms)
    assert offer.answer.visit is not None
    until = min(office.now_ms + 24 * 3600_000, offer.answer.visit.starts_ms)
    notices = await office.pass_to(until)
    assert [notice.kind for notice in notices] == ["lapsed"]
    assert await office.all(ALL) == []


async def test_who_cannot_be_given_another_seat_is_told_so(office: Office) -> None:
    await office.book("ani", DAY)
    for day in ("2026-11-23", DAY, "2026-11-25", "2026-11-26", "2026-11-30", "2026-12-01", "2026-12-02"):
        await close(office, day)
    notices = await office.pass_to(office.now_ms)
    assert [(notice.kind, notice.answer.outcome) for notice in notices] == [("closed", "none")]
    await office.check()


async def test_who_waits_for_the_day_is_told_and_nobody_books_it_until_it_is_open_again(office: Office) -> None:
    await office.wait("budi", DAY)
    await close(office)
    notices = await office.pass_to(office.now_ms)
    assert [(notice.kind, notice.chat) for notice in notices] == [("not_waiting", "!budi")]
    assert (await office.book("citra", DAY)).outcome == "closed"
    await office.do(reopen_day("timur.foto", DAY, now_ms=office.now_ms))
    assert (await office.book("citra", DAY)).outcome == "booked"

"""A seat that becomes free belongs to those who wait, first come first."""

import asyncio

from tests.gateway.appointments.sample import Office, at

DAY = "2026-11-24"
ONE_SEAT = (
    ("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 1"),
    ("08:00-12:00, 13:00-15:00", "08:00-08:30"),
)
KEPT = (("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 2, priority: {elderly: 1}"), ONE_SEAT[1])


async def test_who_waits_longest_is_offered_the_seat_and_takes_it(office_on_both: Office) -> None:
    office = office_on_both.under(*ONE_SEAT)
    await office.book("ani", DAY)
    for person in ("budi", "citra"):
        answer = await office.wait(person, DAY)
        assert answer is not None
        assert answer.outcome == "waiting"
        office.now_ms += 1
    assert await office.pass_to(office.now_ms) == []
    await office.cancel("ani")
    assert (await office.book("dewi", DAY)).outcome == "full", "it is for those who wait"
    (offer,) = await office.pass_to(office.now_ms)
    assert (offer.kind, offer.chat, offer.answer.outcome) == ("offer", "!budi", "offered")
    found = await office.find("budi")
    assert found
    assert (found.outcome, found.visit) == ("offered", offer.answer.visit)
    held = await office.book("budi", DAY, hold=True)
    assert (held.outcome, held.visit) == ("held", offer.answer.visit), "asking for the day is asking for the offer"
    booked = await office.book("budi")
    assert (booked.outcome, booked.visit) == ("booked", offer.answer.visit)
    await office.check()


async def test_an_offer_that_is_not_taken_goes_to_the_next(office: Office) -> None:
    office = office.under(*ONE_SEAT)
    await office.book("ani", DAY)
    for person in ("budi", "citra"):
        await office.wait(person, DAY)
        office.now_ms += 1
    await office.cancel("ani")
    await office.pass_to(office.now_ms)
    notices = await office.pass_to(office.now_ms + 2 * 3600_000)
    assert [(notice.kind, notice.chat) for notice in notices] == [("lapsed", "!budi"), ("offer", "!citra")]


async def test_a_list_has_an_end_and_each_person_stands_on_it_once(office: Office) -> None:
    office = office.under(*ONE_SEAT, ("hold: 10 minutes", "hold: 10 minutes\n    waiting: {people: 2}"))
    await office.book("ani", DAY)
    answers = [await office.wait(person, DAY) for person in ("budi", "budi", "citra", "dewi", "ani")]
    assert [answer.outcome for answer in answers if answer] == ["waiting", "waiting", "waiting", "full", "already"]
    closed = await office.wait("budi", "2026-11-28")
    assert closed is not None
    assert closed.outcome == "closed"


async def test_seats_of_groups_go_to_those_who_wait_when_they_are_released(office: Office) -> None:
    day = "2026-11-26"
    office = office.under(*KEPT)
    await office.book("ani", day)
    await office.wait("budi", day)
    assert await office.pass_to("2026-11-24 23:59:59") == []
    notices = await office.pass_to("2026-11-25 00:00")
    assert [(notice.kind, notice.chat) for notice in notices if notice.kind == "offer"] == [("offer", "!budi")]


async def test_many_seats_that_become_free_at_once_serve_all_who_wait(office: Office) -> None:
    office = office.under(("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 12"), ONE_SEAT[1])
    await asyncio.gather(*(office.book(f"person-{number}", DAY) for number in range(12)))
    for number in range(11):
        await office.wait(f"waiting-{number}", DAY)
    await asyncio.gather(*(office.cancel(f"person-{number}") for number in range(12)))
    notices = await office.pass_to(office.now_ms + 1000)
    assert {notice.chat for notice in notices} == {f"!waiting-{number}" for number in range(11)}
    await office.check()


async def test_who_waits_for_a_day_that_is_over_is_forgotten(office: Office) -> None:
    office = office.under(*ONE_SEAT)
    await office.book("ani", DAY)
    await office.wait("budi", DAY)
    await office.pass_to(at("2026-12-01 00:00"))
    assert (await office.book("budi", "2026-12-02")).outcome == "booked"

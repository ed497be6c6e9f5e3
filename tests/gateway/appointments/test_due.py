"""What the clock brings, once each: holds that lapse, reminders, visits that nobody came to, forgetting."""

from amanat.gateway.appointments.notices import Notice
from tests.gateway.appointments.sample import ALL, Office, at

DAY = "2026-11-25"


def told(notices: list[Notice]) -> list[tuple[str, str]]:
    return [(notice.kind, notice.chat) for notice in notices]


async def test_a_hold_lapses_and_its_seat_is_free(office: Office) -> None:
    held = await office.book("ani", DAY, hold=True)
    assert told(await office.pass_to("2026-11-23 07:09:59")) == []
    assert told(await office.pass_to("2026-11-23 07:10:00")) == [("lapsed", "!ani")]
    assert await office.all(ALL) == []
    other = await office.book("budi", DAY, hold=True)
    assert other.values["time"] == held.values["time"]
    await office.check()


async def test_a_visit_is_remembered_a_day_and_two_hours_before(office: Office) -> None:
    booked = await office.book("ani", DAY)
    assert told(await office.pass_to("2026-11-24 07:59:59")) == []
    (first,) = await office.pass_to("2026-11-24 08:00")
    assert (first.kind, first.chat, first.answer.visit) == ("reminder", "!ani", booked.visit)
    assert told(await office.pass_to("2026-11-25 05:59:59")) == []
    assert told(await office.pass_to("2026-11-25 06:00")) == [("reminder", "!ani")]
    assert told(await office.pass_to("2026-11-25 08:14:59")) == []


async def test_after_a_night_without_a_gateway_one_reminder_is_sent_and_not_two(office: Office) -> None:
    await office.book("ani", DAY)
    assert told(await office.pass_to("2026-11-25 06:30")) == [("reminder", "!ani")]
    assert told(await office.pass_to("2026-11-25 08:00")) == []


async def test_what_was_booked_on_the_day_is_not_remembered_a_day_before(office: Office) -> None:
    office.now_ms = at("2026-11-24 09:00")
    await office.book("ani", DAY)
    assert told(await office.pass_to("2026-11-25 06:00")) == [("reminder", "!ani")]


async def test_a_moved_visit_is_remembered_by_its_new_time(office: Office) -> None:
    await office.book("ani", DAY)
    await office.move("ani", "2026-11-30")
    assert told(await office.pass_to("2026-11-28 23:59")) == []
    assert told(await office.pass_to("2026-11-29 08:00")) == [("reminder", "!ani")]


async def test_two_missed_visits_close_the_booking_for_a_week(office: Office) -> None:
    for day, kind in (("2026-11-24", "missed"), ("2026-11-25", "missed")):
        await office.book("ani", day, identity="1")
        assert told(await office.pass_to(f"{day} 08:15"))[-1] == (kind, "!ani")
    blocked = await office.book("ani", "2026-11-30")
    assert blocked.outcome == "blocked"
    assert blocked.values == {"next_date": "2026-12-02", "next_time": "08:15"}
    assert (await office.book("friend", "2026-11-30", identity="1")).outcome == "blocked", "the identity, too"
    await office.pass_to("2026-12-02 08:15")
    assert (await office.book("ani", "2026-12-03")).outcome == "booked"


async def test_nobody_is_blamed_for_a_visit_while_the_gateway_was_down(office: Office) -> None:
    for day in ("2026-11-24", "2026-11-25"):
        await office.book("ani", day)
        await office.pass_to(f"{day} 12:00")
    assert (await office.book("ani", "2026-11-30")).outcome == "booked"


async def test_a_visit_is_forgotten_thirty_days_after_it_and_a_cancelled_one_at_once(office: Office) -> None:
    await office.book("ani", DAY, details={"name": "Ani"}, identity="1")
    await office.pass_to("2026-12-25 08:29:59")
    assert [row.state for row in await office.all(ALL)] == ["missed"]
    await office.pass_to("2026-12-25 08:30:00")
    assert await office.all(ALL) == []
    await office.check()


async def test_what_is_due_has_its_effect_once_however_often_it_is_made(office_on_both: Office) -> None:
    office = office_on_both
    await office.book("ani", DAY)
    office.now_ms = at("2026-11-24 08:00")
    twice = [await office.clock.due(office.store, now_ms=office.now_ms) for _ in range(2)]
    notices = [await office.do(unit) for units in twice for unit in units]
    assert [len(each) for each in notices] == [1, 0]
    assert await office.clock.due(office.store, now_ms=office.now_ms) == []


async def test_what_changed_between_looking_and_doing_is_left_alone(office: Office) -> None:
    await office.book("ani", DAY, hold=True)
    office.now_ms = at("2026-11-23 07:10")
    (unit,) = await office.clock.due(office.store, now_ms=office.now_ms)
    office.now_ms -= 1
    await office.book("ani", DAY)
    assert await office.do(unit) == ()
    assert [row.state for row in await office.all(ALL)] == ["booked"]

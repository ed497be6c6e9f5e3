"""What is decided about one wish: holds, limits, moves, and why not."""

import pytest

from amanat.gateway.appointments.wishes import Answer
from tests.gateway.appointments.sample import ALL, Office, at

DAY = "2026-11-24"


def outcome(answer: Answer | None) -> str:
    assert answer is not None
    return answer.outcome


async def test_a_booking_tells_number_date_time_place_and_when_to_come(office: Office) -> None:
    answer = await office.book("ani", DAY, details={"name": "Ani"})
    assert answer.outcome == "booked"
    assert answer.values == {
        "number": answer.values["number"],
        "date": "2026-11-24",
        "time": "08:00",
        "arrive": "07:30",
        "place": "Kantor Contoh Timur",
    }
    assert answer.visit is not None
    assert (answer.visit.starts_ms, answer.visit.number) == (at("2026-11-24 08:00"), answer.values["number"])


async def test_what_was_held_is_what_is_booked(office: Office) -> None:
    held = await office.book("ani", DAY, time="13:30", hold=True)
    booked = await office.book("ani", DAY)
    assert (held.outcome, booked.outcome) == ("held", "booked")
    assert booked.values == held.values
    assert len(await office.all(ALL)) == 1


async def test_a_hold_is_given_up_for_another_and_after_its_time(office: Office) -> None:
    await office.book("ani", DAY, hold=True)
    other = await office.book("ani", "2026-11-25", hold=True)
    assert other.values["date"] == "2026-11-25"
    office.now_ms += 10 * 60_000
    late = await office.book("ani", "2026-11-25", time="09:00")
    assert (late.outcome, late.values["time"]) == ("booked", "09:00")
    await office.check()


async def test_holding_the_same_again_keeps_the_seat_for_as_long_again(office: Office) -> None:
    held = await office.book("ani", DAY, hold=True)
    office.now_ms += 9 * 60_000
    again = await office.book("ani", DAY, hold=True)
    assert again == held
    office.now_ms += 9 * 60_000
    assert (await office.book("ani", DAY)).visit == held.visit


async def test_a_hold_for_another_day_is_not_what_is_booked(office: Office) -> None:
    await office.book("ani", DAY, hold=True)
    booked = await office.book("ani", "2026-11-25")
    assert booked.values["date"] == "2026-11-25"


async def test_a_person_has_one_live_appointment_and_is_told_of_it(office: Office) -> None:
    first = await office.book("ani", DAY)
    again = await office.book("ani", "2026-11-25")
    assert again.outcome == "already"
    assert again.values["number"] == first.values["number"]


async def test_an_identity_has_one_live_appointment_whoever_asks_and_nobody_is_told_of_it(office: Office) -> None:
    await office.book("ani", DAY, identity="3171 0000 0000 0001")
    broker = await office.book("broker", "2026-11-25", identity="3171.0000.0000.0001")
    assert (broker.outcome, broker.values, broker.visit) == ("already", {}, None)
    await office.cancel("ani")
    assert outcome(await office.book("broker", "2026-11-25", identity="3171000000000001")) == "booked"


@pytest.mark.parametrize(
    ("day", "outcome", "values"),
    [
        ("2026-11-22", "closed", {"next_date": "2026-11-23", "next_time": "08:00"}),
        ("2026-11-27", "closed", {"next_date": "2026-11-30", "next_time": "08:00"}),
        ("2026-11-28", "closed", {"next_date": "2026-11-30", "next_time": "08:00"}),
        ("2026-12-08", "not_yet", {"next_date": "2026-11-24", "next_time": "00:00"}),
    ],
)
async def test_a_day_that_cannot_be_booked_is_told_with_one_that_can(
    office: Office, day: str, outcome: str, values: dict[str, str]
) -> None:
    answer = await office.book("ani", day)
    assert (answer.outcome, answer.values) == (outcome, values)


async def test_a_time_that_is_taken_is_told_with_another_of_the_day(office: Office) -> None:
    for person in ("ani", "budi"):
        await office.book(person, "2026-11-25", time="09:00")
    third = await office.book("citra", "2026-11-25", time="09:00")
    assert (third.outcome, third.values) == ("full", {"next_date": "2026-11-25", "next_time": "08:00"})


async def test_a_seat_that_is_kept_for_a_group_is_everybodys_a_day_before(office: Office) -> None:
    for person in ("ani", "budi"):
        await office.book(person, "2026-11-25", time="09:00")
    assert outcome(await office.book("citra", "2026-11-25", time="09:00")) == "full"
    assert outcome(await office.book("eyang", "2026-11-25", time="09:00", priority="elderly")) == "booked"
    office.now_ms = at("2026-11-24 00:00")
    await office.book("dewi", "2026-11-25", time="10:00")
    await office.book("eko", "2026-11-25", time="10:00")
    assert outcome(await office.book("citra", "2026-11-25", time="10:00")) == "booked"
    assert outcome(await office.book("farah", "2026-11-25", time="10:00")) == "full", "walk-ins keep theirs"


async def test_an_appointment_is_moved_once_and_not_on_its_last_day(office: Office) -> None:
    booked = await office.book("ani", "2026-11-25")
    moved = await office.move("ani", "2026-11-26")
    assert moved is not None
    assert (moved.outcome, moved.values["date"]) == ("moved", "2026-11-26")
    assert moved.values["number"] == booked.values["number"]
    assert outcome(await office.move("ani", "2026-11-30")) == "too_often"
    await office.book("budi", DAY)
    office.now_ms = at("2026-11-23 08:01")
    assert outcome(await office.move("budi", "2026-11-26")) == "too_late"
    assert outcome(await office.move("citra", "2026-11-26")) == "none"
    await office.check()


async def test_a_move_to_a_day_without_a_seat_keeps_the_one_there_is(office: Office) -> None:
    await office.book("ani", "2026-11-25")
    assert outcome(await office.move("ani", "2026-11-27")) == "closed"
    found = await office.find("ani")
    assert found is not None
    assert found.values["date"] == "2026-11-25"


async def test_a_cancelled_seat_is_free_and_what_was_said_is_forgotten(office: Office) -> None:
    await office.book("ani", DAY, details={"name": "Ani"}, identity="1")
    assert outcome(await office.cancel("ani")) == "cancelled"
    assert outcome(await office.cancel("ani")) == "none"
    (row,) = await office.all(ALL)
    assert (row.state, row.chat, row.details, row.identity) == ("gone", "", b"{}", "")
    await office.pass_to(office.now_ms)
    assert await office.all(ALL) == []
    await office.check()


async def test_a_visit_that_has_begun_is_not_cancelled(office: Office) -> None:
    await office.book("ani", DAY)
    office.now_ms = at("2026-11-24 08:00")
    assert outcome(await office.cancel("ani")) == "too_late"


async def test_only_those_who_asked_are_found(office: Office) -> None:
    await office.book("ani", DAY)
    assert outcome(await office.find("ani")) == "found"
    assert outcome(await office.find("budi")) == "none"


async def test_a_day_has_its_share_for_each_channel(office: Office) -> None:
    office = office.under(("walk_in: 1, priority: {elderly: 1}", "walk_in: 1, per_day: {chat: 2}"))
    assert [outcome(await office.book(person, DAY)) for person in ("ani", "budi", "citra")] == [
        "booked",
        "booked",
        "full",
    ]


async def test_settings_that_make_room_are_seen_at_once(office: Office) -> None:
    small = office.under(
        ("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 1"), ("13:00-15:00", "13:00-13:30")
    )
    for number in range(9):
        await small.book(f"person-{number}", DAY)
    assert outcome(await small.book("ani", DAY)) == "full"
    assert outcome(await office.book("ani", DAY)) == "booked"

"""The day at the office: check-in by number or ticket, the line that merges walk-ins, and who is next."""

from datetime import date

from amanat.gateway.appointments.front_desk import CheckIn
from amanat.gateway.appointments.tables import OLD_STRIKES, Appointment
from amanat.gateway.appointments.wishes import Keys, Visit
from tests.gateway.appointments.sample import Office, at

DAY = "2026-11-24"
COUNTER = "timur.foto"


async def arrive(office: Office, number: str) -> CheckIn:
    row = await office.desk.by_number(office.store, number)
    assert row is not None
    return await office.do(office.desk.check_in(row, now_ms=office.now_ms))


async def walk_in(office: Office, name: str) -> str:
    answer = await office.do(office.desk.walk_in(office.wish(name, chat=""), now_ms=office.now_ms))
    assert answer is not None
    return answer.values.get("number", answer.outcome)


async def line(office: Office) -> list[Appointment]:
    return await office.desk.line(office.store, counter=COUNTER, day=date.fromisoformat(DAY))


async def test_the_line_is_by_time_with_walk_ins_merged_and_those_who_are_late_behind(office_on_both: Office) -> None:
    office = office_on_both
    eight = (await office.book("eight", DAY)).values["number"]
    half = (await office.book("half", DAY, time="08:30")).values["number"]
    nine = (await office.book("nine", DAY, time="09:00")).values["number"]
    office.now_ms = at("2026-11-24 07:40")
    assert (await arrive(office, nine)).outcome == "arrived"
    assert (await arrive(office, half.lower())).outcome == "arrived"
    office.now_ms = at("2026-11-24 07:50")
    walking = await walk_in(office, "walking")
    await office.pass_to("2026-11-24 08:16")
    late = await arrive(office, eight)
    assert late.outcome == "late"
    assert [row.number for row in await line(office)] == [walking, eight, half, nine]
    row = await office.desk.by_number(office.store, nine)
    assert row is not None
    assert await office.desk.position(office.store, row) == 3
    first = (await line(office))[0]
    assert await office.do(office.desk.call(first, now_ms=office.now_ms)) is not None
    assert await office.do(office.desk.call(first, now_ms=office.now_ms)) is None, "another counter was faster"
    assert await office.desk.position(office.store, row) == 2
    assert await office.desk.position(office.store, first) is None
    await office.check()


async def test_a_ticket_checks_in_and_an_older_or_foreign_one_does_not(office: Office) -> None:
    booked = await office.book("ani", "2026-11-25")
    assert booked.visit is not None
    old = office.desk.ticket(booked.visit)
    found = await office.desk.by_ticket(office.store, old)
    assert found is not None
    assert found.number == booked.values["number"]
    moved = await office.move("ani", "2026-11-26")
    assert moved is not None
    assert moved.visit is not None
    assert await office.desk.by_ticket(office.store, old) is None
    assert await office.desk.by_ticket(office.store, office.desk.ticket(moved.visit)) is not None
    foreign = Office(office.store, office.agenda)
    foreign.desk._keys = Keys(bytes(32))
    assert await office.desk.by_ticket(office.store, foreign.desk.ticket(moved.visit)) is None
    unknown = Visit(number="PSP-2222-2222", service="passport", counter=COUNTER, starts_ms=0, ends_ms=1)
    assert await office.desk.by_ticket(office.store, office.desk.ticket(unknown)) is None


async def test_check_in_says_what_is_wrong(office: Office) -> None:
    number = (await office.book("ani", DAY)).values["number"]
    assert (await arrive(office, number)).outcome == "other_day"
    office.now_ms = at("2026-11-24 07:30")
    assert (await arrive(office, number)).outcome == "arrived"
    assert (await arrive(office, number)).outcome == "already"
    held = await office.book("budi", "2026-11-25", hold=True)
    assert (await arrive(office, held.values["number"])).outcome == "unknown"
    await office.cancel("budi")
    assert await office.desk.by_number(office.store, held.values["number"]) is None
    assert await office.desk.by_number(office.store, "halo") is None


async def test_who_comes_late_after_all_is_not_blamed_and_neither_is_who_is_excused(office: Office) -> None:
    for number, day in enumerate(("2026-11-24", "2026-11-25")):
        booked = await office.book("ani", day)
        await office.pass_to(f"{day} 08:15")
        if number:
            await arrive(office, booked.values["number"])
            office.now_ms += 1
            row = (await office.desk.line(office.store, counter=COUNTER, day=date.fromisoformat(day)))[0]
            await office.do(office.desk.call(row, now_ms=office.now_ms))
    assert (await office.book("ani", "2026-11-30")).outcome == "booked"
    await office.pass_to("2026-11-30 08:15")
    assert (await office.book("ani", "2026-12-03")).outcome == "blocked", "the first still counts"
    row = (await office.desk.day(office.store, counters=[COUNTER], day=date(2026, 11, 30)))[0]
    await office.do(office.desk.excuse(row, now_ms=office.now_ms))
    assert (await office.book("ani", "2026-12-03")).outcome == "booked"


async def test_walk_ins_take_their_own_seats_then_free_ones_until_the_day_is_full(office: Office) -> None:
    office = office.under(("13:00-15:00", "13:00-13:30"), ("capacity: 4", "capacity: 2"))
    office.now_ms = at("2026-11-24 11:40")
    numbers = [await walk_in(office, f"walking-{number}") for number in range(5)]
    assert numbers[4] == "full"
    assert len(set(numbers)) == 5
    office.now_ms = at("2026-11-24 13:30")
    assert await walk_in(office, "too late") == "closed"
    await office.check()


async def test_the_day_shows_who_comes_in_order_and_nobody_who_only_holds(office: Office) -> None:
    second = (await office.book("ani", DAY, time="09:00")).values["number"]
    first = (await office.book("budi", DAY, time="08:30")).values["number"]
    await office.book("citra", DAY, hold=True)
    rows = await office.desk.day(office.store, counters=[COUNTER], day=date.fromisoformat(DAY))
    assert [row.number for row in rows] == [first, second]


async def _act(office: Office, number: str, what: str) -> str:
    """Do something with a visit, and return its state then; `-` where it could not be done."""
    row = await office.desk.by_number(office.store, number)
    assert row is not None
    if what == "check in":
        came = await office.do(office.desk.check_in(row, now_ms=office.now_ms))
        return came.appointment.state if came.appointment else "-"
    if what == "undo":
        undone = await office.do(office.desk.undo(row, now_ms=office.now_ms))
        return undone.appointment.state if undone else "-"
    if what == "excuse":
        excused = await office.do(office.desk.excuse(row, now_ms=office.now_ms))
        return excused.state if excused else "-"
    done = office.desk.no_show if what == "no show" else office.desk.call
    after = await office.do(done(row, now_ms=office.now_ms))
    return after.state if after else "-"


async def _strikes(office: Office) -> list[int]:
    """Return how often anybody has missed a visit."""
    rows = await office.store.all(OLD_STRIKES, now_ms=2**53, most=10)
    return [row.strikes for row in rows]


async def test_who_did_not_come_is_marked_and_unmarked_by_hand(office_on_both: Office) -> None:
    office = office_on_both
    number = (await office.book("ani", DAY)).values["number"]
    office.now_ms = at(f"{DAY} 07:59")
    assert await _act(office, number, "no show") == "-", "it is not their time yet"
    office.now_ms = at(f"{DAY} 08:05")
    assert await _act(office, number, "no show") == "missed"
    assert await _act(office, number, "no show") == "-"
    assert await _strikes(office) == [1]
    assert await _act(office, number, "undo") == "booked"
    assert await _strikes(office) == []
    await office.pass_to(f"{DAY} 08:15")
    row = await office.desk.by_number(office.store, number)
    assert row is not None
    assert row.state == "missed", "and is waited for as anybody is"
    assert await _strikes(office) == [1]
    office.now_ms = at(f"{DAY} 08:20")
    assert await _act(office, number, "undo") == "-", "who is later than that is excused, or comes late"
    await office.check()


async def test_a_check_in_is_taken_back_to_what_was_before_with_its_strike(office_on_both: Office) -> None:
    office = office_on_both
    number = (await office.book("ani", DAY)).values["number"]
    office.now_ms = at(f"{DAY} 08:05")
    steps = ("check in", "undo", "undo", "no show", "check in", "call", "undo", "undo", "excuse", "excuse", "check in")
    seen = []
    for step in steps:
        seen.append((await _act(office, number, step), await _strikes(office)))
    assert seen == [
        ("arrived", []),
        ("booked", []),
        ("-", []),
        ("missed", [1]),
        ("arrived", []),
        ("called", []),
        ("arrived", []),
        ("missed", [1]),
        ("missed", []),
        ("-", []),
        ("arrived", []),
    ]
    assert await _act(office, number, "undo") == "missed"
    assert await _strikes(office) == [], "what was excused stays excused"
    await office.check()


async def test_nothing_is_taken_back_on_another_day_nor_of_who_has_no_appointment(office: Office) -> None:
    number = (await office.book("ani", DAY)).values["number"]
    office.now_ms = at(f"{DAY} 07:50")
    walking = await walk_in(office, "walking")
    assert await _act(office, walking, "undo") == "-"
    assert await _act(office, walking, "call") == "called"
    assert await _act(office, walking, "undo") == "arrived"
    assert await _act(office, number, "check in") == "arrived"
    office.now_ms = at("2026-11-25 07:50")
    assert await _act(office, number, "undo") == "-"


async def test_a_visit_is_excused_once_and_leaves_anothers_strike(office: Office) -> None:
    first = (await office.book("ani", DAY)).values["number"]
    await office.pass_to(f"{DAY} 08:15")
    second = (await office.book("ani", "2026-11-25")).values["number"]
    office.now_ms = at("2026-11-25 08:01")
    assert await _act(office, first, "excuse") == "missed"
    assert await _act(office, second, "no show") == "missed"
    assert await _act(office, first, "excuse") == "-"
    assert await _strikes(office) == [1]


async def test_a_check_in_that_is_taken_back_begins_the_cool_down_again_that_it_ended(office: Office) -> None:
    for day in (DAY, "2026-11-25"):
        number = (await office.book("ani", day)).values["number"]
        await office.pass_to(f"{day} 08:15")
    assert (await office.book("ani", "2026-12-03")).outcome == "blocked"
    assert await _act(office, number, "check in") == "arrived"
    assert await _strikes(office) == [1], "the visit before it still counts"
    assert await _act(office, number, "undo") == "missed"
    assert (await office.book("ani", "2026-12-03")).outcome == "blocked"

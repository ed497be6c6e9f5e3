"""Missed visits are counted where a service has a rule for them."""

from tests.gateway.appointments.sample import Office


async def test_without_a_rule_nothing_is_counted(office: Office) -> None:
    office = office.under(("no_show: {after: 15 minutes, strikes: 2, block: 7 days}", "no_show: {after: 15 minutes}"))
    for day in ("2026-11-24", "2026-11-25", "2026-11-26"):
        assert (await office.book("ani", day)).outcome == "booked"
        await office.pass_to(f"{day} 08:15")


async def test_a_missed_visit_no_longer_counts_after_half_a_year(office: Office) -> None:
    await office.book("ani", "2026-11-24")
    await office.pass_to("2026-11-24 08:15")
    await office.pass_to("2027-05-24 08:15")
    await office.book("ani", "2027-05-25")
    await office.pass_to("2027-05-25 08:15")
    assert (await office.book("ani", "2027-05-27")).outcome == "booked"


async def test_after_the_cool_down_the_counting_begins_anew(office: Office) -> None:
    for day in ("2026-11-24", "2026-11-25", "2026-12-03"):
        assert (await office.book("ani", day)).outcome == "booked"
        await office.pass_to(f"{day} 08:15")
        if day == "2026-11-25":
            assert (await office.book("ani", "2026-12-03")).outcome == "blocked"
            await office.pass_to("2026-12-02 08:15")
    assert (await office.book("ani", "2026-12-07")).outcome == "booked"

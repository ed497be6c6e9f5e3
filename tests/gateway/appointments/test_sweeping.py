"""What has served its purpose is deleted."""

from amanat.db.query import Query
from amanat.gateway.appointments.closing import close_day
from amanat.gateway.appointments.tables import DayClosure, Request
from tests.gateway.appointments.sample import FULL_DAYS, Office

REQUESTS = Query("all_requests", Request, sql="SELECT request, answer, at_ms FROM appointment_requests")
CLOSURES = Query("all_closures", DayClosure, sql="SELECT counter, day, reason, settled FROM appointment_closures")


async def test_answers_closures_and_full_days_do_not_stay(office_on_both: Office) -> None:
    office = office_on_both.under(
        ("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 1"),
        ("08:00-12:00, 13:00-15:00", "08:00-08:30"),
    )
    for person in ("ani", "budi"):
        await office.book(person, "2026-11-24")
    await office.do(close_day("timur.foto", "2026-11-25", reason="", now_ms=office.now_ms))
    await office.pass_to(office.now_ms)
    assert (len(await office.all(REQUESTS)), len(await office.all(FULL_DAYS))) == (2, 1)
    await office.pass_to("2026-11-30 07:00:01")
    assert (len(await office.all(REQUESTS)), len(await office.all(FULL_DAYS))) == (0, 0)
    assert len(await office.all(CLOSURES)) == 1
    await office.pass_to("2027-01-01 07:00")
    assert await office.all(CLOSURES) == []

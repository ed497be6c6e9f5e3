"""What is written of an appointment hangs together."""

from datetime import date

from amanat.db.query import Query
from amanat.gateway.appointments.records import walk_in
from amanat.gateway.appointments.tables import Identity
from tests.gateway.appointments.sample import ALL, Office

IDENTITIES = Query("all_identities", Identity, sql="SELECT identity, service, number FROM appointment_identities")


async def test_an_identity_is_listed_while_its_appointment_is_live(office: Office) -> None:
    await office.book("ani", "2026-11-24", identity="1", details={"name": "A" * 9000})
    assert len((await office.all(ALL))[0].details) < 1000, "a detail has a length"
    assert len(await office.all(IDENTITIES)) == 1
    await office.pass_to("2026-11-24 08:15")
    assert await office.all(IDENTITIES) == []
    await office.book("ani", "2026-11-25", identity="1")
    await office.cancel("ani")
    assert await office.all(IDENTITIES) == []


def test_a_walk_in_is_a_person_of_their_own(office: Office) -> None:
    wish = office.wish("ani", "2026-11-24", identity="1", hold=True)
    there = walk_in(wish, date(2026, 11, 23))
    assert (there.channel, there.identity, there.hold) == ("walk_in", "", False)
    assert there.day == date(2026, 11, 23)
    assert there.person != wish.person

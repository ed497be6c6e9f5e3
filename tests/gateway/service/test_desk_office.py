"""A service's desk is joined with its own appointments, as far as there are any."""

from tests.gateway.desk.conftest import desk_office
from tests.gateway.desk.office import DeskOffice

__all__ = ["desk_office"]


async def test_who_has_told_their_name_is_called_by_it_after_a_restart(desk_office: DeskOffice) -> None:
    staff = desk_office.office.staff
    staff.put("@budi:localhost", "agent")
    staff.call("@budi:localhost", "Budi Santoso")
    again = DeskOffice(desk_office.folder, desk_office.store)
    assert await again.office.names.of(["@budi:localhost"]) == {"@budi:localhost": "Budi Santoso"}


async def test_there_are_days_while_something_can_be_booked(desk_office: DeskOffice) -> None:
    office = desk_office.office
    assert office.id == "office"
    assert office.days() is not None
    desk_office.shelf.appointments = None
    assert office.days() is None

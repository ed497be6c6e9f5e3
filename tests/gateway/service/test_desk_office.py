"""A service's desk is joined with its own appointments, as far as there are any."""

from tests.gateway.desk.conftest import desk_office
from tests.gateway.desk.office import DeskOffice

__all__ = ["desk_office"]


async def test_there_are_days_while_something_can_be_booked(desk_office: DeskOffice) -> None:
    office = desk_office.office
    assert office.id == "office"
    assert office.days() is not None
    desk_office.shelf.appointments = None
    assert office.days() is None

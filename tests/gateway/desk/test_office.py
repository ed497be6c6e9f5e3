"""An office knows whose people may be of its staff, and notes what they do."""

from amanat.gateway.desk import trail
from amanat.gateway.desk.reading import MAX_POSITION
from tests.gateway.desk.office import BUDI, DeskOffice


async def test_what_is_done_is_noted(desk_office: DeskOffice) -> None:
    office = desk_office.office
    assert (office.id, office.user_id, office.server_name) == ("office", "@office:localhost", "localhost")
    await office.note(BUDI, "signed_in", about="")
    (act,) = await trail.before(office.store, MAX_POSITION)
    assert (act.who, act.what) == (BUDI, "signed_in")

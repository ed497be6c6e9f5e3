"""What would take away somebody's seat is not published, and what cannot be read is shown as such."""

import pytest

from amanat.gateway.desk.errors import FlowRefused
from tests.gateway.desk.conftest import desk_office
from tests.gateway.desk.office import BUDI, DeskOffice
from tests.gateway.desk.test_day_routes import _booked

__all__ = ["desk_office"]


async def test_a_seat_that_somebody_has_stays(desk_office: DeskOffice) -> None:
    await _booked(desk_office)
    editing = desk_office.office.editing
    now = await editing.now()
    texts = {file["name"]: file["text"] for file in now["files"]}
    agenda = texts["appointments.yaml"].replace("foto:", "wawancara:").replace("timur.foto", "timur.wawancara")
    with pytest.raises(FlowRefused) as refused:
        await editing.publish(BUDI, base=now["version"], changes={"appointments.yaml": agenda})
    (problem,) = refused.value.fields["problems"]
    assert "timur.foto" in problem["message"]
    assert (await editing.now())["version"] == now["version"]

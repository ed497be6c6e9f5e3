"""A ticket is answered in the unit that changes it, on both databases."""

from pathlib import Path

import pytest

from amanat.gateway.desk.errors import NoSuch
from amanat.gateway.store.store import GatewayStore
from tests.gateway.desk.office import BUDI, DeskOffice
from tests.gateway.desk.test_ticket_routes import _open


async def test_each_state_is_listed_in_its_own_order(gateway_store: GatewayStore, tmp_path: Path) -> None:
    office = DeskOffice(tmp_path / "office", gateway_store)
    numbers = []
    for request in ("1", "2"):
        numbers.append(await _open(office, request))
        office.clock.set("2026-11-23 09:30")
    tickets = office.office.tickets
    assert [ticket["number"] for ticket in await tickets.in_state("open")] == numbers
    for number in numbers:
        await tickets.change(BUDI, number, state="closed", answer="")
    assert [ticket["number"] for ticket in await tickets.in_state("closed")] == numbers[::-1]
    assert office.told == []
    with pytest.raises(NoSuch):
        await tickets.change(BUDI, "nothing", state="open", answer="")

"""The operator asks whom a breach concerns."""

import pytest

from tests.product.ledger.partners import operate
from tests.server import Server


async def test_people_come_in_pages(amanat: Server) -> None:
    people = [await amanat.user(f"person-{number:02}") for number in range(21)]
    first = (await operate(amanat, "GET", "/breach/affected?kind=database")).json
    assert [one["user_id"] for one in first["affected"]] == [person.user_id for person in people[:20]]
    assert {"en": "Account", "id": "Akun"} in first["affected"][0]["data"]
    rest = (await operate(amanat, "GET", f"/breach/affected?kind=database&after={first['next']}")).json
    assert ([one["user_id"] for one in rest["affected"]], rest["next"]) == ([people[20].user_id], None)


@pytest.mark.parametrize("query", ["", "?kind=fire", "?kind=partner", "?kind=database&since=-1"])
async def test_what_makes_no_sense_is_refused(amanat: Server, query: str) -> None:
    assert (await operate(amanat, "GET", f"/breach/affected{query}")).status == 400

"""The operator's endpoints about partners."""

from pathlib import Path
from typing import Any

import pytest

from tests.product.ledger.partners import admit, operate
from tests.server import Server


async def test_a_partner_is_listed_without_its_token(amanat: Server) -> None:
    partner = await admit(amanat, "account.age", "profile.basic", days=30, reads_per_day=5)
    (listed,) = (await operate(amanat, "GET", "/partners")).json["partners"]
    assert listed["expires_ts"] - listed["created_ts"] == 30 * 86_400_000
    assert (listed["scopes"], listed["reads_per_day"], listed["reads"]) == (["account.age", "profile.basic"], 5, 0)
    assert partner.token not in repr(listed)


async def test_one_that_was_revoked_stays_revoked(amanat: Server) -> None:
    partner = await admit(amanat)
    await partner.revoke()
    (first,) = (await operate(amanat, "GET", "/partners")).json["partners"]
    await partner.revoke()
    assert (await operate(amanat, "GET", "/partners")).json["partners"] == [first]
    assert first["revoked_ts"] is not None
    assert (await operate(amanat, "POST", "/partners/nobody/revoke", {})).status == 404


@pytest.mark.parametrize(
    "body",
    [
        {"name": "Kantor", "scopes": []},
        {"name": "Kantor", "scopes": ["everything"]},
        {"name": "", "scopes": ["profile.basic"]},
        {"name": "Kantor", "scopes": ["profile.basic"], "days": 0},
        {"name": "Kantor", "scopes": ["profile.basic"], "reads_per_day": 0},
        {"name": "Kantor", "scopes": ["profile.basic"], "reads": 1},
    ],
)
async def test_what_makes_no_sense_is_refused(amanat: Server, body: dict[str, Any], tmp_path: Path) -> None:
    assert (await operate(amanat, "POST", "/partners", body)).status == 400
    assert (await operate(amanat, "GET", "/partners")).json["partners"] == []

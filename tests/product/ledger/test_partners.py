"""The operator admits partners; their tokens are kept as hashes and end at once."""

import pytest

from amanat.core.errors import InvalidParam, ResourceLimitExceeded
from amanat.handlers.sessions import hash_of
from amanat.product.ledger import partners as module
from amanat.product.ledger.partners import NewPartner
from amanat.product.ledger.tables import PARTNERS
from tests.product.ledger.partners import admit
from tests.server import Server
from tests.store.schema import everything_in


async def test_a_token_is_stored_as_a_hash_alone(amanat: Server) -> None:
    partner = await admit(amanat)
    (row,) = await everything_in(amanat.amanat.store, PARTNERS)
    assert row.token_hash == hash_of(partner.token)
    assert partner.token not in repr(row)


@pytest.mark.parametrize("name", ["", " ", "a" * 101, "Kan\ntor", "\u202eoffice"])
async def test_a_name_that_people_cannot_read_is_refused(amanat: Server, name: str) -> None:
    with pytest.raises(InvalidParam):
        await amanat.amanat.own_data.partners.create(
            NewPartner(name=name, scopes=["profile.basic"], days=1, reads_per_day=1)
        )


async def test_there_are_not_endlessly_many(amanat: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PARTNERS", 1)
    await admit(amanat)
    with pytest.raises(ResourceLimitExceeded):
        await amanat.amanat.own_data.partners.create(
            NewPartner(name="Another", scopes=["profile.basic"], days=1, reads_per_day=1)
        )

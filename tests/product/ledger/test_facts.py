"""What is told of a person is what they say of themselves, and no more exact than need be."""

from tests.product.ledger.partners import admit, allow
from tests.server import Server


async def test_the_month_of_joining_is_no_more_than_that(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat, "account.age")
    await allow(ani, partner, "account.age")
    assert (await partner.read(ani.user_id, "member_since")).json["fields"] == {"member_since": "2023-11"}

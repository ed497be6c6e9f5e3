"""What is told of a person is what they say of themselves, and no more exact than need be."""

from tests.product.ledger.partners import admit, allow
from tests.product.rights.people import give_number
from tests.server import Server


async def test_the_month_of_joining_is_no_more_than_that(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat, "account.age")
    await allow(ani, partner, "account.age")
    assert (await partner.read(ani.user_id, "member_since")).json["fields"] == {"member_since": "2023-11"}


async def test_of_a_number_no_more_is_told_than_its_end(on_both: Server) -> None:
    ani, partner = await on_both.user("ani"), await admit(on_both, "profile.phone_masked")
    await allow(ani, partner, "profile.phone_masked")
    assert (await partner.read(ani.user_id, "phone_masked")).json["fields"] == {"phone_masked": None}
    await give_number(on_both, ani, "+6281234567834")
    told = (await partner.read(ani.user_id, "phone_masked")).json["fields"]["phone_masked"]
    assert told.startswith("+62")
    assert told.endswith("34")
    assert "81234567" not in told

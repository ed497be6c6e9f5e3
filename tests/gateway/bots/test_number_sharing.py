"""A bot is told the number that the server tested, of who shares it, and no other."""

from tests.gateway.service.bot_at_work import BotAtWork, send
from tests.gateway.service.sharer import NUMBER, allows, says_so, shares, takes_back
from tests.product.ledger.partners import reads
from tests.product.rights.people import give_number


async def test_who_shares_their_number_is_known_by_it(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await shares(visitor, at_work)
    said = (await at_work.told("Came"))["said"]
    assert said["body"] == {"type": "OwnNumber", "phone": NUMBER}
    assert (said["sender"]["phone"], said["chat"]["person"]["phone"]) == (NUMBER, NUMBER)
    known = await at_work.line.person_of_phone(NUMBER)
    assert known is not None
    assert known.number == said["sender"]["number"]
    (read,) = await reads(visitor.citizen.person)
    assert (read["partner_id"], read["fields"]) == (at_work.person.user_id, ["phone"])
    assert "You shared it" in read["purpose"]


async def test_an_app_cannot_claim_a_number(at_work: BotAtWork) -> None:
    """Neither by saying one, nor by saying that it shared what its person has not allowed, or does not have."""
    visitor = await at_work.visitor()
    await give_number(at_work.town.server, visitor.citizen.person, NUMBER)
    await says_so(visitor, phone="+6281111111111")
    assert (await at_work.told("Came"))["said"]["body"]["type"] == "Words"
    assert await reads(visitor.citizen.person) == []
    await allows(visitor, at_work)
    await says_so(visitor, phone="+6281111111111")
    assert (await at_work.told("Came"))["said"]["body"]["phone"] == NUMBER
    other = await at_work.visitor("numberless")
    await allows(other, at_work)
    await says_so(other)
    came = (await at_work.told("Came"))["said"]
    assert (came["body"]["type"], came["sender"]["phone"]) == ("Words", "")


async def test_what_was_taken_back_is_not_told_again(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await shares(visitor, at_work)
    assert (await at_work.told("Came"))["said"]["body"]["type"] == "OwnNumber"
    await takes_back(visitor, at_work)
    await says_so(visitor)
    assert (await at_work.told("Came"))["said"]["body"]["type"] == "Words"
    assert len(await reads(visitor.citizen.person)) == 1


async def test_a_number_in_new_hands_is_known_by_them_alone(at_work: BotAtWork) -> None:
    before, after = await at_work.visitor("before"), await at_work.visitor("after")
    await shares(before, at_work)
    former = (await at_work.told("Came"))["said"]["sender"]["number"]
    await give_number(at_work.town.server, before.citizen.person, "+6281234567899")
    await shares(after, at_work)
    owner = (await at_work.told("Came"))["said"]["sender"]["number"]
    known, once = await at_work.line.person_of_phone(NUMBER), await at_work.line.person(former)
    assert known is not None
    assert once is not None
    assert (known.number, once.phone) == (owner, "")


async def test_an_edit_shares_nothing(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await shares(visitor, at_work)
    await at_work.told("Came")
    event_id = await send(visitor, {"msgtype": "m.text", "body": "lain"})
    shared = {"msgtype": "m.text", "body": "Nomor saya", "id.amanat.shared": "phone"}
    relates = {"rel_type": "m.replace", "event_id": event_id}
    await send(visitor, shared | {"m.new_content": shared, "m.relates_to": relates})
    assert (await at_work.told("Edited"))["said"]["body"]["type"] == "Words"
    assert len(await reads(visitor.citizen.person)) == 1

"""A person lets an account read their number, as of a bot: the one that the server tested, and they see it."""

import jsonschema  # type: ignore[import-untyped]  # it tells no types
import pytest

from tests.product.ledger.partners import admit, allow, operate, reads
from tests.product.rights.people import give_number
from tests.server import Person, Reply, Server

NUMBER = "+6281234567834"
PHONE = "profile.phone"


async def _share(person: Person, bot: Person) -> Reply:
    return await person.put(f"/_amanat/v1/ledger/grants/{bot.user_id}", {"scopes": [PHONE]})


async def _read(bot: Person, user_id: str, fields: str = "phone") -> Reply:
    return await bot.get(f"/_amanat/v1/ledger/people/{user_id}", fields=fields, purpose="You shared it with me.")


async def test_who_is_allowed_reads_the_number_that_was_tested_and_is_seen(on_both: Server) -> None:
    ani, bot = await on_both.user("ani"), await on_both.user("toko")
    await bot.put(f"/_matrix/client/v3/profile/{bot.user_id}/displayname", {"displayname": "Toko Budi"})
    await give_number(on_both, ani, NUMBER)
    assert (await _share(ani, bot)).status == 200
    assert (await _read(bot, ani.user_id)).json == {"user_id": ani.user_id, "fields": {"phone": NUMBER}}
    (seen,) = await reads(ani)
    assert (seen["partner_id"], seen["partner"]) == (bot.user_id, f"Toko Budi ({bot.user_id})")
    assert (seen["scopes"], seen["fields"], seen["purpose"]) == ([PHONE], ["phone"], "You shared it with me.")
    assert NUMBER not in str(seen)
    (grant,) = (await ani.get("/_amanat/v1/ledger/grants")).json["grants"]
    assert (grant["partner_id"], grant["scope"]) == (bot.user_id, PHONE)


async def test_what_is_taken_back_is_read_no_more(amanat: Server) -> None:
    ani, bot = await amanat.user("ani"), await amanat.user("toko")
    await give_number(amanat, ani, NUMBER)
    await _share(ani, bot)
    await _read(bot, ani.user_id)
    assert (await ani.delete(f"/_amanat/v1/ledger/grants/{bot.user_id}")).status == 200
    refused = await _read(bot, ani.user_id)
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
    assert len(await reads(ani)) == 1


async def test_an_account_learns_who_still_allows_it_without_reading_anything(on_both: Server) -> None:
    ani, budi, bot = await on_both.user("ani"), await on_both.user("budi"), await on_both.user("toko")
    for person in (ani, budi):
        await _share(person, bot)
    people = [ani.user_id, budi.user_id, bot.user_id, "@nobody:localhost", "x\u0000"]

    async def allowing(who: Person, **asked: object) -> Reply:
        return await who.post("/_amanat/v1/ledger/people", {"people": people, "scope": PHONE} | asked)

    assert (await allowing(bot)).json == {"people": sorted([ani.user_id, budi.user_id])}
    await ani.delete(f"/_amanat/v1/ledger/grants/{bot.user_id}")
    assert (await allowing(bot)).json == {"people": [budi.user_id]}
    assert (await allowing(ani)).json == (await allowing(bot, people=[])).json == {"people": []}
    for wrong in ({"people": ["@a:b"] * 101}, {"scope": "profile.basic"}, {"scope": "x"}, {"people": "x"}):
        assert (await allowing(bot, **wrong)).status == 400, wrong
    assert await reads(budi) == []


async def test_nobody_else_reads_it_and_nobody_learns_who_has_a_number(amanat: Server) -> None:
    ani, bot, eve = await amanat.user("ani"), await amanat.user("toko"), await amanat.user("eve")
    await give_number(amanat, ani, NUMBER)
    await _share(ani, bot)
    refusals = [await _read(eve, ani.user_id), await _read(eve, bot.user_id), await _read(eve, "@nobody:localhost")]
    assert {(refused.status, refused.json["error"]) for refused in refusals} == {
        (403, "This person does not allow you to read that.")
    }
    assert await reads(ani) == []


@pytest.mark.parametrize("fields", ["phone_masked", "handle", "handle,phone"])
async def test_an_account_is_allowed_nothing_but_the_number(amanat: Server, fields: str) -> None:
    ani, bot = await amanat.user("ani"), await amanat.user("toko")
    await _share(ani, bot)
    assert (await _read(bot, ani.user_id, fields)).status == 403
    beyond = await ani.put(f"/_amanat/v1/ledger/grants/{bot.user_id}", {"scopes": ["profile.basic"]})
    assert (beyond.status, beyond.errcode) == (400, "M_INVALID_PARAM")


async def test_no_partner_is_admitted_for_a_whole_number_or_reads_one(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat)
    wanted = {"name": "Pinjaman Cepat", "scopes": [PHONE]}
    assert (await operate(amanat, "POST", "/partners", wanted)).errcode == "M_INVALID_PARAM"
    assert (await allow(ani, partner, PHONE)).errcode == "M_INVALID_PARAM"
    assert (await partner.read(ani.user_id, "phone")).status == 403


async def test_who_has_no_number_shares_none_and_sees_that_it_was_asked_for(amanat: Server) -> None:
    ani, bot = await amanat.user("ani"), await amanat.user("toko")
    await _share(ani, bot)
    assert (await _read(bot, ani.user_id)).json["fields"] == {"phone": None}
    assert [read["fields"] for read in await reads(ani)] == [["phone"]]


async def test_one_shares_with_others_who_are_there(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await _share(ani, ani)).status == 400
    gone = await ani.put("/_amanat/v1/ledger/grants/@nobody:localhost", {"scopes": [PHONE]})
    assert (gone.status, gone.errcode) == (404, "M_NOT_FOUND")


async def test_what_is_answered_is_as_it_is_described(amanat: Server) -> None:
    ani, bot = await amanat.user("ani"), await amanat.user("toko")
    await give_number(amanat, ani, NUMBER)
    described = (await amanat.request("GET", "/_amanat/v1/openapi.json")).json
    answers = {
        ("put", "/_amanat/v1/ledger/grants/{partner_id}"): await _share(ani, bot),
        ("get", "/_amanat/v1/ledger/people/{user_id}"): await _read(bot, ani.user_id),
        ("get", "/_amanat/v1/phone"): await ani.get("/_amanat/v1/phone"),
        ("get", "/_amanat/v1/ledger"): await ani.get("/_amanat/v1/ledger"),
        ("get", "/_amanat/v1/ledger/grants"): await ani.get("/_amanat/v1/ledger/grants"),
    }
    for (method, path), answer in answers.items():
        content = described["paths"][path][method]["responses"]["200"]["content"]["application/json"]
        whole = content["schema"] | {"components": described["components"]}
        jsonschema.Draft202012Validator(whole).validate(answer.json)

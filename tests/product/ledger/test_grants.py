"""People allow partners what they like, and take it back."""

import pytest

from tests.product.ledger.partners import BASIC, admit, allow
from tests.server import Person, Server


async def _granted(person: Person) -> set[tuple[str, str]]:
    grants = (await person.get("/_amanat/v1/ledger/grants")).json["grants"]
    return {(grant["partner_id"], grant["scope"]) for grant in grants}


async def test_what_is_allowed_is_what_was_said_last(on_both: Server) -> None:
    ani, one, other = await on_both.user("ani"), await admit(on_both, BASIC, "account.age"), await admit(on_both)
    await allow(ani, one, BASIC, "account.age")
    await allow(ani, other)
    await allow(ani, one, "account.age")
    assert await _granted(ani) == {(one.partner_id, "account.age"), (other.partner_id, BASIC)}
    assert (await ani.delete(f"/_amanat/v1/ledger/grants/{one.partner_id}")).status == 200
    assert await _granted(ani) == {(other.partner_id, BASIC)}


async def test_nobody_allows_or_takes_back_for_another(amanat: Server) -> None:
    ani, eve, partner = await amanat.user("ani"), await amanat.user("eve"), await admit(amanat)
    await allow(ani, partner)
    assert (await eve.delete(f"/_amanat/v1/ledger/grants/{partner.partner_id}")).status == 404
    assert (await _granted(ani), await _granted(eve)) == ({(partner.partner_id, BASIC)}, set())


async def test_a_person_is_told_in_words_what_a_partner_may_be_allowed(amanat: Server) -> None:
    ani, partner, gone = await amanat.user("ani"), await admit(amanat, "profile.phone_masked"), await admit(amanat)
    await gone.revoke()
    (told,) = (await ani.get("/_amanat/v1/ledger/partners")).json["partners"]
    assert (told["partner_id"], told["name"]) == (partner.partner_id, "Kantor Contoh")
    assert told["scopes"] == [
        {
            "scope": "profile.phone_masked",
            "fields": ["phone_masked"],
            "en": "The last two digits of your phone number.",
            "id": "Dua angka terakhir nomor teleponmu.",
        }
    ]


@pytest.mark.parametrize("body", [{}, {"scopes": []}, {"scopes": ["everything"]}, {"scopes": "profile.basic"}, []])
async def test_what_makes_no_sense_is_refused(amanat: Server, body: object) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat)
    assert (await ani.put(f"/_amanat/v1/ledger/grants/{partner.partner_id}", body)).status == 400
    assert (await ani.put("/_amanat/v1/ledger/grants/nobody", {"scopes": [BASIC]})).status == 404

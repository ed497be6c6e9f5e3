"""A third party reads what a person allows it, and each read is a row; nothing else is either."""

from amanat.db.tx import Tx
from amanat.handlers.disclosure import Fact
from amanat.product.ledger.ledger import KEPT_DAYS
from amanat.product.ledger.partners import DAY_MS
from amanat.product.ledger.tables import LEDGER, READS
from tests.product.ledger.partners import BASIC, admit, allow, operate, reads
from tests.server import Server
from tests.store.schema import everything_in


async def test_a_read_gives_what_is_allowed_and_its_person_sees_it(on_both: Server) -> None:
    ani, partner = await on_both.user("ani"), await admit(on_both)
    await ani.put(f"/profile/{ani.user_id}/displayname", {"displayname": "Ani"})
    await allow(ani, partner)
    told = await partner.read(ani.user_id, "handle,displayname,avatar_url", "To print your name.")
    fields = {"handle": "ani", "displayname": "Ani", "avatar_url": None}
    assert (told.status, told.json) == (200, {"user_id": ani.user_id, "fields": fields})
    (seen,) = await reads(ani)
    assert (seen["partner"], seen["partner_id"]) == ("Kantor Contoh", partner.partner_id)
    assert (seen["scopes"], seen["fields"]) == ([BASIC], list(fields))
    assert (seen["purpose"], seen["number"]) == ("To print your name.", 1)


async def test_a_scope_taken_back_is_refused_from_the_next_read_on(on_both: Server) -> None:
    ani, partner = await on_both.user("ani"), await admit(on_both, BASIC, "account.age")
    await allow(ani, partner, BASIC, "account.age")
    assert (await partner.read(ani.user_id)).status == 200
    await ani.delete(f"/_amanat/v1/ledger/grants/{partner.partner_id}/{BASIC}")
    assert (await partner.read(ani.user_id)).status == 403
    assert (await partner.read(ani.user_id, "member_since")).status == 200
    await ani.delete(f"/_amanat/v1/ledger/grants/{partner.partner_id}")
    assert (await partner.read(ani.user_id, "member_since")).status == 403
    assert len(await reads(ani)) == 2


async def test_refusals_tell_nothing_of_anybody(amanat: Server) -> None:
    ani, gone, partner = await amanat.user("ani"), await amanat.user("budi"), await admit(amanat)
    await allow(gone, partner)
    await amanat.amanat.deactivation.deactivate(gone.user_id, erase=False)
    asked = (ani.user_id, gone.user_id, "@nobody:localhost", "nonsense", "@" + "a" * 300 + ":localhost")
    answers = [await partner.read(user_id) for user_id in asked]
    assert {(answer.status, answer.json["error"]) for answer in answers} == {
        (403, "This person does not allow you to read that.")
    }
    assert await everything_in(amanat.amanat.store, LEDGER) == []


async def test_a_partner_reads_no_more_than_it_was_admitted_for(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat)
    assert (await allow(ani, partner, BASIC, "account.age")).errcode == "M_FORBIDDEN"
    await allow(ani, partner)
    assert (await partner.read(ani.user_id, "handle,member_since")).status == 403


async def test_who_was_sent_away_or_has_run_out_reads_nothing(amanat: Server) -> None:
    ani, revoked, late = await amanat.user("ani"), await admit(amanat), await admit(amanat, days=1)
    for partner in (revoked, late):
        await allow(ani, partner)
        assert (await partner.read(ani.user_id)).status == 200
    await revoked.revoke()
    assert (await revoked.read(ani.user_id)).errcode == "M_UNKNOWN_TOKEN"
    amanat.clock.pass_ms(DAY_MS)
    assert (await late.read(ani.user_id)).errcode == "M_UNKNOWN_TOKEN"
    assert (await allow(ani, late)).status == 404


async def test_a_partner_reads_so_often_a_day_and_not_more(on_both: Server) -> None:
    ani, partner = await on_both.user("ani"), await admit(on_both, reads_per_day=2)
    await allow(ani, partner)
    assert [(await partner.read(ani.user_id)).status for _ in range(3)] == [200, 200, 429]
    assert len(await reads(ani)) == 2
    on_both.clock.pass_ms(DAY_MS)
    assert (await partner.read(ani.user_id)).status == 200
    (listed,) = (await operate(on_both, "GET", "/partners")).json["partners"]
    assert listed["reads"] == 3


async def test_no_data_leaves_when_its_row_cannot_be_written(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat)
    await allow(ani, partner)

    def lose(_tx: Tx, _user_id: str) -> str | None:
        raise RuntimeError("the disk is full")

    amanat.amanat.own_data.ledger.facts["handle"] = Fact(needs=lambda _user_id: [], read=lose)
    assert (await partner.read(ani.user_id)).status == 500
    assert await everything_in(amanat.amanat.store, LEDGER) == []
    assert await everything_in(amanat.amanat.store, READS) == []


async def test_counts_are_dropped_when_nobody_will_ask_for_them(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat, days=3650)
    await allow(ani, partner)
    for _ in range(2):
        await partner.read(ani.user_id)
        amanat.clock.pass_ms((KEPT_DAYS + 1) * DAY_MS)
    await amanat.amanat.own_data.ledger.sweep()
    assert await everything_in(amanat.amanat.store, READS) == []
    assert len(await reads(ani)) == 2

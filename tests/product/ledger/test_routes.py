"""Each sees their own ledger, which nobody can change."""

from msgspec import json

from amanat.core.canonical_json import encode
from amanat.product.ledger.ledger import leaf_of
from amanat.product.ledger.tables import LEDGER
from tests.product.ledger.partners import admit, allow, reads
from tests.server import Server
from tests.store.schema import everything_in


async def test_each_sees_their_own_rows_alone_however_they_page(amanat: Server) -> None:
    ani, budi, partner = await amanat.user("ani"), await amanat.user("budi"), await admit(amanat)
    for person in (ani, budi, ani, budi, ani):
        await allow(person, partner)
        await partner.read(person.user_id)
    newest = (await ani.get("/_amanat/v1/ledger", limit=2)).json
    assert [read["number"] for read in newest["reads"]] == [5, 3]
    rest = (await ani.get("/_amanat/v1/ledger", limit=2, before=newest["next"])).json
    assert ([read["number"] for read in rest["reads"]], rest.get("next")) == ([1], None)
    for before in (9 * 10**15, 6, 5):
        assert {read["number"] for read in await reads(ani, before=before)} <= {1, 3, 5}
    assert (await ani.get("/_amanat/v1/ledger/2/proof")).status == 404
    for query in ({"before": -1}, {"before": "x"}, {"limit": 0}):
        assert (await ani.get("/_amanat/v1/ledger", **query)).errcode == "M_INVALID_PARAM"


async def test_a_row_is_deleted_by_nobody_through_any_endpoint(amanat: Server) -> None:
    """No route changes a row: those under the ledger's path are about grants, and one asks who grants something."""
    routes = [bound.route for app in (amanat.amanat.client_app, amanat.amanat.admin_app) for bound in app.routes]
    changing = {path for route in routes if route.method != "GET" for path in route.paths if "ledger" in path}
    assert changing == {
        "/_amanat/v1/ledger/grants/{partner_id}",
        "/_amanat/v1/ledger/grants/{partner_id}/{scope}",
        "/_amanat/v1/ledger/people",
    }
    ani, partner = await amanat.user("ani"), await admit(amanat)
    await allow(ani, partner)
    await partner.read(ani.user_id)
    for method in ("DELETE", "PUT", "POST"):
        for path in ("/_amanat/v1/ledger", "/_amanat/v1/ledger/1", "/_amanat/v1/ledger/roots"):
            refused = await amanat.request(method, path, body={}, token=ani.token)
            assert refused.status in (404, 405)
    await ani.delete(f"/_amanat/v1/ledger/grants/{partner.partner_id}")
    await partner.revoke()
    assert len(await reads(ani)) == 1


async def test_a_leaf_can_be_written_again_from_what_its_person_sees(amanat: Server) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat)
    await allow(ani, partner)
    await partner.read(ani.user_id)
    (row,) = await everything_in(amanat.amanat.store, LEDGER)
    (seen,) = await reads(ani)
    assert seen["leaf"].encode() == leaf_of(row)
    leaf = json.decode(seen["leaf"])
    assert encode(leaf) == leaf_of(row)
    assert leaf["user_id"] == ani.user_id
    assert leaf["purpose"] == seen["purpose"]
    assert len(leaf["salt"]) == 64

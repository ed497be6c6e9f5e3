"""A partner's token opens what people allow it, and nothing else."""

import pytest

from amanat.product.ledger.partner_api import PARTNER_PATH
from amanat.product.ledger.tables import LEAVES, LEDGER
from tests.product.ledger.partners import admit, allow
from tests.server import Server
from tests.store.schema import everything_in


@pytest.mark.parametrize("token", [None, "guessed", ""])
async def test_without_a_partners_token_nothing_is_read(amanat: Server, token: str | None) -> None:
    ani = await amanat.user("ani")
    path = f"{PARTNER_PATH}people/{ani.user_id}?fields=handle&purpose=x"
    assert (await amanat.request("GET", path, token=token)).status == 401
    assert (await amanat.request("GET", path, token=ani.token)).status == 401


async def test_a_partner_token_opens_nothing_else(amanat: Server) -> None:
    await amanat.user("ani")
    partner = await admit(amanat)
    for path in ("/account/whoami", "/_amanat/v1/ledger", "/_amanat/v1/ledger/grants"):
        assert (await amanat.request("GET", path, token=partner.token)).errcode == "M_UNKNOWN_TOKEN"


@pytest.mark.parametrize(
    ("fields", "purpose"),
    [
        ("password_hash", "x"),
        ("", "x"),
        ("handle,", "x"),
        ("handle", ""),
        ("handle", " "),
        ("handle", "x" * 201),
        ("handle", "a\nb"),
        ("handle", "\0"),
        ("handle", "\u202egnirts"),
    ],
)
async def test_what_makes_no_sense_is_refused(amanat: Server, fields: str, purpose: str) -> None:
    ani, partner = await amanat.user("ani"), await admit(amanat)
    await allow(ani, partner)
    assert (await partner.read(ani.user_id, fields, purpose)).status == 400


async def test_each_route_with_a_partners_token_writes_one_row_for_each_read(amanat: Server) -> None:
    """Whoever adds a route for partners adds how it is asked here."""
    ani, partner = await amanat.user("ani"), await admit(amanat)
    await allow(ani, partner)
    asked = {
        "/_amanat/v1/partner/people/{user_id}": f"/_amanat/v1/partner/people/{ani.user_id}?fields=handle&purpose=x"
    }
    found = {
        path
        for bound in amanat.amanat.client_app.routes
        for path in bound.route.paths
        if type(bound.endpoint.__self__).__module__.endswith("partner_api") or path.startswith(PARTNER_PATH)  # type: ignore[attr-defined]  # endpoints are bound methods
    }
    assert found == set(asked)
    for number, path in enumerate(asked.values(), start=1):
        assert (await amanat.request("GET", path, token=partner.token)).status == 200
        assert len(await everything_in(amanat.amanat.store, LEDGER)) == number
        assert len(await everything_in(amanat.amanat.store, LEAVES)) == number

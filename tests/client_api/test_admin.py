"""What an administrator does with an ordinary client."""

from typing import Any

import pytest

from tests.server import Person, Server

ADMIN = "/_matrix/client/v1/admin"


async def head_of(amanat: Server, name: str = "head") -> Person:
    """Make an administrator and sign them in."""
    administration = amanat.amanat.account_administration
    await administration.create(name, password=f"{name}'s long password", is_admin=True)
    return await amanat.login(name)


@pytest.mark.parametrize(("act", "field"), [("suspend", "suspended"), ("lock", "locked")])
async def test_an_administrator_restricts_an_account_and_lifts_that(amanat: Server, act: str, field: str) -> None:
    head, ani = await head_of(amanat), await amanat.user("ani")
    path = f"{ADMIN}/{act}/{ani.user_id}"
    assert (await head.get(path)).json == {field: False}
    assert (await head.put(path, {field: True})).json == {field: True}
    assert (await head.get(path)).json == {field: True}
    refused = await ani.post("/createRoom", {})
    assert refused.errcode == {"suspend": "M_USER_SUSPENDED", "lock": "M_USER_LOCKED"}[act]
    assert (await head.put(path, {field: False})).json == {field: False}
    assert await ani.create_room()
    acts = await amanat.amanat.operator_acts.list(subject=ani.user_id)
    assert [(row.actor, row.act) for row in acts] == [(head.user_id, f"un{act}"), (head.user_id, act)]


@pytest.mark.parametrize("act", ["suspend", "lock"])
async def test_who_may_be_acted_on(amanat: Server, act: str) -> None:
    head, other, ani = await head_of(amanat), await head_of(amanat, "other"), await amanat.user("ani")
    body = {"suspended": True, "locked": True}

    async def refusal(person: Person, user_id: str, body: Any = body) -> tuple[int, str]:
        reply = await person.put(f"{ADMIN}/{act}/{user_id}", body)
        return reply.status, reply.errcode

    assert await refusal(head, "@nobody:localhost") == (404, "M_NOT_FOUND")
    assert await refusal(head, "@ani:elsewhere.example") == (400, "M_INVALID_PARAM")
    assert await refusal(head, other.user_id) == (403, "M_FORBIDDEN")
    assert await refusal(head, head.user_id) == (403, "M_FORBIDDEN")
    assert await refusal(head, ani.user_id, {}) == (400, "M_BAD_JSON")
    # A stranger does not learn which accounts there are.
    assert await refusal(ani, "@nobody:localhost") == await refusal(ani, head.user_id) == (403, "M_FORBIDDEN")
    assert (await ani.get(f"{ADMIN}/{act}/{ani.user_id}")).errcode == "M_FORBIDDEN"
    await amanat.amanat.account_administration.deactivate(ani.user_id)
    assert await refusal(head, ani.user_id) == (404, "M_NOT_FOUND")


async def test_whois_tells_when_devices_were_seen_and_nothing_of_where(amanat: Server) -> None:
    head, ani = await head_of(amanat), await amanat.user("ani")
    told = (await head.get(f"/admin/whois/{ani.user_id}")).json
    (connection,) = told["devices"][ani.device_id]["sessions"][0]["connections"]
    assert (told["user_id"], set(connection)) == (ani.user_id, {"last_seen"})
    assert (await ani.get(f"/admin/whois/{ani.user_id}")).json == told
    assert (await ani.get(f"/admin/whois/{head.user_id}")).errcode == "M_FORBIDDEN"


async def test_only_administrators_are_told_that_they_can(amanat: Server) -> None:
    head, ani = await head_of(amanat), await amanat.user("ani")
    capabilities = (await head.get("/capabilities")).json["capabilities"]
    assert capabilities["m.account_moderation"] == {"suspend": True, "lock": True}
    assert "m.account_moderation" not in (await ani.get("/capabilities")).json["capabilities"]

"""A breach concerns those whose data it was, and names that data and no more."""

from typing import Any

import pytest

from amanat.core.errors import InvalidParam
from amanat.product.rights import affected as module
from amanat.product.rights.affected import Affected
from tests.client_api.media import upload
from tests.product.ledger.partners import admit, allow
from tests.server import Server


async def _affected(amanat: Server, kind: str, **more: Any) -> list[Affected]:
    found: list[Affected] = []
    after: str | None = ""
    while after is not None:
        asked = {"partner_id": None, "since_ts": 0} | more
        some, after = await amanat.amanat.own_data.breaches.page(kind, after=after, **asked)
        found += some
    return found


async def test_a_stolen_database_concerns_everybody_page_by_page(
    amanat: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    people = [await amanat.user(f"person-{number}") for number in range(5)]
    gone = await amanat.user("gone")
    await amanat.amanat.deactivation.deactivate(gone.user_id, erase=False)
    room = await people[0].create_room()
    await people[0].send(room, "hello")
    told = await _affected(amanat, "database")
    assert [one.user_id for one in told] == [person.user_id for person in people]
    names = [{item.en for item in one.data} for one in told]
    assert all({"Account", "Devices"} <= each for each in names)
    assert ["Messages (encrypted)" in each for each in names] == [True, False, False, False, False]
    assert not any("Phone number" in each for each in names)


async def test_lost_files_concern_who_uploaded_some(amanat: Server) -> None:
    ani, _budi = await amanat.user("ani"), await amanat.user("budi")
    await upload(ani, b"picture")
    (told,) = await _affected(amanat, "media")
    assert (told.user_id, [item.en for item in told.data]) == (ani.user_id, ["Files you uploaded"])


async def test_a_partner_s_loss_concerns_whom_it_had_read_since(on_both: Server) -> None:
    ani, budi, citra = [await on_both.user(name) for name in ("ani", "budi", "citra")]
    partner, other = await admit(on_both), await admit(on_both)
    for person, reader in ((ani, partner), (budi, other), (citra, partner)):
        await allow(person, reader)
    await partner.read(ani.user_id, "handle")
    await other.read(budi.user_id)
    since_ts = on_both.clock.now_ms()
    await partner.read(citra.user_id, "handle,displayname")
    (told,) = await _affected(on_both, "partner", partner_id=partner.partner_id, since_ts=since_ts)
    assert (told.user_id, [item.en for item in told.data]) == (citra.user_id, ["displayname", "handle"])
    everybody = await _affected(on_both, "partner", partner_id=partner.partner_id)
    assert {one.user_id for one in everybody} == {ani.user_id, citra.user_id}


@pytest.mark.parametrize(("kind", "partner_id"), [("fire", None), ("partner", None), ("database", "x")])
async def test_what_makes_no_sense_is_refused(amanat: Server, kind: str, partner_id: str | None) -> None:
    with pytest.raises(InvalidParam):
        await _affected(amanat, kind, partner_id=partner_id)

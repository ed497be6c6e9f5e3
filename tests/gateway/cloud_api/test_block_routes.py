"""Block lists: who is on one is not heard, is not written to, and is told nothing."""

import asyncio

import pytest
from pywa.errors import BulkBlockingFailed, MessageUndeliverable
from pywa_async import WhatsApp

from amanat.compat import pywa_async_session
from tests.gateway.cloud_api.stand import TOKEN, Stand


async def test_pywa_blocks_and_unblocks_somebody(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    await cloud.line.confirm(to=(await cloud.line.last_updates(most=1))[-1].position)
    session = pywa_async_session(cloud.url, verify=False)
    wa = WhatsApp(phone_id=cloud.phone, token=TOKEN, session=session)
    blocked = await wa.block_users([who, "ID.5"])
    assert [user.bsuid for user in blocked.added_users] == [who]
    assert [failure.input for failure in blocked.failed_users] == ["ID.5"]
    assert isinstance(blocked.errors, BulkBlockingFailed)
    assert [user.bsuid for user in await wa.get_blocked_users()] == [who]
    with pytest.raises(MessageUndeliverable):
        await wa.send_message(to=who, text="halo?")

    await visitor.writes("masih di sana?")
    other = await cloud.visitor("neighbour")
    await other.writes("halo dari tetangga")
    await cloud.receives()
    (update,) = await cloud.line.updates(after=0, most=10)
    assert b"halo dari tetangga" in update.body, "nothing was told of the first"

    unblocked = await wa.unblock_users([who])
    assert [user.bsuid for user in unblocked.removed_users] == [who]
    await visitor.writes("sekarang?")
    async with asyncio.timeout(20):
        while not any(b"sekarang?" in each.body for each in await cloud.line.updates(after=update.position, most=10)):
            await cloud.line.wait_for_update(seconds=20)
    await wa.send_message(to=who, text="Ya")
    await visitor.hears("Ya")
    assert list(await wa.get_blocked_users()) == []
    await session.aclose()


async def test_a_list_is_told_in_pages_and_odd_requests_are_refused(cloud: Stand) -> None:
    path, who = f"/v23.0/{cloud.phone}/block_users", []
    for name in ("satu", "dua"):
        visitor = await cloud.visitor(name)
        await visitor.writes("halo")
        await cloud.receives()
        (update,) = await cloud.line.updates(after=0, most=1)
        await cloud.line.confirm(to=update.position)
        who.append(f"ID.{update.chat}")
    both = {"messaging_product": "whatsapp", "block_users": [{"user_id": each} for each in who]}
    assert len((await cloud.ask("POST", path, json=both)).json()["block_users"]["added_users"]) == 2
    first = (await cloud.ask("GET", f"{path}?limit=1")).json()
    assert len(first["data"]) == 1
    second = (await cloud.ask("GET", first["paging"]["next"].removeprefix(cloud.url))).json()
    assert {first["data"][0]["user_id"], second["data"][0]["user_id"]} == set(who)
    assert "next" not in second["paging"]
    wrongs: list[dict[str, object]] = [
        {},
        {"block_users": []},
        {"block_users": [{"user": "1"}] * 101},
        {"block_users": 5},
    ]
    for wrong in wrongs:
        assert (await cloud.ask("POST", path, json=wrong)).status_code == 400, wrong
    assert (await cloud.ask("GET", f"{path}?after=x")).status_code == 400
    itself = {"block_users": [{"user": cloud.held["display_phone_number"]}]}
    (failed,) = (await cloud.ask("POST", path, json=itself)).json()["block_users"]["failed_users"]
    assert failed["errors"][0]["error_data"]["details"] == "The bot cannot block itself."

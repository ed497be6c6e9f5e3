import asyncio

import pytest

from amanat.core.errors import UnknownToken
from amanat.handlers.sync import SyncRequest, Wishes
from amanat.handlers.sync_scope import NO_FILTER
from tests.server import Server


async def test_logging_out_ends_the_token_and_the_device(amanat: Server) -> None:
    phone = await amanat.user("ani")
    laptop = await amanat.login("ani")
    assert (await phone.post("/logout", {})).json == {}
    refused = await phone.get("/account/whoami")
    assert (refused.status, refused.errcode) == (401, "M_UNKNOWN_TOKEN")
    assert "soft_logout" not in refused.json
    devices = (await laptop.get("/devices")).json["devices"]
    assert [device["device_id"] for device in devices] == [laptop.device_id]


async def test_logging_out_everywhere_ends_every_token(amanat: Server) -> None:
    phone, laptop = await amanat.user("ani"), await amanat.login("ani")
    budi = await amanat.user("budi")
    assert (await phone.post("/logout/all")).status == 200
    for device in (phone, laptop):
        assert (await device.get("/account/whoami")).status == 401
    assert (await budi.get("/account/whoami")).status == 200


async def test_a_parked_sync_ends_when_its_token_does(amanat: Server) -> None:
    phone, laptop = await amanat.user("ani"), await amanat.login("ani")
    since = (await phone.sync())["next_batch"]
    parked = asyncio.create_task(phone.get("/sync", since=since, timeout=30_000))
    listener = None
    while listener is None or not listener.waiters:
        await asyncio.sleep(0)
        listener = amanat.amanat.notifier.find(phone.user_id)
    assert (await laptop.post("/logout/all")).status == 200
    reply = await parked
    assert (reply.status, reply.errcode) == (401, "M_UNKNOWN_TOKEN")


async def test_a_sync_about_to_park_ends_if_its_token_has(amanat: Server) -> None:
    ani = await amanat.user("ani")
    requester = await amanat.amanat.sessions.authenticate(ani.token)
    wishes = Wishes(timeout_ms=30_000, filter=NO_FILTER, full_state=False, state_after=False, presence=None)
    poll = SyncRequest(amanat.amanat.sync.now(), wishes)
    await amanat.amanat.devices.remove_all(ani.user_id)
    with pytest.raises(UnknownToken):
        await amanat.amanat.sync.sync(requester, poll, hang_up=lambda _told: None)

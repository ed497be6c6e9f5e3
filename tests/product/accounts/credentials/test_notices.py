"""Notices reach every device of their owner, and nobody can write or drown them."""

from amanat.core.identifiers import SECURITY_TYPE
from amanat.product.accounts.credentials.credentials import Credentials
from amanat.product.accounts.credentials.notices import APART_MS, KEPT, Kind
from tests.server import Server


async def kinds(credentials: Credentials, user_id: str) -> list[Kind]:
    return [notice.kind for notice in await credentials.notices.list(user_id)]


async def test_every_device_is_told(amanat: Server, credentials: Credentials) -> None:
    phone = await amanat.user("ani")
    tablet = await amanat.login("ani")
    synced = [await device.sync() for device in (phone, tablet)]
    await credentials.notices.tell(phone.user_id, Kind.ENTERED)
    for device, before in zip((phone, tablet), synced, strict=True):
        (told,) = (await device.sync(before["next_batch"]))["account_data"]["events"]
        assert (told["type"], told["content"]["notices"][0]["kind"]) == (SECURITY_TYPE, "entered")


async def test_no_device_writes_notices(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.notices.tell(ani.user_id, Kind.ENTERED)
    refused = await ani.put(f"/user/{ani.user_id}/account_data/{SECURITY_TYPE}", {})
    assert refused.status == 405
    assert await kinds(credentials, ani.user_id) == [Kind.ENTERED]


async def test_the_last_twenty_are_kept(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    for _ in range(KEPT):
        await credentials.notices.tell(ani.user_id, Kind.PIN_SET)
    await credentials.notices.tell(ani.user_id, Kind.PASSKEY_ADDED)
    assert await kinds(credentials, ani.user_id) == [Kind.PIN_SET] * (KEPT - 1) + [Kind.PASSKEY_ADDED]


async def test_a_stranger_cannot_push_notices_out(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.notices.tell(ani.user_id, Kind.ENTERED)
    for _ in range(KEPT):
        await credentials.notices.tell(ani.user_id, Kind.PIN_ASKED)
    assert await kinds(credentials, ani.user_id) == [Kind.ENTERED, Kind.PIN_ASKED]
    amanat.clock.pass_ms(APART_MS)
    await credentials.notices.tell(ani.user_id, Kind.PIN_ASKED)
    assert len(await kinds(credentials, ani.user_id)) == 3

"""What goes with a device that logs out: its keys and what has come for it."""

import asyncio

from tests.client_api.keys import claim, publish
from tests.client_api.messages import send_message, told
from tests.server import Server


async def test_a_device_that_logs_out_takes_its_keys_along(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    second = await amanat.login("bob")
    await publish(second, keys=["A"], fallback="F")
    assert (await second.post("/logout", {})).status == 200
    found = await alice.post("/keys/query", {"device_keys": {bob.user_id: []}})
    assert found.json["device_keys"] == {bob.user_id: {}}
    assert await claim(alice, second) == {}


async def test_an_inbox_goes_with_its_device(on_both: Server) -> None:
    alice, bob = await on_both.user("alice"), await on_both.user("bob")
    second = await on_both.login("bob", device_id="SECOND")
    for number in range(150):
        await send_message(alice, second, txn=str(number))
    await second.post("/logout", {})
    await on_both.amanat.jobs.done("empty_inbox", f"{bob.user_id}\nSECOND")
    again = await on_both.login("bob", device_id="SECOND")
    assert told(await again.sync()) == []


async def test_what_is_sent_while_a_device_logs_out_stays_nowhere(amanat: Server) -> None:
    alice = await amanat.user("alice")
    bob = await amanat.user("bob", device_id="SECOND")
    sending = [send_message(alice, bob, txn=str(number)) for number in range(20)]
    await asyncio.gather(*sending[:10], bob.post("/logout", {}), *sending[10:])
    again = await amanat.login("bob", device_id="SECOND")
    assert told(await again.sync()) == []

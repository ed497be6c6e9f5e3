"""Looking up people's keys through the front door."""

from tests.client_api.keys import publish
from tests.server import Server


async def test_what_a_device_uploads_others_find(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob", initial_device_display_name="Bob's phone")
    keys = await publish(bob)
    found = await alice.post("/keys/query", {"device_keys": {bob.user_id: []}})
    shown = found.json["device_keys"][bob.user_id][bob.device_id]
    assert shown == keys | {"unsigned": {"device_display_name": "Bob's phone"}}


async def test_a_query_for_some_devices_tells_only_those(amanat: Server) -> None:
    alice = await amanat.user("alice")
    second = await amanat.login("alice")
    await publish(alice)
    await publish(second)
    found = await alice.post("/keys/query", {"device_keys": {alice.user_id: [second.device_id, "NONE"]}})
    assert list(found.json["device_keys"][alice.user_id]) == [second.device_id]


async def test_strangers_are_left_out_and_other_servers_fail(on_both: Server) -> None:
    alice = await on_both.user("alice")
    server = alice.user_id.partition(":")[2]
    wanted: dict[str, list[str]] = {alice.user_id: [], f"@nobody:{server}": [], "@carl:elsewhere.org": [], "no id": []}
    found = await alice.post("/keys/query", {"device_keys": wanted})
    assert found.json["device_keys"] == {alice.user_id: {}}
    assert "elsewhere.org" in found.json["failures"]

"""A person's own part of a sync: settings, counts of keys, and how they go together with a full inbox."""

from typing import Any

from tests.client_api.keys import ALGORITHM, publish
from tests.client_api.messages import send_message, told
from tests.server import Person, Server


async def _set(person: Person, data_type: str, content: Any) -> None:
    reply = await person.put(f"/user/{person.user_id}/account_data/{data_type}", content)
    assert reply.status == 200, reply.json


def _settings(answer: Any) -> list[str]:
    return [event["type"] for event in answer.get("account_data", {}).get("events", [])]


async def test_a_client_that_begins_is_told_all_settings_and_the_default_push_rules(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await _set(alice, "org.example", {"a": 1})
    first = await alice.sync()
    assert sorted(_settings(first)) == ["m.push_rules", "org.example"]
    assert _settings(await alice.sync(first["next_batch"])) == []


async def test_a_setting_is_told_when_it_changes(amanat: Server) -> None:
    alice = await amanat.user("alice")
    second = await amanat.login("alice")
    since = (await second.sync())["next_batch"]
    await _set(alice, "org.example", {"a": 1})
    told_then = await second.sync(since)
    assert told_then["account_data"]["events"] == [{"type": "org.example", "content": {"a": 1}}]


async def test_push_rules_are_told_when_they_change(amanat: Server) -> None:
    alice = await amanat.user("alice")
    since = (await alice.sync())["next_batch"]
    await alice.put("/pushrules/global/override/.m.rule.master/enabled", {"enabled": True})
    assert _settings(await alice.sync(since)) == ["m.push_rules"]


async def test_a_filter_sifts_settings(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await _set(alice, "org.example.a", {})
    await _set(alice, "org.example.b", {})
    for types, shown in (({"types": ["org.example.a"]}, ["org.example.a"]), ({"not_types": ["*"]}, [])):
        assert _settings(await alice.sync(filter={"account_data": types})) == shown


async def test_the_count_of_keys_is_always_told_and_zero_too(amanat: Server) -> None:
    alice = await amanat.user("alice")
    first = await alice.sync()
    assert first["device_one_time_keys_count"] == {ALGORITHM: 0}
    await publish(alice, keys=["A", "B"], fallback="F")
    then = await alice.sync(first["next_batch"])
    assert then["device_one_time_keys_count"] == {ALGORITHM: 2}
    assert then["device_unused_fallback_key_types"] == [ALGORITHM]


async def test_a_full_inbox_delays_later_settings_and_loses_none(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    since = (await bob.sync())["next_batch"]
    for number in range(101):
        await send_message(alice, bob, txn=str(number))
    await _set(bob, "org.example", {})
    first = await bob.sync(since)
    second = await bob.sync(first["next_batch"])
    assert [(len(told(each)), _settings(each)) for each in (first, second)] == [(100, []), (1, ["org.example"])]

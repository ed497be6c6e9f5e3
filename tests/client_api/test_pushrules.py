"""Push rules: made, changed, told to other devices, and heard in the unread counts."""

from typing import Any
from urllib.parse import quote

from tests.client_api.chats import TEXT, two_in_a_room
from tests.server import Person, Server


def _rule(kind: str, rule_id: str, part: str = "") -> str:
    return f"/pushrules/global/{kind}/{quote(rule_id, safe='')}{part}"


async def test_everybody_begins_with_the_default_rules(amanat: Server) -> None:
    alice = await amanat.user("alice")

    with_slash, without = await alice.get("/pushrules/"), await alice.get("/pushrules")
    ruleset = (await alice.get("/pushrules/global/")).json
    one = (await alice.get(_rule("underride", ".m.rule.message"))).json

    assert with_slash.json == without.json == {"global": ruleset}
    assert (one["default"], one["enabled"], one["actions"]) == (True, True, ["notify"])


async def test_a_rule_is_made_changed_told_and_deleted(amanat: Server) -> None:
    alice = await amanat.user("alice")
    since = (await alice.sync())["next_batch"]
    made = await alice.put(_rule("content", "cake"), {"pattern": "cake*", "actions": ["notify"]})
    await alice.put(_rule("content", "cake", "/actions"), {"actions": []})
    await alice.put(_rule("content", "cake", "/enabled"), {"enabled": False})

    assert made.json == {}
    assert (await alice.get(_rule("content", "cake", "/actions"))).json == {"actions": []}
    assert (await alice.get(_rule("content", "cake", "/enabled"))).json == {"enabled": False}
    (told,) = (await alice.sync(since))["account_data"]["events"]
    assert told["type"] == "m.push_rules"
    assert [rule["rule_id"] for rule in told["content"]["global"]["content"]] == ["cake"]

    await alice.delete(_rule("content", "cake"))
    assert (await alice.get(_rule("content", "cake"))).errcode == "M_NOT_FOUND"


async def test_an_initial_sync_carries_the_rules(amanat: Server) -> None:
    alice = await amanat.user("alice")

    told = {each["type"]: each["content"] for each in (await alice.sync())["account_data"]["events"]}

    assert told["m.push_rules"] == (await alice.get("/pushrules/")).json


async def test_rules_stand_where_they_are_put(amanat: Server) -> None:
    alice = await amanat.user("alice")
    body: dict[str, Any] = {"actions": [], "conditions": []}
    for name in ("one", "two"):
        await alice.put(_rule("underride", name), body)
    reply = await alice.put(_rule("underride", "three") + "?after=two", body)
    lost = await alice.put(_rule("underride", "four") + "?before=nothing", body)

    own = [each["rule_id"] for each in (await alice.get("/pushrules/global/")).json["underride"][:3]]
    assert (reply.status, own) == (200, ["two", "three", "one"])
    assert (lost.status, lost.errcode) == (400, "M_INVALID_PARAM")


async def test_rules_of_unknown_kinds_and_reserved_names_are_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")

    kind = await alice.put(_rule("sideways", "x"), {"actions": []})
    reserved = await alice.put(_rule("underride", ".mine"), {"actions": [], "conditions": []})
    default = await alice.delete(_rule("underride", ".m.rule.message"))
    wrong = await alice.put(_rule("underride", "x", "/enabled"), {"enabled": "yes"})

    assert (kind.status, kind.errcode) == (404, "M_NOT_FOUND")
    assert (reserved.status, reserved.errcode) == (400, "M_INVALID_PARAM")
    assert (default.status, default.errcode) == (404, "M_NOT_FOUND")
    assert (wrong.status, wrong.errcode) == (400, "M_BAD_JSON")


async def _counts(reader: Person, room_id: str) -> Any:
    return (await reader.sync())["rooms"]["join"][room_id]["unread_notifications"]


async def test_a_muted_room_counts_nothing(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "hi", event_type=TEXT, **{"m.mentions": {"user_ids": [bob.user_id]}})
    loud = await _counts(bob, room)
    condition = {"kind": "event_match", "key": "room_id", "pattern": room}
    await bob.put(_rule("override", room), {"actions": [], "conditions": [condition]})

    assert loud["highlight_count"] == 1
    assert await _counts(bob, room) == {"notification_count": 0, "highlight_count": 0}


async def test_a_room_of_mentions_only_counts_mentions(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await bob.put(_rule("room", room), {"actions": []})
    await alice.send(room, "hi", event_type=TEXT)
    await alice.send(room, "you!", event_type=TEXT, **{"m.mentions": {"user_ids": [bob.user_id]}})

    assert await _counts(bob, room) == {"notification_count": 1, "highlight_count": 1}

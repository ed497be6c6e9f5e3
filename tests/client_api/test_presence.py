"""Presence: for who shares a room, along with answers that are given anyway."""

from typing import Any

from tests.client_api.chats import two_in_a_room
from tests.server import Person, Server


def _status(person: Person) -> str:
    return f"/presence/{person.user_id}/status"


def _told(synced: Any) -> dict[str, str]:
    return {each["sender"]: each["content"]["presence"] for each in synced.get("presence", {}).get("events", [])}


async def test_who_syncs_is_online_to_who_shares_a_room(amanat: Server) -> None:
    alice, bob, _ = await two_in_a_room(amanat)
    await bob.sync()

    shown = (await alice.get(_status(bob))).json

    assert (shown["presence"], shown["currently_active"]) == ("online", True)
    assert _told(await alice.sync())[bob.user_id] == "online"


async def test_a_stranger_learns_nothing(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    await alice.sync()

    assert (await eve.get(_status(alice))).errcode == "M_FORBIDDEN"
    assert alice.user_id not in _told(await eve.sync())


async def test_a_change_is_told_once_with_its_message(amanat: Server) -> None:
    alice, bob, _ = await two_in_a_room(amanat)
    since = (await alice.sync(set_presence="offline"))["next_batch"]
    await bob.put(_status(bob), {"presence": "unavailable", "status_msg": "in the forest"})

    first = await alice.sync(since, set_presence="offline")
    second = await alice.sync(first["next_batch"], set_presence="offline")

    (event,) = first["presence"]["events"]
    assert (event["sender"], event["content"]["status_msg"]) == (bob.user_id, "in the forest")
    assert "presence" not in second


async def test_who_wishes_to_be_unseen_is_not_seen(amanat: Server) -> None:
    alice, bob, _ = await two_in_a_room(amanat)
    await bob.sync(set_presence="offline")

    assert (await alice.get(_status(bob))).json == {"presence": "offline"}


async def test_who_is_gone_for_long_is_offline(amanat: Server) -> None:
    alice, bob, _ = await two_in_a_room(amanat)
    await bob.sync()
    amanat.clock.pass_ms(200_000)
    amanat.amanat.presence.sweep()

    assert (await alice.get(_status(bob))).json["presence"] == "offline"


async def test_a_filter_keeps_presence_out(amanat: Server) -> None:
    alice, bob, _ = await two_in_a_room(amanat)
    await bob.sync()

    assert _told(await alice.sync(filter={"presence": {"types": []}})) == {}
    assert bob.user_id not in _told(await alice.sync(filter={"presence": {"not_senders": [bob.user_id]}}))


async def test_nobody_speaks_for_another_and_states_are_three(amanat: Server) -> None:
    alice, bob, _ = await two_in_a_room(amanat)

    forged = await bob.put(_status(alice), {"presence": "offline"})
    unknown = await bob.put(_status(bob), {"presence": "asleep"})
    wrong = await bob.put(_status(bob), {"presence": 1})

    assert (forged.status, forged.errcode) == (403, "M_FORBIDDEN")
    assert (unknown.status, unknown.errcode) == (400, "M_INVALID_PARAM")
    assert (wrong.status, wrong.errcode) == (400, "M_BAD_JSON")

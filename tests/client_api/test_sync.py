"""Sync: what a client is told when it begins, when it comes back, and while it waits."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.client_api.chats import at, redact, two_in_a_room
from tests.client_api.polls import answer, parked, part, still_waits, told
from tests.edge.asking import Client, asking
from tests.server import Person, Server, start


async def test_a_client_that_begins_is_told_its_rooms_whole(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat, name="home")
    hello = await bob.send(room, "hello")
    answered = await alice.sync()
    home = part(answered, room)
    assert told(answered, room)[-1] == hello
    state = home["state"]["events"] + [event for event in home["timeline"]["events"] if "state_key" in event]
    assert {"m.room.create", "m.room.name", "m.room.encryption", "m.room.power_levels"} <= {e["type"] for e in state}
    assert {e["state_key"] for e in state if e["type"] == "m.room.member"} == {alice.user_id, bob.user_id}
    assert home["summary"]["m.joined_member_count"] == 2


async def test_a_client_that_comes_back_is_told_what_is_new_and_no_more(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    hello = await bob.send(room, "hello")
    answered = await alice.sync(since)
    assert told(answered, room) == [hello]
    assert part(answered, room)["state"]["events"] == []
    assert "rooms" not in await alice.sync(answered["next_batch"])


async def test_a_token_may_be_used_again(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    sent = [await bob.send(room, "first")]
    await alice.sync(since)
    sent.append(await bob.send(room, "second"))
    assert told(await alice.sync(since), room) == sent


async def test_a_gap_is_limited_and_its_state_is_told(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    await alice.set_state(room, "m.room.name", {"name": "home"})
    sent = [await bob.send(room, str(number)) for number in range(4)]
    limit = {"room": {"timeline": {"limit": 2}}}
    answered = await alice.sync(since, filter=limit)
    assert told(answered, room) == sent[2:]
    assert part(answered, room)["timeline"]["limited"] is True
    assert [event["content"] for event in part(answered, room)["state"]["events"]] == [{"name": "home"}]
    before = part(answered, room)["timeline"]["prev_batch"]
    page = (await alice.get(at(room, "messages"), dir="b", limit=2, **{"from": before})).json
    assert [event["event_id"] for event in page["chunk"]] == sent[1::-1]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("use_state_after", {"state_after", "org.matrix.msc4222.state_after"}),
        ("org.matrix.msc4222.use_state_after", {"state_after", "org.matrix.msc4222.state_after"}),
    ],
)
async def test_state_after_the_timeline_has_what_the_timeline_set(amanat: Server, asked: str, names: set[str]) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    await alice.set_state(room, "m.room.name", {"name": "home"})
    await bob.send(room, "hello")
    after = part(await alice.sync(since, **{asked: True}), room)
    before = part(await alice.sync(since), room)
    assert before["state"]["events"] == []
    assert "state" not in after
    for name in names:
        assert [event["content"] for event in after[name]["events"]] == [{"name": "home"}]


async def test_state_after_the_timeline_says_that_an_invitation_was_declined(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    since = (await bob.sync())["next_batch"]
    await bob.leave(room)

    left = (await bob.sync(since, use_state_after=True))["rooms"]["leave"][room]

    assert [event["content"] for event in left["state_after"]["events"]] == [{"membership": "leave"}]


async def test_full_state_is_told_with_what_is_new(amanat: Server) -> None:
    alice, _bob, room = await two_in_a_room(amanat, name="home")
    since = (await alice.sync())["next_batch"]
    answered = await alice.sync(since, full_state=True)
    assert told(answered, room) == []
    assert "m.room.name" in {event["type"] for event in part(answered, room)["state"]["events"]}


# Who waits


async def test_a_poll_wakes_for_an_event(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    poll = await parked(alice, (await alice.sync())["next_batch"])
    hello = await bob.send(room, "hello")
    assert told(await answer(poll), room) == [hello]


async def test_a_poll_wakes_for_an_invitation(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    poll = await parked(bob, (await bob.sync())["next_batch"])
    room = await alice.create_room(invite=[bob.user_id])
    shown = part(await answer(poll), room, section="invite")["invite_state"]["events"]
    assert {"m.room.create", "m.room.member"} <= {event["type"] for event in shown}


async def test_a_poll_wakes_for_what_another_device_does(amanat: Server) -> None:
    alice = await amanat.user("alice")
    phone = await amanat.login("alice")
    poll = await parked(phone, (await phone.sync())["next_batch"])
    await alice.put(f"/user/{alice.user_id}/account_data/org.example", {"a": 1})
    assert {"type": "org.example", "content": {"a": 1}} in (await answer(poll))["account_data"]["events"]


async def test_a_poll_wakes_for_typing(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    poll = await parked(alice, since)
    await bob.put(at(room, f"typing/{bob.user_id}"), {"typing": True})
    answered = await answer(poll)
    assert part(answered, room)["ephemeral"]["events"] == [{"type": "m.typing", "content": {"user_ids": [bob.user_id]}}]
    assert answered["next_batch"] != since


async def test_a_poll_sleeps_through_what_is_not_its_own(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    eve = await amanat.user("eve")
    hello = await alice.send(room, "hello")
    poll = await parked(alice, (await alice.sync())["next_batch"])
    await bob.post(at(room, f"receipt/m.read.private/{hello}"), {})
    await bob.post(at(room, "read_markers"), {"m.fully_read": hello})
    await bob.put(f"/user/{bob.user_id}/account_data/org.example", {"a": 1})
    await eve.send(await eve.create_room(), "elsewhere")
    assert await still_waits(poll)
    await bob.send(room, "at last")
    assert len(told(await answer(poll), room)) == 1


async def test_a_private_receipt_answers_nobody_who_comes_back_after_long(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    hello = await alice.send(room, "hello")
    since = (await alice.sync())["next_batch"]
    await bob.post(at(room, f"receipt/m.read.private/{hello}"), {})
    amanat.amanat.notifier.wake_all()
    assert "rooms" not in await alice.sync(since)


async def test_a_token_from_before_the_listener_began_misses_nothing(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    hello = await bob.send(room, "hello")
    amanat.amanat.notifier.wake_all()
    assert told(await alice.sync(since), room) == [hello]


async def test_all_devices_of_a_person_wait_at_once(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    phone = await amanat.login("alice")
    since = (await alice.sync())["next_batch"]
    polls = [await parked(device, since) for device in (alice, phone)]
    hello = await bob.send(room, "hello")
    assert [told(await answer(poll), room) for poll in polls] == [[hello], [hello]]


async def test_a_token_that_ends_ends_its_poll(amanat: Server) -> None:
    alice = await amanat.user("alice")
    phone = await amanat.login("alice")
    mine = await parked(alice, (await alice.sync())["next_batch"])
    lost = await parked(phone, (await phone.sync())["next_batch"])
    await phone.post("/logout")
    reply = await asyncio.wait_for(lost, 60)
    assert (reply.status, reply.errcode) == (401, "M_UNKNOWN_TOKEN")
    mine.cancel()


async def test_a_client_that_hangs_up_leaves_nothing_behind(amanat: Server) -> None:
    alice = await amanat.user("alice")
    since = (await alice.sync())["next_batch"]
    listener = amanat.amanat.notifier.find(alice.user_id)
    assert listener is not None
    headers = {"Authorization": f"Bearer {alice.token}", "Host": "localhost"}
    target = f"/_matrix/client/v3/sync?since={since}&timeout=60000"
    client = Client([])
    tasks = asyncio.all_tasks()
    poll = asyncio.create_task(amanat.amanat.client_app(asking("GET", target, headers, incoming=client.incoming)))
    while not listener.waiters:  # noqa: ASYNC110
        await asyncio.sleep(0)
    client.incoming.lose()
    await poll
    assert listener.waiters == []
    assert asyncio.all_tasks() == tasks


async def test_a_poll_that_has_waited_long_enough_is_answered(amanat: Server) -> None:
    alice = await amanat.user("alice")
    since = (await alice.sync())["next_batch"]
    answered = await alice.sync(since, timeout=1)
    assert "rooms" not in answered
    assert answered["next_batch"] == since


# Tokens


@pytest.mark.parametrize("token", ["", "s1_2", "v1.x", "v2.0.1.1", "v1.ABC.1.1", f"v1.a.{'9' * 30}.1", "v1.a.-1.1"])
async def test_what_is_no_token_is_refused(amanat: Server, token: str) -> None:
    alice = await amanat.user("alice")
    reply = await alice.get("/sync", since=token)
    if token:
        assert (reply.status, reply.errcode) == (400, "M_INVALID_PARAM")
    else:
        assert reply.status == 200


async def test_a_token_of_another_epoch_begins_anew(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    await bob.send(room, "hello")
    left = await alice.create_room()
    since = (await alice.sync())["next_batch"]
    await alice.leave(left)
    epoch = amanat.amanat.store.epoch
    answered = await alice.sync(since.replace(epoch, "0000"), timeout=60_000)
    assert part(answered, room)["timeline"]["limited"] is True
    assert "m.room.create" in {
        event["type"] for section in ("state", "timeline") for event in part(answered, room)[section]["events"]
    }
    assert part(answered, left, section="leave") is not None
    assert answered["next_batch"].startswith(f"v1.{epoch}.")


async def test_a_token_from_ahead_of_the_server_begins_anew(amanat: Server) -> None:
    alice, _bob, room = await two_in_a_room(amanat)
    epoch = amanat.amanat.store.epoch
    answered = await alice.sync(f"v1.{epoch}.999999.999999", timeout=60_000)
    assert part(answered, room)["timeline"]["limited"] is True


@pytest.mark.parametrize("query", [{"timeout": "soon"}, {"timeout": -1}, {"full_state": "yes"}, {"set_presence": "?"}])
async def test_a_question_that_makes_no_sense_is_refused(amanat: Server, query: dict[str, Any]) -> None:
    alice = await amanat.user("alice")
    reply = await alice.get("/sync", **query)
    assert (reply.status, reply.errcode) == (400, "M_INVALID_PARAM")


async def test_a_filter_is_named_or_written_out(amanat: Server) -> None:
    alice, _bob, room = await two_in_a_room(amanat)
    limit = {"room": {"timeline": {"limit": 1}}}
    named = (await alice.post(f"/user/{alice.user_id}/filter", limit)).json["filter_id"]
    by_name, in_full = await alice.sync(filter=named), await alice.sync(filter=limit)
    assert len(told(by_name, room)) == len(told(in_full, room)) == 1
    assert (await alice.get("/sync", filter="{")).errcode == "M_NOT_JSON"
    assert (await alice.get("/sync", filter='{"room":1}')).errcode == "M_BAD_JSON"
    assert (await alice.get("/sync", filter="unheard-of")).status == 404


async def test_a_filter_is_its_owners_alone_even_if_they_just_used_it(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    named = (await alice.post(f"/user/{alice.user_id}/filter", {"room": {}})).json["filter_id"]
    since = (await alice.sync(filter=named))["next_batch"]
    await alice.sync(since, filter=named)
    assert (await bob.get("/sync", filter=named)).status == 404


async def test_since_may_stand_anywhere_in_the_query(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    hello = await bob.send(room, "hello")
    for query in (
        f"since={since}&timeout=0",
        f"timeout=0&since={since}",
        f"not_since=x&since={since.replace('.', '%2E')}",
    ):
        assert told((await alice.get(f"/sync?{query}")).json, room) == [hello]


# Redaction


async def test_what_is_redacted_is_gone_from_every_answer_at_once(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    carl = await open_amanat.user("carl")
    await alice.invite(room, carl.user_id)
    await carl.join(room)
    since = (await alice.sync())["next_batch"]
    secret = await alice.send(room, "a secret", event_type="m.room.message")
    name = (await alice.set_state(room, "m.room.topic", {"topic": "a secret"})).json["event_id"]
    shared = await bob.sync(since)
    assert str(shared).count("a secret") == 2
    for event_id in (secret, name):
        await redact(alice, room, event_id)
    answers = [await person.sync(since, **more) for person in (alice, bob, carl) for more in _WAYS]
    answers += [await bob.sync(), await bob.sync(full_state=True)]
    for path in ("messages?dir=b&limit=50", f"event/{secret}", f"context/{secret}?limit=9", "state"):
        answers.append((await bob.get(at(room, path))).json)
    assert not [each for each in answers if "a secret" in str(each)]
    blanked = next(
        event for event in part(await bob.sync(since), room)["timeline"]["events"] if event["event_id"] == secret
    )
    assert blanked["unsigned"]["redacted_because"]["content"]["redacts"] == secret


_WAYS: list[dict[str, Any]] = [
    {},
    {"use_state_after": True},
    {"filter": {"room": {"state": {"lazy_load_members": True}}}},
]


# A race


async def test_people_who_come_and_go_while_others_sync_lose_nothing(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat, preset="public_chat")
    seen: list[str] = []

    async def follow(token: str) -> str:
        answered = await bob.sync(token)
        seen.extend(told(answered, room) + told(answered, room, section="leave"))
        token = answered["next_batch"]
        assert isinstance(token, str)
        return token

    async def rename(number: int) -> None:
        await bob.put(f"/profile/{bob.user_id}/displayname", {"displayname": f"Bob {number}"})

    since = (await bob.sync())["next_batch"]
    sent = []
    for number in range(10):
        _, event_id, since = await asyncio.gather(
            rename(number), alice.send(room, str(number), event_type="m.room.message"), follow(since)
        )
        sent.append(event_id)
    await follow(since)
    assert [event_id for event_id in seen if event_id in sent] == sent
    assert len(seen) == len(set(seen))


@pytest.fixture
async def forgetful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A server that keeps next to nothing in memory."""
    for name in (
        "room_memory.MAX_BYTES",
        "room_memory.MAX_HEADS_BYTES",
        "membership_memory.MAX_BYTES",
        "standing_memory.MAX_BYTES",
    ):
        monkeypatch.setattr(f"amanat.store.{name}", 1)
    server = await start(tmp_path, gate=False)
    yield server
    await server.amanat.close()


async def test_what_memory_lets_go_is_read_again(forgetful: Server) -> None:
    people = [await forgetful.user(name) for name in ("alice", "bob", "carl")]
    rooms = [await _shared_room(people) for _ in range(3)]
    tokens = [(await person.sync())["next_batch"] for person in people]
    sent: dict[str, list[str]] = {room: [] for room in rooms}
    for number in range(6):
        for room in rooms:
            sender = people[number % 3]
            sent[room].append(await sender.send(room, str(number), event_type="m.room.message"))
    for person, token in zip(people, tokens, strict=True):
        answered = await person.sync(token)
        assert {room: told(answered, room) for room in rooms} == sent


async def _shared_room(people: list[Person]) -> str:
    room = await people[0].create_room(preset="public_chat")
    for person in people[1:]:
        await person.join(room)
    return room

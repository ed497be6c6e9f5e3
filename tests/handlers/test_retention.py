from typing import Any
from urllib.parse import quote

import pytest

from amanat.handlers import retention
from amanat.handlers.media_sweep import GRACE_MS
from amanat.store.media import RELEASED
from amanat.store.retention import ROOMS_DUE
from tests.handlers.push_fixtures import together
from tests.server import Person, Server

HOUR_MS = 3_600_000


async def time_out(person: Person, room: str, max_age_ms: int | None) -> None:
    """Let messages in a room disappear after a time, or no longer."""
    content = {} if max_age_ms is None else {"max_age_ms": max_age_ms}
    reply = await person.set_state(room, "id.amanat.retention", content)
    assert reply.status == 200, reply.json


async def content(person: Person, room: str, event_id: str) -> Any:
    """Return what an event says to a reader now."""
    reply = await person.get(f"/rooms/{quote(room)}/event/{quote(event_id)}")
    assert reply.status == 200, reply.json
    return reply.json["content"]


async def purge(server: Server, *, after_ms: int) -> None:
    """Let time pass, and what is due disappear."""
    server.clock.pass_ms(after_ms)
    await server.amanat.retention.purge_due()


async def test_a_message_disappears_for_everybody_when_its_time_has_come(on_both: Server) -> None:
    room, (alice, bob) = await together(on_both, "alice", "bob")
    await time_out(alice, room, HOUR_MS)
    sent = await bob.send(room, "secret")

    await purge(on_both, after_ms=HOUR_MS - 60_000)
    assert "ciphertext" in await content(alice, room, sent)
    await purge(on_both, after_ms=120_000)
    for person in (alice, bob):
        assert await content(person, room, sent) == {}
    # Apps know what has no content any more by what took it away.
    event = (await alice.get(f"/rooms/{quote(room)}/event/{quote(sent)}")).json
    assert event["unsigned"]["redacted_because"]["type"] == "id.amanat.retention"


async def test_a_message_keeps_the_timer_that_it_was_sent_under(amanat: Server) -> None:
    room, (alice, _bob) = await together(amanat, "alice", "bob")
    before = await alice.send(room, "before")
    await time_out(alice, room, HOUR_MS)
    under = await alice.send(room, "under")
    await time_out(alice, room, None)
    after = await alice.send(room, "after")
    await time_out(alice, room, 10 * HOUR_MS)
    longer = await alice.send(room, "longer")

    await purge(amanat, after_ms=2 * HOUR_MS)
    assert [bool(await content(alice, room, each)) for each in (before, under, after, longer)] == [
        True,
        False,
        True,
        True,
    ]
    await purge(amanat, after_ms=10 * HOUR_MS)
    assert [bool(await content(alice, room, each)) for each in (before, after, longer)] == [True, True, False]


async def test_what_is_said_later_disappears_later(amanat: Server) -> None:
    room, (alice, _bob) = await together(amanat, "alice", "bob")
    await time_out(alice, room, HOUR_MS)
    for _ in range(3):
        sent = await alice.send(room, "again")
        await purge(amanat, after_ms=HOUR_MS // 2)
        assert await content(alice, room, sent) != {}
        await purge(amanat, after_ms=HOUR_MS)
        assert await content(alice, room, sent) == {}


async def test_much_that_is_due_goes_in_small_steps(amanat: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    monkeypatch.setattr(retention, "BATCHES", 2)
    room, (alice, _bob) = await together(amanat, "alice", "bob")
    await time_out(alice, room, HOUR_MS)
    sent = [await alice.send(room, f"message {number}") for number in range(7)]
    await purge(amanat, after_ms=2 * HOUR_MS)
    assert [bool(await content(alice, room, each)) for each in sent] == [False] * 4 + [True] * 3
    await purge(amanat, after_ms=1)
    assert [bool(await content(alice, room, each)) for each in sent] == [False] * 7


async def test_state_stays_and_so_does_what_somebody_has_redacted(amanat: Server) -> None:
    room, (alice, _bob) = await together(amanat, "alice", "bob")
    await time_out(alice, room, HOUR_MS)
    sent = await alice.send(room, "taken back")
    redacted = await alice.put(f"/rooms/{quote(room)}/redact/{quote(sent)}/r1", {})
    await alice.set_state(room, "m.room.avatar", {})
    await purge(amanat, after_ms=2 * HOUR_MS)
    event = (await alice.get(f"/rooms/{quote(room)}/event/{quote(sent)}")).json
    assert event["unsigned"]["redacted_because"]["event_id"] == redacted.json["event_id"]
    assert (await alice.get(f"/rooms/{quote(room)}/state/id.amanat.retention")).json == {"max_age_ms": HOUR_MS}


async def test_files_of_a_message_go_with_it(amanat: Server) -> None:
    room, (alice, _bob) = await together(amanat, "alice", "bob")
    await time_out(alice, room, HOUR_MS)
    shows: dict[str, Any] = {"id.amanat.media": [f"mxc://localhost/{'a' * 24}"]}
    await alice.send(room, "picture", **shows)
    await purge(amanat, after_ms=2 * HOUR_MS)
    # No time of grace: the next sweep deletes them.
    released = await amanat.amanat.store.all(RELEASED, before=amanat.clock.ms - GRACE_MS, max_rows=10)
    assert [row.user_id for row in released] == [alice.user_id]


async def test_a_room_without_a_timer_is_not_looked_at_again(amanat: Server) -> None:
    room, (alice, _bob) = await together(amanat, "alice", "bob")
    await time_out(alice, room, HOUR_MS)
    await time_out(alice, room, None)
    await purge(amanat, after_ms=2 * HOUR_MS)
    due = await amanat.amanat.store.all(ROOMS_DUE, now_ms=1 << 60, max_rows=10)
    assert due == []

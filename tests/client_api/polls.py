"""Long polls, for the stories in which something happens while one waits."""

import asyncio
from typing import Any

from tests.server import Person, Reply


async def parked(person: Person, since: str, **query: Any) -> "asyncio.Task[Reply]":
    """Start a sync and return it once it waits."""
    listener = person.server.amanat.notifier.find(person.user_id)
    waiting = len(listener.waiters) if listener else 0
    asked = {"since": since, "timeout": 60_000} | query
    poll = asyncio.create_task(person.get("/sync", **asked))
    while listener is None or len(listener.waiters) == waiting:
        assert not poll.done(), poll.result().json
        await asyncio.sleep(0)
        listener = person.server.amanat.notifier.find(person.user_id)
    return poll


async def still_waits(poll: "asyncio.Task[Reply]") -> bool:
    """Whether a poll goes on waiting after all that has been done so far."""
    for _ in range(50):
        await asyncio.sleep(0.001)
    return not poll.done()


async def answer(poll: "asyncio.Task[Reply]") -> Any:
    """Return what a poll is answered with."""
    reply = await asyncio.wait_for(poll, 60)
    assert reply.status == 200, reply.json
    return reply.json


def part(answered: Any, room_id: str, *, section: str = "join") -> Any:
    """Return what an answer tells of a room; None if nothing."""
    return answered.get("rooms", {}).get(section, {}).get(room_id)


def told(answered: Any, room_id: str, *, section: str = "join") -> list[str]:
    """Return the ids of the events in the timeline that an answer tells of a room."""
    found = part(answered, room_id, section=section)
    return [] if found is None else [event["event_id"] for event in found["timeline"]["events"]]

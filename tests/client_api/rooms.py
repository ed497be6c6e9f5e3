"""What stories about rooms ask of a server."""

from typing import Any
from urllib.parse import quote

from tests.server import Person, Reply

State = dict[tuple[str, str], Any]


def at(room_id: str, path: str) -> str:
    """Return the path of something in a room."""
    return f"/rooms/{quote(room_id, safe='')}/{path}"


async def state_of(reader: Person, room_id: str) -> State:
    """Return a room's current state events by type and key."""
    reply = await reader.get(at(room_id, "state"))
    assert reply.status == 200, reply.json
    return {(event["type"], event["state_key"]): event for event in reply.json}


async def content_of(reader: Person, room_id: str, event_type: str, state_key: str = "") -> Any:
    """Return the content of a piece of state; None if there is none."""
    event = (await state_of(reader, room_id)).get((event_type, state_key))
    return None if event is None else event["content"]


async def membership(reader: Person, room_id: str, person: Person) -> str | None:
    """Return what somebody is in a room, as another sees it."""
    content = await content_of(reader, room_id, "m.room.member", person.user_id)
    return None if content is None else content["membership"]


async def act(actor: Person, room_id: str, deed: str, target: Person, **more: Any) -> Reply:
    """Invite, kick, ban or unban somebody."""
    return await actor.post(at(room_id, deed), {"user_id": target.user_id} | more)


async def timeline(reader: Person, room_id: str) -> list[Any]:
    """Return a room's events, oldest first."""
    reply = await reader.get(at(room_id, "messages"), dir="f", limit=100)
    assert reply.status == 200, reply.json
    events: list[Any] = reply.json["chunk"]
    return events

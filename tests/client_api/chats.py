"""People in a room together, for stories about what is said there."""

from typing import Any
from urllib.parse import quote

from tests.server import Person, Reply, Server

TEXT = "m.room.message"


async def two_in_a_room(server: Server, **room: Any) -> tuple[Person, Person, str]:
    """Return Alice, Bob and the room that she made and he is in."""
    alice, bob = await server.user("alice"), await server.user("bob")
    room_id = await alice.create_room(**room)
    await alice.invite(room_id, bob.user_id)
    await bob.join(room_id)
    return alice, bob, room_id


def at(room_id: str, path: str, *, version: str = "v3") -> str:
    """Return the path of something in a room."""
    return f"/_matrix/client/{version}/rooms/{quote(room_id, safe='')}/{path}"


def related(rel_type: str, event_id: str, **more: Any) -> dict[str, Any]:
    """Return the content that relates an event to another."""
    return {"m.relates_to": {"rel_type": rel_type, "event_id": event_id} | more}


async def react(person: Person, room_id: str, event_id: str, key: str, *, transaction: str) -> Reply:
    """React to an event."""
    content = related("m.annotation", event_id, key=key)
    return await person.put(at(room_id, f"send/m.reaction/{transaction}"), content)


async def edit(person: Person, room_id: str, event_id: str, text: str) -> str:
    """Replace the text of a message."""
    new = {"m.new_content": {"msgtype": "m.text", "body": text}}
    return await person.send(room_id, f"* {text}", event_type=TEXT, **new, **related("m.replace", event_id))


async def redact(person: Person, room_id: str, event_id: str) -> None:
    """Redact an event."""
    reply = await person.put(at(room_id, f"redact/{quote(event_id)}/r{event_id[1:9]}"), {})
    assert reply.status == 200, reply.json


async def event(reader: Person, room_id: str, event_id: str) -> Any:
    """Return an event as somebody is shown it."""
    reply = await reader.get(at(room_id, f"event/{quote(event_id)}"))
    assert reply.status == 200, reply.json
    return reply.json


def bodies(chunk: list[Any]) -> list[str]:
    """Return the texts of the messages among events."""
    return [each["content"]["body"] for each in chunk if "body" in each["content"]]

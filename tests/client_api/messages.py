"""Messages to devices, for the tests: sent by one, told to another."""

from typing import Any

from tests.server import Person, Reply

REQUEST = "m.room_key_request"


def cancellation(number: int = 0) -> dict[str, Any]:
    return {"action": "request_cancellation", "request_id": f"r{number}", "requesting_device_id": "D"}


async def send_message(sender: Person, *to: Person, txn: str = "t", number: int = 0) -> None:
    messages: dict[str, dict[str, Any]] = {}
    for each in to:
        messages.setdefault(each.user_id, {})[each.device_id] = cancellation(number)
    reply = await put_messages(sender, messages, txn=txn)
    assert reply.status == 200, reply.json


async def put_messages(sender: Person, messages: Any, *, txn: str = "t", event_type: str = REQUEST) -> Reply:
    return await sender.put(f"/sendToDevice/{event_type}/{txn}", {"messages": messages})


def told(answer: Any) -> list[str]:
    return [event["content"]["request_id"] for event in answer.get("to_device", {}).get("events", [])]

"""A device that speaks HTTP by hand: what a story must be able to repeat, lose and count, request by request."""

import asyncio
from typing import Any
from urllib.parse import quote, urlencode

from tests.faults.wire import Lost, Reply, Wire

CLIENT = "/_matrix/client/v3"
_AGAIN_SECONDS = 0.02


class Device:
    """One device of one person, on one keep-alive connection."""

    def __init__(self, url: str, account: dict[str, str]) -> None:
        self.user_id = account["user_id"]
        self.device_id = account["device_id"]
        self.token = account["access_token"]
        self._wire = Wire(url)
        self._others: list[Device] = []

    def another(self, url: str) -> "Device":
        """Return the same device on a connection of its own, for what goes on beside the rest."""
        other = Device(url, {"user_id": self.user_id, "device_id": self.device_id, "access_token": self.token})
        self._others.append(other)
        return other

    async def ask(self, method: str, path: str, body: Any = None) -> Reply:
        """Ask once; raises `Lost`."""
        return await self._wire.ask(
            method, path if path.startswith("/_") else CLIENT + path, token=self.token, body=body
        )

    async def insist(self, method: str, path: str, body: Any = None) -> Reply:
        """Ask again and again until an answer comes, as a client does with what may be repeated."""
        while True:
            try:
                return await self.ask(method, path, body)
            except Lost:
                await asyncio.sleep(_AGAIN_SECONDS)

    async def create_room(self, *, invite: list[str]) -> str:
        """Create a private room."""
        reply = await self.ask("POST", "/createRoom", {"preset": "private_chat", "invite": invite})
        room_id: str = reply.json()["room_id"]
        return room_id

    async def join(self, room_id: str) -> None:
        """Join a room."""
        (await self.ask("POST", f"/rooms/{quote(room_id)}/join", {})).json()

    def close(self) -> None:
        """Hang up, on all connections of this device."""
        self._wire.close()
        for other in self._others:
            other.close()


async def register(url: str, name: str, *, password: str | None = None) -> Device:
    """Register somebody; without a password they can only go on with this device."""
    wire = Wire(url)
    body = {"username": name, "auth": {"type": "m.login.dummy"}} | ({} if password is None else {"password": password})
    try:
        return Device(url, (await wire.ask("POST", f"{CLIENT}/register", body=body)).json())
    finally:
        wire.close()


def send_path(room_id: str, transaction_id: str) -> str:
    """Return where an encrypted message is put."""
    return f"/rooms/{quote(room_id)}/send/m.room.encrypted/{quote(transaction_id)}"


def sync_path(since: str | None, *, timeout_ms: int = 0) -> str:
    """Return where one syncs, with the longest timeline there is."""
    query = {"timeout": str(timeout_ms), "filter": '{"room":{"timeline":{"limit":100}}}'}
    return f"/sync?{urlencode(query if since is None else {**query, 'since': since})}"


def ciphertext(mark: str, *, size: int = 1024) -> dict[str, Any]:
    """Return the content of an encrypted message that can be told from all others by `mark_of`."""
    return {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": (mark.encode().hex() + "Q").ljust(size, "A"),
        "session_id": "B" * 43,
    }


def mark_of(content: dict[str, Any]) -> str:
    """Read the mark again."""
    return bytes.fromhex(content["ciphertext"].split("Q")[0]).decode()


def olm(mark: str) -> dict[str, Any]:
    """Return the content of an encrypted message to a device, with a mark likewise."""
    message = {"type": 1, "body": ciphertext(mark, size=300)["ciphertext"]}
    return {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "C" * 43, "ciphertext": {"D" * 43: message}}


def marks_to_device(answer: dict[str, Any]) -> list[str]:
    """Return the marks of the messages to a device in a sync's answer."""
    events = answer.get("to_device", {}).get("events", [])
    return [mark_of({"ciphertext": event["content"]["ciphertext"]["D" * 43]["body"]}) for event in events]

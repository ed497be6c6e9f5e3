"""One sample person: a real Matrix client, matrix-nio, with keys of its own in a folder of its own."""

import asyncio
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar
from uuid import uuid4

import msgspec
import nio
from msgspec import Struct

from amanat.cli.demo_identity import publish_identity
from amanat.cli.demo_screens import Read
from amanat.db.files import write_durably

T = TypeVar("T", bound=nio.Response)

PATIENCE_S: Final = 60.0

_CONFIG: Final = nio.AsyncClientConfig(store_sync_tokens=False, max_timeout_retry_wait_time=2)
_FILTER: Final = {"room": {"timeline": {"limit": 50}}}


class _Login(Struct, frozen=True, kw_only=True):
    """What a person's app remembers between two starts."""

    user_id: str
    device_id: str
    access_token: str


class SamplePerson:
    """One person, with one device. `tell` is told what they read."""

    def __init__(self, name: str, *, url: str, folder: Path, tell: Callable[[Read], None]) -> None:
        self.name = name
        self._folder = folder / name.lower()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._tell = tell
        self.client = nio.AsyncClient(url, name.lower(), store_path=str(self._folder), config=_CONFIG)

    async def sign_in(self) -> None:
        """Go on as the person of the last start, or register."""
        remembered = self._folder / "login.json"
        if remembered.exists():
            login = msgspec.json.decode(remembered.read_bytes(), type=_Login)
            self.client.restore_login(login.user_id, login.device_id, login.access_token)
        else:
            response = await self.client.register(self.name.lower(), secrets.token_urlsafe(), "Amanat demo")
            made = expect(nio.RegisterResponse, response)
            login = _Login(user_id=made.user_id, device_id=made.device_id, access_token=made.access_token)
            write_durably(remembered, msgspec.json.encode(login), mode=0o600)
            expect(nio.ProfileSetDisplayNameResponse, await self.client.set_displayname(self.name))
        self.client.add_event_callback(self._on_message, nio.RoomMessageText)
        self.client.add_event_callback(self._on_unreadable, nio.MegolmEvent)

    async def listen(self) -> None:
        """Sync until cancelled."""
        await self.client.sync_forever(timeout=30_000, sync_filter=_FILTER, full_state=True)

    async def be_known(self) -> None:
        """Make the device theirs in the eyes of others' apps, once the server has its keys."""
        await until(lambda: not self.client.should_upload_keys)
        await publish_identity(self.client)

    async def say(self, room_id: str, text: str) -> None:
        """Encrypt a text for every device in the room, and send it."""
        content = {"msgtype": "m.text", "body": text}
        response = await self.client.room_send(
            room_id, "m.room.message", content, tx_id=str(uuid4()), ignore_unverified_devices=True
        )
        expect(nio.RoomSendResponse, response)

    def _on_message(self, room: nio.MatrixRoom, event: nio.RoomMessageText) -> None:
        self._read(room, event, event.body)

    def _on_unreadable(self, room: nio.MatrixRoom, event: nio.MegolmEvent) -> None:
        self._read(room, event, None)

    def _read(self, room: nio.MatrixRoom, event: nio.Event, text: str | None) -> None:
        sender = room.user_name(event.sender) or event.sender
        self._tell(Read(reader=self.name, event_id=event.event_id, sender=sender, text=text, ts=event.server_timestamp))


def expect(kind: type[T], response: object) -> T:
    """Return an answer of the kind that was wanted; nio returns errors as it returns answers."""
    if not isinstance(response, kind):
        raise RuntimeError(f"wanted {kind.__name__}: {response}")
    return response


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, but not for ever."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - nio has no event for what is waited for here
            await asyncio.sleep(0.1)

"""Ani and Budi: two sample people on real Matrix clients, in a process of their own, who talk encrypted.

They reach the server as every app does, over HTTP, and keep their keys in folders of their own. What each of them reads
goes to standard output, a line of JSON for each message. They leave when standard input ends.
"""

import asyncio
import logging
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Final, TypeVar
from uuid import uuid4

import msgspec
import nio
from msgspec import Struct

from amanat.cli.demo_screens import Read
from amanat.store.data_folder import write_durably

T = TypeVar("T", bound=nio.Response)

LINES: Final = (
    ("Ani", "Halo Budi! Apakah pesan ini hanya bisa dibaca kita berdua?"),
    ("Budi", "Halo Ani! Ya. Server menyimpannya, tetapi tidak bisa membacanya."),
    ("Ani", "Lalu apa yang dilihat server?"),
    ("Budi", "Siapa menulis kepada siapa, kapan, dan seberapa panjang. Isinya tidak."),
    ("Ani", "Bagus. Besok kita bertemu di pasar jam sembilan, ya."),
    ("Budi", "Baik. Sampai besok!"),
)
"""What they say, in turn, again and again."""
SPOKEN_SOON: Final = len(LINES)
SOON_S: Final = 2.0
LATER_S: Final = 30.0
SPOKEN_AT_MOST: Final = 500
"""Then they fall silent: a demo that is forgotten for weeks does not fill the disk."""
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
            made = _expect(nio.RegisterResponse, response)
            login = _Login(user_id=made.user_id, device_id=made.device_id, access_token=made.access_token)
            write_durably(remembered, msgspec.json.encode(login), mode=0o600)
            _expect(nio.ProfileSetDisplayNameResponse, await self.client.set_displayname(self.name))
        self.client.add_event_callback(self._on_message, nio.RoomMessageText)
        self.client.add_event_callback(self._on_unreadable, nio.MegolmEvent)

    async def listen(self) -> None:
        """Sync until cancelled."""
        await self.client.sync_forever(timeout=30_000, sync_filter=_FILTER, full_state=True)

    async def say(self, room_id: str, text: str) -> None:
        """Encrypt a text for every device in the room, and send it."""
        content = {"msgtype": "m.text", "body": text}
        response = await self.client.room_send(
            room_id, "m.room.message", content, tx_id=str(uuid4()), ignore_unverified_devices=True
        )
        _expect(nio.RoomSendResponse, response)

    def _on_message(self, room: nio.MatrixRoom, event: nio.RoomMessageText) -> None:
        self._read(room, event, event.body)

    def _on_unreadable(self, room: nio.MatrixRoom, event: nio.MegolmEvent) -> None:
        self._read(room, event, None)

    def _read(self, room: nio.MatrixRoom, event: nio.Event, text: str | None) -> None:
        sender = room.user_name(event.sender) or event.sender
        self._tell(Read(reader=self.name, event_id=event.event_id, sender=sender, text=text, ts=event.server_timestamp))


async def meet(ani: SamplePerson, budi: SamplePerson) -> str:
    """Bring the two into an encrypted room, the one of the last start if there is one; return its id."""
    await _until(lambda: not ani.client.should_upload_keys and not budi.client.should_upload_keys)
    if not ani.client.rooms:
        response = await ani.client.room_create(
            preset=nio.RoomPreset.private_chat, name="Ani & Budi", invite=[budi.client.user_id]
        )
        _expect(nio.RoomCreateResponse, response)
    await _until(lambda: bool(ani.client.rooms))
    room_id: str = next(iter(ani.client.rooms))
    if room_id not in budi.client.rooms:
        await _until(lambda: room_id in budi.client.invited_rooms)
        _expect(nio.JoinResponse, await budi.client.join(room_id))
    for person, other in (ani, budi), (budi, ani):
        await _until(lambda person=person: room_id in person.client.rooms and person.client.rooms[room_id].encrypted)  # type: ignore[misc]  # mypy infers no type for a bound default
        await _until(lambda person=person, other=other: _knows(person, other, room_id))  # type: ignore[misc]  # likewise
    return room_id


def _knows(person: SamplePerson, other: SamplePerson, room_id: str) -> bool:
    """Whether one has the keys of the other's device: who joins later could not read what was said before."""
    devices = person.client.device_store.active_user_devices(other.client.user_id)
    return other.client.user_id in person.client.rooms[room_id].users and any(devices)


async def talk(people: dict[str, SamplePerson], room_id: str) -> None:
    """Say the lines, one after the other, quickly at first."""
    for number, (name, text) in enumerate(cycle(LINES)):
        if number == SPOKEN_AT_MOST:
            return
        await people[name].say(room_id, text)
        await asyncio.sleep(SOON_S if number < SPOKEN_SOON else LATER_S)


async def live(url: str, folder: Path, *, tell: Callable[[Read], None]) -> None:
    """Sign both in, let them meet and talk, and listen until cancelled."""
    people = {name: SamplePerson(name, url=url, folder=folder, tell=tell) for name in ("Ani", "Budi")}
    try:
        for person in people.values():
            await person.sign_in()
        async with asyncio.TaskGroup() as group:
            for person in people.values():
                group.create_task(person.listen())
            await talk(people, await meet(people["Ani"], people["Budi"]))
    finally:
        for person in people.values():
            await person.client.close()


def _expect(kind: type[T], response: object) -> T:
    if not isinstance(response, kind):
        raise RuntimeError(f"wanted {kind.__name__}: {response}")
    return response


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - nio has no event for what is waited for here
            await asyncio.sleep(0.1)


async def _main(url: str, folder: Path) -> None:
    living = asyncio.create_task(live(url, folder, tell=_print))
    ended = asyncio.create_task(_stdin_ended())
    await asyncio.wait({living, ended}, return_when=asyncio.FIRST_COMPLETED)
    for task in (living, ended):
        task.cancel()
    with suppress(asyncio.CancelledError):
        await living


async def _stdin_ended() -> None:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()


def _print(read: Read) -> None:
    print(msgspec.json.encode(read).decode(), flush=True)


if __name__ == "__main__":
    # It warns of what is usual: the first message to a device that has no session yet.
    logging.getLogger("nio").setLevel(logging.ERROR)
    asyncio.run(_main(sys.argv[1], Path(sys.argv[2])))

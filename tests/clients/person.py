"""What a story asks of a person at a Matrix client, whichever SDK that client is built on."""

from typing import Protocol

PATIENCE_SECONDS = 60.0  # Far above what any step takes: it only bounds how long a broken story hangs.


class Person(Protocol):
    """One device of one person, syncing all the time; every wait ends in a failure after `PATIENCE_SECONDS`."""

    @property
    def user_id(self) -> str: ...

    @property
    def device_id(self) -> str: ...

    async def new_device(self) -> "Person":
        """Log in once more: another device of the same person."""

    async def create_room(self, *, invite: list[str]) -> str:
        """Create a room with the private_chat preset, asking for encryption."""

    async def join(self, room_id: str) -> None:
        """Wait for the invitation and accept it."""

    async def knows_devices(self, user_id: str, device_ids: list[str]) -> None:
        """Wait until exactly these devices of `user_id` get the keys of what is sent."""

    async def knows_members(self, room_id: str, user_ids: list[str]) -> None:
        """Wait until exactly these people are in the room."""

    async def say(self, room_id: str, text: str) -> str:
        """Send an encrypted text and return its event id, however often it takes to get an answer."""

    async def hears(self, room_id: str, text: str) -> str:
        """Wait for a text that could be decrypted and return its event id."""

    async def heard(self, room_id: str) -> list[tuple[str, str]]:
        """Return event id and text of every message, in the timeline's order; one that cannot be read has no text."""

    async def send_file(self, room_id: str, *, name: str, data: bytes) -> str:
        """Encrypt and upload a file, and send what opens it."""

    async def receives_file(self, room_id: str, *, name: str) -> bytes:
        """Wait for the file, download and decrypt it."""

    async def react(self, room_id: str, event_id: str, key: str) -> None:
        """Annotate an event with an emoji."""

    async def sees_reaction(self, room_id: str, event_id: str, key: str) -> None:
        """Wait for somebody's reaction to an event."""

    async def redact(self, room_id: str, event_id: str) -> None:
        """Take an event back."""

    async def sees_redaction(self, room_id: str, event_id: str) -> None:
        """Wait until the event has been taken back."""

    async def read(self, room_id: str, event_id: str) -> None:
        """Send a public read receipt."""

    async def sees_read(self, room_id: str, event_id: str, *, by: str) -> None:
        """Wait for the read receipt of `by` at the event."""

    async def start_typing(self, room_id: str) -> None:
        """Start typing."""

    async def sees_typing(self, room_id: str, user_id: str) -> None:
        """Wait until `user_id` types in the room."""

    async def look_now(self) -> None:
        """Try at once to reach the server again, as an app does when it comes to the front."""

    async def logout(self) -> None:
        """End this device's session."""

    async def close(self) -> None:
        """Stop syncing and let go of everything held, the other devices too."""


async def meet(alice: Person, bob: Person) -> str:
    """Bring two people into an encrypted room where each knows the other's device."""
    room_id = await alice.create_room(invite=[bob.user_id])
    await bob.join(room_id)
    for person, other in (alice, bob), (bob, alice):
        await person.knows_members(room_id, [alice.user_id, bob.user_id])
        await person.knows_devices(other.user_id, [other.device_id])
    return room_id

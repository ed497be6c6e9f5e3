"""A person at a matrix-nio client with vodozemac encryption, which syncs in the background as a bot would."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import nio
from nio.crypto.attachments import decrypt_attachment
from nio.crypto.memorystores import GroupSessionStore
from nio.crypto.sessions import InboundGroupSession

from tests import policy
from tests.clients.person import PATIENCE_SECONDS

T = TypeVar("T")
R = TypeVar("R", bound=nio.Response)

# Waits for an answer are as short as sync's own: a restarted server is found again quickly.
_CONFIG = nio.AsyncClientConfig(store_sync_tokens=False, backoff_factor=0.05, max_timeout_retry_wait_time=0.5)
_FILTER = {"room": {"timeline": {"limit": 200}}}  # Above what a story says, so that no sync leaves a gap.
_PASSWORD = "correct horse battery staple"


def expect(kind: type[R], response: object) -> R:
    """Return the response if it is the hoped-for one; nio answers errors with another type."""
    assert isinstance(response, kind), f"wanted {kind.__name__}: {response}"
    return response


class _Client(nio.AsyncClient):  # type: ignore[misc]  # nio is not typed
    """What nio's own would end its sync with: somebody else asked first for the keys that it was about to ask for."""

    async def keys_query(self) -> nio.KeysQueryResponse | nio.KeysQueryError:
        if not self.users_for_key_query:
            return nio.KeysQueryResponse({}, {})
        return await super().keys_query()


class _BestKeys(GroupSessionStore):  # type: ignore[misc]  # nio is not typed
    """What nio's own would forget: js-sdk sends a key twice, the second time from a later message on."""

    def add(self, session: InboundGroupSession) -> bool:
        known = self.get(session.room_id, session.sender_key, session.id)
        if known is not None and known.first_known_index <= session.first_known_index:
            return False
        return bool(super().add(session))


class NioPerson:
    """One device of one person; `client` is nio's own, for stories that need more than these verbs."""

    def __init__(self, client: nio.AsyncClient, folder: Path) -> None:
        self.client = client
        self._folder = folder
        self._timelines: dict[str, list[nio.Event]] = {}
        self.to_device: list[nio.ToDeviceEvent] = []
        self._receipts: set[tuple[str, str, str]] = set()
        self._typing: dict[str, list[str]] = {}
        self.password = _PASSWORD
        self._syncing: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()
        self._other_devices: list[NioPerson] = []

    @classmethod
    async def register(cls, url: str, name: str, folder: Path) -> "NioPerson":
        """Register an account, as the first device of a new person."""
        client = _client(url, name, folder)
        registered = expect(nio.RegisterResponse, await client.register(name, _PASSWORD))
        await policy.choose(url, registered.access_token)
        return await cls(client, folder)._begin()

    @classmethod
    async def log_in(cls, url: str, name: str, password: str, folder: Path) -> "NioPerson":
        """Log in to an account that an operator has made."""
        client = _client(url, name, folder)
        expect(nio.LoginResponse, await client.login(password))
        person = cls(client, folder)
        person.password = password
        return await person._begin()

    async def new_device(self) -> "NioPerson":
        client = _client(self.client.homeserver, self.user_id, self._folder)
        expect(nio.LoginResponse, await client.login(self.password, device_name="another"))
        other = await NioPerson(client, self._folder)._begin()
        self._other_devices.append(other)
        return other

    @property
    def user_id(self) -> str:
        return str(self.client.user_id)

    @property
    def device_id(self) -> str:
        return str(self.client.device_id)

    async def create_room(self, *, invite: list[str]) -> str:
        encryption = nio.EnableEncryptionBuilder().as_dict()
        response = await self.client.room_create(
            preset=nio.RoomPreset.private_chat, invite=invite, initial_state=[encryption]
        )
        room_id = str(expect(nio.RoomCreateResponse, response).room_id)
        await self.until(lambda: room_id in self.client.rooms or None, f"sees its new room {room_id}")
        return room_id

    async def join(self, room_id: str) -> None:
        await self.until(lambda: self.client.invited_rooms.get(room_id), f"is invited to {room_id}")
        expect(nio.JoinResponse, await self.client.join(room_id))
        await self.until(lambda: self.client.rooms.get(room_id), f"is in {room_id}")

    async def knows_devices(self, user_id: str, device_ids: list[str]) -> None:
        # nio keeps no record of the device that it is itself.
        others = set(device_ids) - ({self.device_id} if user_id == self.user_id else set())

        def known() -> bool | None:
            return {device.id for device in self.client.device_store.active_user_devices(user_id)} == others or None

        await self.until(known, f"knows {device_ids} of {user_id}")

    async def knows_members(self, room_id: str, user_ids: list[str]) -> None:
        def known() -> bool | None:
            return self.client.rooms[room_id].users.keys() == set(user_ids) or None

        await self.until(known, f"knows that {user_ids} are in {room_id}")

    async def say(self, room_id: str, text: str) -> str:
        return await self.send(room_id, {"msgtype": "m.text", "body": text})

    async def send(self, room_id: str, content: dict[str, Any], *, kind: str = "m.room.message") -> str:
        """Send content to every device in the room, verified or not."""
        return await self._send(room_id, content, kind=kind, ignore_unverified_devices=True)

    async def say_to_verified(self, room_id: str, text: str) -> str:
        """Send a text as `say` does, but refuse if somebody in the room has a device that is not verified."""
        return await self._send(room_id, {"msgtype": "m.text", "body": text}, ignore_unverified_devices=False)

    async def _send(
        self, room_id: str, content: dict[str, Any], *, ignore_unverified_devices: bool, kind: str = "m.room.message"
    ) -> str:
        response = await self.client.room_send(
            room_id, kind, content, tx_id=str(uuid4()), ignore_unverified_devices=ignore_unverified_devices
        )
        return str(expect(nio.RoomSendResponse, response).event_id)

    async def send_encrypted(self, room_id: str, content: dict[str, Any], *, kind: str) -> None:
        """Encrypt and send what nio itself would send in clear."""
        encrypted_kind, encrypted = self.client.encrypt(room_id, kind, content)
        expect(nio.RoomSendResponse, await self.client.room_send(room_id, encrypted_kind, encrypted))

    async def hears(self, room_id: str, text: str) -> str:
        def find() -> str | None:
            return next((event_id for event_id, body in self._heard(room_id) if body == text), None)

        return await self.until(find, f"hears {text!r}")

    async def heard(self, room_id: str) -> list[tuple[str, str]]:
        return self._heard(room_id)

    async def send_file(self, room_id: str, *, name: str, data: bytes, kind: str = "m.file") -> str:
        uploaded, keys = await self.client.upload(lambda *_: data, filename=name, encrypt=True, filesize=len(data))
        url = expect(nio.UploadResponse, uploaded).content_uri
        assert keys is not None
        file = {"url": url, **keys}
        info = {"size": len(data), "mimetype": "application/octet-stream"}
        return await self.send(room_id, {"msgtype": kind, "body": name, "file": file, "info": info})

    async def receives_file(self, room_id: str, *, name: str) -> bytes:
        def find() -> nio.RoomEncryptedMedia | None:
            files = self.events(room_id, nio.RoomEncryptedMedia)
            return next((event for event in files if _file_name(event).endswith(name)), None)

        file = await self.until(find, f"is sent {name}")
        downloaded = expect(nio.MemoryDownloadResponse, await self.client.download(file.url))
        return bytes(decrypt_attachment(downloaded.body, file.key["k"], file.hashes["sha256"], file.iv))

    async def react(self, room_id: str, event_id: str, key: str) -> None:
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        await self.send(room_id, {"m.relates_to": relation}, kind="m.reaction")

    async def sees_reaction(self, room_id: str, event_id: str, key: str) -> None:
        def find() -> nio.ReactionEvent | None:
            reactions = self.events(room_id, nio.ReactionEvent)
            return next((event for event in reactions if (event.reacts_to, event.key) == (event_id, key)), None)

        await self.until(find, f"sees {key} at {event_id}")

    async def redact(self, room_id: str, event_id: str) -> None:
        expect(nio.RoomRedactResponse, await self.client.room_redact(room_id, event_id))

    async def sees_redaction(self, room_id: str, event_id: str) -> None:
        def find() -> nio.RedactionEvent | None:
            redactions = self.events(room_id, nio.RedactionEvent)
            return next((event for event in redactions if event.redacts == event_id), None)

        await self.until(find, f"sees {event_id} redacted")

    async def read(self, room_id: str, event_id: str) -> None:
        response = await self.client.update_receipt_marker(room_id, event_id)
        expect(nio.UpdateReceiptMarkerResponse, response)

    async def sees_read(self, room_id: str, event_id: str, *, by: str) -> None:
        await self.until(lambda: (room_id, event_id, by) in self._receipts or None, f"sees {event_id} read by {by}")

    async def start_typing(self, room_id: str) -> None:
        expect(nio.RoomTypingResponse, await self.client.room_typing(room_id))

    async def sees_typing(self, room_id: str, user_id: str) -> None:
        await self.until(lambda: user_id in self._typing.get(room_id, []) or None, f"sees {user_id} typing")

    async def look_now(self) -> None:
        """nio looks again every half second."""

    async def logout(self) -> None:
        await self.stop_syncing()
        expect(nio.LogoutResponse, await self.client.logout())

    async def __aenter__(self) -> "NioPerson":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        for other in self._other_devices:
            await other.close()
        await self.stop_syncing()
        await self.client.close()
        if self.client.store is not None:
            self.client.store.database.close()

    async def until(self, find: Callable[[], T | None], what: str) -> T:
        """Look again after each answer of the server until there is something to find."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while (found := find()) is None:
            left = deadline - asyncio.get_running_loop().time()
            assert left > 0, f"{self.user_id} waited in vain: {what}\n{self._story()}"
            await self._next_answer(left)
        return found

    async def _next_answer(self, patience: float) -> None:
        assert self._syncing is not None
        self._answered.clear()
        answered = asyncio.ensure_future(self._answered.wait())
        await asyncio.wait({answered, self._syncing}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        answered.cancel()
        if self._syncing.done():
            self._syncing.result()
            raise AssertionError(f"{self.user_id} has stopped syncing")

    def _story(self) -> str:
        events = [event for timeline in self._timelines.values() for event in timeline]
        return "\n".join(f"  {event.event_id} {event.sender} {event.source['content']}" for event in events)

    async def _begin(self) -> "NioPerson":
        self.client.olm.inbound_group_store = _BestKeys()
        self.client.add_event_callback(self._on_event, nio.Event)
        self.client.add_to_device_callback(self.to_device.append, nio.ToDeviceEvent)
        self.client.add_ephemeral_callback(self._on_ephemeral, nio.EphemeralEvent)
        # Not `client.synced`: nio asks for keys beside the next long poll and sets that only when both are answered.
        self.client.add_response_callback(self._on_response, nio.Response)
        # nio uploads its keys in the round after the first sync.
        self._syncing = asyncio.create_task(
            self.client.sync_forever(timeout=30_000, sync_filter=_FILTER, full_state=True)
        )
        await self.until(lambda: not self.client.should_upload_keys or None, "has uploaded its keys")
        return self

    async def stop_syncing(self) -> None:
        """Fall silent; nio asks on and on, without a pause, with a token that has ended."""
        if self._syncing is not None:
            self._syncing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._syncing
            self._syncing = None

    async def _on_response(self, _: nio.Response) -> None:
        self._answered.set()

    def _on_event(self, room: nio.MatrixRoom, event: nio.Event) -> None:
        self._timelines.setdefault(room.room_id, []).append(event)

    def _on_ephemeral(self, room: nio.MatrixRoom, event: nio.EphemeralEvent) -> None:
        if isinstance(event, nio.TypingNoticeEvent):
            self._typing[room.room_id] = event.users
        elif isinstance(event, nio.ReceiptEvent):
            self._receipts.update((room.room_id, receipt.event_id, receipt.user_id) for receipt in event.receipts)

    def events(self, room_id: str, kind: type[T]) -> list[T]:
        """Return the room's events of one kind, in the timeline's order."""
        return [event for event in self._timelines.get(room_id, []) if isinstance(event, kind)]

    def _heard(self, room_id: str) -> list[tuple[str, str]]:
        timeline = self._timelines.get(room_id, [])
        messages = [event for event in timeline if isinstance(event, nio.RoomMessageText | nio.MegolmEvent)]
        return [(event.event_id, getattr(event, "body", "")) for event in messages]


def _file_name(event: nio.RoomEncryptedMedia) -> str:
    # spec: client-server-api#media-captions, which nio does not know: its body is the caption where there is a name.
    name: str = event.source["content"].get("filename", event.body)
    return name


def _client(url: str, user: str, folder: Path) -> nio.AsyncClient:
    folder.mkdir(parents=True, exist_ok=True)
    return _Client(url, user, store_path=str(folder), config=_CONFIG)

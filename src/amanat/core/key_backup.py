"""Server-side backup of room keys: which of two keys is kept, and what a backup's etag and count say. Pure.

The keys are ciphertext to us. Spec: client-server-api#server-side-key-backups.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import BadJson, InvalidParam, NotFound, WrongRoomKeysVersion
from amanat.core.identifiers import fits, is_room_id

MAX_SESSION_BYTES = 8192
"""Ours. The ciphertext of one session has about 700 bytes."""
MAX_AUTH_DATA_BYTES = 16_384


class SessionKey(Struct, frozen=True, kw_only=True):
    """A backed-up key. The three first fields are all that we may judge it by."""

    first_message_index: int
    forwarded_count: int
    is_verified: bool
    session_data: dict[str, Any]


class RoomSessions(Struct, frozen=True, kw_only=True):
    """The keys of a room, by session id."""

    sessions: dict[str, SessionKey]


class AllRooms(Struct, frozen=True, kw_only=True):
    """The keys of many rooms, by room id."""

    rooms: dict[str, RoomSessions]


class BackupInfo(Struct, frozen=True, kw_only=True):
    """The body that makes or changes a backup; `version` is repeated by some clients."""

    algorithm: str
    auth_data: dict[str, Any]
    version: str | None = None


class Backup(Struct, frozen=True, kw_only=True):
    """A version of a user's backup; `etag` grows with each request that changes a key of it."""

    version: int
    algorithm: str
    auth_data: dict[str, Any]
    etag: int = 0
    count: int = 0

    def shown(self) -> dict[str, Any]:
        """Return what a client is told of its backup."""
        return {"algorithm": self.algorithm, "auth_data": self.auth_data, "version": str(self.version)} | self.state()

    def state(self) -> dict[str, Any]:
        """Return what a client is told after it stored or deleted keys."""
        return {"etag": str(self.etag), "count": self.count}


SessionId = tuple[str, str]
"""A room id and the id of a session of it."""


def is_better(new: SessionKey, old: SessionKey | None) -> bool:
    """Whether a key takes the place of the one that is there: verified first, then earlier, then less forwarded."""
    return old is None or _rank(new) < _rank(old)


def uploaded(body: AllRooms) -> Iterator[tuple[SessionId, SessionKey]]:
    """Yield an upload key by key, each checked."""
    for room_id, room in body.rooms.items():
        for session_id, key in room.sessions.items():
            check_session(key, room_id=room_id, session_id=session_id)
            yield (room_id, session_id), key


def check_session(key: SessionKey, *, room_id: str, session_id: str) -> None:
    """Refuse a key that no client could have made."""
    if not is_room_id(room_id) or not session_id or not fits(session_id):
        raise InvalidParam("A key is stored under a room id and a session id of at most 255 bytes each.")
    if key.first_message_index < 0 or key.forwarded_count < 0:
        raise InvalidParam("`first_message_index` and `forwarded_count` are not negative.")
    if len(msgspec.json.encode(key.session_data)) > MAX_SESSION_BYTES:
        raise InvalidParam(f"`session_data` has at most {MAX_SESSION_BYTES} bytes.")


def check_info(info: BackupInfo, *, current: Backup | None = None) -> None:
    """Refuse what is no backup, or what would change more of the `current` one than its `auth_data`."""
    if not fits(info.algorithm) or not info.algorithm:
        raise InvalidParam("`algorithm` has 1 to 255 bytes.")
    if len(msgspec.json.encode(info.auth_data)) > MAX_AUTH_DATA_BYTES:
        raise InvalidParam(f"`auth_data` has at most {MAX_AUTH_DATA_BYTES} bytes.")
    if current is None:
        return
    if info.algorithm != current.algorithm:
        raise InvalidParam("The algorithm of a backup cannot be changed; make a new version.")
    if info.version is not None and info.version != str(current.version):
        raise InvalidParam("The version in the body is not the one in the path.")


def check_version(version: str, *, current: Backup | None) -> None:
    """Refuse to store keys in any but the newest backup."""
    if current is None:
        raise NotFound("There is no backup to store keys in.")
    if version != str(current.version):
        raise WrongRoomKeysVersion(current_version=str(current.version))


def stored(
    backup: Backup, new: Mapping[SessionId, SessionKey], *, old: Mapping[SessionId, SessionKey]
) -> tuple[Backup, dict[SessionId, SessionKey]]:
    """Return the backup after an upload, and the keys to be written; `old` holds those that are there already."""
    written = {session: key for session, key in new.items() if is_better(key, old.get(session))}
    added = sum(session not in old for session in written)
    return _after(backup, changed=bool(written), count=backup.count + added), written


def without(backup: Backup, *, deleted: int) -> Backup:
    """Return the backup after so many of its keys are deleted."""
    return _after(backup, changed=deleted > 0, count=backup.count - deleted)


def read(value: Any) -> AllRooms:
    """Read an upload from JSON that has been decoded."""
    try:
        return msgspec.convert(value, AllRooms)
    except msgspec.ValidationError as error:
        raise BadJson(f"The keys are not as they should be: {error}.") from None


def _rank(key: SessionKey) -> tuple[bool, int, int]:
    return not key.is_verified, key.first_message_index, key.forwarded_count


def _after(backup: Backup, *, changed: bool, count: int) -> Backup:
    return replace(backup, etag=backup.etag + changed, count=count)

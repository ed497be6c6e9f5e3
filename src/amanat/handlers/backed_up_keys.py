"""The room keys in people's backups: ciphertext to us. Spec: client-server-api#server-side-key-backups."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec
from msgspec import Raw, Struct

from amanat.core import key_backup
from amanat.core.errors import NotFound, ResourceLimitExceeded, WrongRoomKeysVersion
from amanat.core.key_backup import Backup, SessionId, SessionKey
from amanat.db.tx import Need, Tx
from amanat.handlers.key_backup import UNIT, KeyBackups, backup_of, held, row_of
from amanat.store.key_backup import (
    BACKED_UP_KEY,
    BACKED_UP_KEYS,
    BACKED_UP_KEYS_AFTER,
    BACKED_UP_KEYS_OF_ROOM,
    KEY_BACKUPS,
    NEWEST_KEY_BACKUP,
    BackedUpKeyRow,
)
from amanat.store.store import Store

PAGE = 500
"""Keys read at once; between two pages others have their turn."""
MAX_KEYS = 200_000
"""Per version: some 200 MB. A heavy account has some ten thousand."""

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class StoredKey(Struct, frozen=True):
    """A key as its owner is given it back; `session_data` is JSON."""

    room_id: str
    session_id: str
    first_message_index: int
    forwarded_count: int
    is_verified: bool
    session_data: bytes

    def body(self) -> dict[str, Any]:
        """Return the JSON object that was uploaded."""
        return {
            "first_message_index": self.first_message_index,
            "forwarded_count": self.forwarded_count,
            "is_verified": self.is_verified,
            "session_data": Raw(self.session_data),
        }


class Which(Struct, frozen=True, kw_only=True):
    """Keys of a version: all of them, those of a room, or that of one session."""

    user_id: str
    version: str
    room_id: str | None = None
    session_id: str | None = None


class BackedUpKeys:
    """Stores keys where a better one is not there already, and gives them back."""

    def __init__(self, store: Store, *, versions: KeyBackups) -> None:
        self._store = store
        self._versions = versions

    async def put(self, user_id: str, *, version: str, body: Any) -> Backup:
        """Store keys in the newest version, which alone takes any."""
        keys = list(key_backup.uploaded(key_backup.read(body)))
        newest = await self._store.first(NEWEST_KEY_BACKUP, user_id=user_id)
        key_backup.check_version(version, current=None if newest is None else backup_of(newest))
        backup = await self._versions.get(user_id, version)
        for start in range(0, len(keys), UNIT):
            backup = await self._put_some(user_id, backup.version, dict(keys[start : start + UNIT]))
        return backup

    async def _put_some(self, user_id: str, version: int, new: dict[SessionId, SessionKey]) -> Backup:
        def run(tx: Tx) -> Backup:
            newer = tx.get(KEY_BACKUPS, user_id, version + 1)
            if newer is not None and not newer.deleted:
                raise WrongRoomKeysVersion(current_version=str(newer.version))
            backup = held(tx, user_id, version=version)
            found = [tx.get(BACKED_UP_KEYS, user_id, version, *session) for session in new]
            old = {(row.room_id, row.session_id): _key(row) for row in found if row is not None}
            after, written = key_backup.stored(backup, new, old=old)
            if after.count > MAX_KEYS:
                raise ResourceLimitExceeded(f"A backup has at most {MAX_KEYS} keys.")
            for session, key in written.items():
                tx.put(BACKED_UP_KEYS, _row(user_id, version, session, key))
            if after != backup:
                tx.put(KEY_BACKUPS, row_of(user_id, after))
            return after

        needs: list[Need] = [(KEY_BACKUPS, (user_id, version)), (KEY_BACKUPS, (user_id, version + 1))]
        needs += [(BACKED_UP_KEYS, (user_id, version, *session)) for session in new]
        return await self._store.write(run, needs=needs)

    async def get(self, which: Which) -> StoredKey:
        """Return the key of one session."""
        async for page in await self.pages(which):
            return page[0]
        raise NotFound("There is no key of that session in the backup.")

    async def pages(self, which: Which) -> AsyncIterator[Sequence[StoredKey]]:
        """Return keys page by page, by room and session; raises NotFound if there is no such version."""
        backup = await self._versions.get(which.user_id, which.version)
        return ([_stored(row) for row in page] async for page in self._pages(which, backup.version))

    async def _pages(self, which: Which, version: int) -> AsyncIterator[Sequence[BackedUpKeyRow]]:
        after = ("", "")
        while True:
            page = await self._page(which, version, after=after)
            if page:
                yield page
            if len(page) < PAGE:
                return
            after = (page[-1].room_id, page[-1].session_id)
            await asyncio.sleep(0)

    async def _page(self, which: Which, version: int, *, after: SessionId) -> Sequence[BackedUpKeyRow]:
        backup: dict[str, Any] = {"user_id": which.user_id, "version": version}
        if which.session_id is not None:
            return await self._store.all(BACKED_UP_KEY, **backup, room_id=which.room_id, session_id=which.session_id)
        if which.room_id is not None:
            return await self._store.all(
                BACKED_UP_KEYS_OF_ROOM, **backup, room_id=which.room_id, session_id=after[1], max_rows=PAGE
            )
        return await self._store.all(
            BACKED_UP_KEYS_AFTER, **backup, room_id=after[0], session_id=after[1], max_rows=PAGE
        )

    async def delete(self, which: Which) -> Backup:
        """Delete keys; return the backup as it is then."""
        backup = await self._versions.get(which.user_id, which.version)
        async for page in self._pages(which, backup.version):
            for start in range(0, len(page), UNIT):
                backup = await self._delete_some(page[start : start + UNIT])
        return backup

    async def _delete_some(self, rows: Sequence[BackedUpKeyRow]) -> Backup:
        user_id, version = rows[0].user_id, rows[0].version
        keys = [(user_id, version, row.room_id, row.session_id) for row in rows]

        def run(tx: Tx) -> Backup:
            backup = held(tx, user_id, version=version)
            there = [key for key in keys if tx.get(BACKED_UP_KEYS, *key) is not None]
            for key in there:
                tx.delete(BACKED_UP_KEYS, *key)
            after = key_backup.without(backup, deleted=len(there))
            tx.put(KEY_BACKUPS, row_of(user_id, after))
            return after

        needs: list[Need] = [(KEY_BACKUPS, (user_id, version)), *((BACKED_UP_KEYS, key) for key in keys)]
        return await self._store.write(run, needs=needs)


def _stored(row: BackedUpKeyRow) -> StoredKey:
    return StoredKey(
        row.room_id,
        row.session_id,
        row.first_message_index,
        row.forwarded_count,
        bool(row.is_verified),
        row.session_data,
    )


def _key(row: BackedUpKeyRow) -> SessionKey:
    return SessionKey(
        first_message_index=row.first_message_index,
        forwarded_count=row.forwarded_count,
        is_verified=bool(row.is_verified),
        session_data=_decode(row.session_data),
    )


def _row(user_id: str, version: int, session: SessionId, key: SessionKey) -> BackedUpKeyRow:
    return BackedUpKeyRow(
        user_id,
        version,
        *session,
        key.first_message_index,
        key.forwarded_count,
        int(key.is_verified),
        _encode(key.session_data),
    )

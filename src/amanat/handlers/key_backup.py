"""Versions of the backups of room keys. Spec: client-server-api#server-side-key-backups."""

from functools import partial
from itertools import islice
from typing import Final

import msgspec

from amanat.core import key_backup
from amanat.core.errors import NotFound
from amanat.core.key_backup import Backup, BackupInfo
from amanat.db.tx import Tx
from amanat.handlers.jobs import Jobs
from amanat.store.key_backup import (
    BACKED_UP_KEYS,
    KEY_BACKUP,
    KEY_BACKUPS,
    KEY_BACKUPS_OF,
    LAST_KEY_BACKUP,
    NEWEST_KEY_BACKUP,
    KeyBackupRow,
)
from amanat.store.store import Store

UNIT = 100
"""Sessions per unit, so that none holds the writer long."""
EMPTY_BACKUP: Final = "empty_backup"
NO_VERSION: Final = "There is no such version of the backup."

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class KeyBackups:
    """Keeps the versions of people's backups."""

    def __init__(self, store: Store, *, jobs: Jobs) -> None:
        self._store = store
        self._jobs = jobs
        jobs.workers[EMPTY_BACKUP] = self._empty

    # Versions

    async def create(self, user_id: str, info: BackupInfo) -> str:
        """Begin a new version and return its name."""
        key_backup.check_info(info)
        while True:
            last = await self._store.first(LAST_KEY_BACKUP, user_id=user_id)
            version = last.version + 1 if last else 1
            row = KeyBackupRow(user_id, version, info.algorithm, _encode(info.auth_data), 0, 0, 0)
            if await self._store.write(partial(_add, row=row), needs=[(KEY_BACKUPS, (user_id, version))]):
                return str(version)

    async def newest(self, user_id: str) -> Backup:
        """Return the newest version."""
        row = await self._store.first(NEWEST_KEY_BACKUP, user_id=user_id)
        if row is None:
            raise NotFound("There is no backup.")
        return backup_of(row)

    async def get(self, user_id: str, version: str) -> Backup:
        """Return one version."""
        row = await self._store.first(KEY_BACKUP, user_id=user_id, version=number_of(version))
        if row is None:
            raise NotFound(NO_VERSION)
        return backup_of(row)

    async def change(self, user_id: str, *, version: str, info: BackupInfo) -> None:
        """Change the `auth_data` of a version."""
        number = number_of(version)

        def run(tx: Tx) -> None:
            backup = held(tx, user_id, version=number)
            key_backup.check_info(info, current=backup)
            changed = msgspec.structs.replace(backup, auth_data=info.auth_data)
            tx.put(KEY_BACKUPS, row_of(user_id, changed))

        await self._store.write(run, needs=[(KEY_BACKUPS, (user_id, number))])

    async def delete(self, user_id: str, version: str) -> None:
        """Delete a version with its keys; one that is deleted already stays so."""
        number = number_of(version)
        subject = f"{user_id}\n{number}"

        def run(tx: Tx) -> None:
            row = tx.get(KEY_BACKUPS, user_id, number)
            if row is None:
                raise NotFound(NO_VERSION)
            if not row.deleted:
                tx.put(KEY_BACKUPS, KeyBackupRow(user_id, number, row.algorithm, b"{}", row.etag, 0, 1))
                self._jobs.ask(tx, EMPTY_BACKUP, subject=subject)

        await self._store.write(run, needs=[(KEY_BACKUPS, (user_id, number)), *self._jobs.needs(EMPTY_BACKUP, subject)])

    async def delete_all(self, user_id: str) -> None:
        """Delete every version of a person's."""
        for row in await self._store.all(KEY_BACKUPS_OF, user_id=user_id):
            await self.delete(user_id, str(row.version))

    async def _empty(self, subject: str) -> None:
        user_id, _, version = subject.partition("\n")
        prefix = (user_id, int(version))

        def run(tx: Tx) -> bool:
            rows = list(islice(tx.scan(BACKED_UP_KEYS, *prefix), UNIT))
            for row in rows:
                tx.delete(BACKED_UP_KEYS, *prefix, row.room_id, row.session_id)
            return len(rows) < UNIT

        while not await self._store.write(run, needs=[(BACKED_UP_KEYS, prefix, UNIT)]):
            pass


def _add(tx: Tx, *, row: KeyBackupRow) -> bool:
    if tx.get(KEY_BACKUPS, row.user_id, row.version) is not None:
        return False
    tx.put(KEY_BACKUPS, row)
    return True


def held(tx: Tx, user_id: str, *, version: int) -> Backup:
    """Return a version that a unit of work is about."""
    row = tx.get(KEY_BACKUPS, user_id, version)
    if row is None or row.deleted:
        raise NotFound(NO_VERSION)
    return backup_of(row)


def backup_of(row: KeyBackupRow) -> Backup:
    """Read a stored version."""
    return Backup(
        version=row.version,
        algorithm=row.algorithm,
        auth_data=_decode(row.auth_data),
        etag=row.etag,
        count=row.count,
    )


def row_of(user_id: str, backup: Backup) -> KeyBackupRow:
    """Write a version as it is stored."""
    auth_data = _encode(backup.auth_data)
    return KeyBackupRow(user_id, backup.version, backup.algorithm, auth_data, backup.etag, backup.count, 0)


def number_of(version: str) -> int:
    """Read the name of a version, which only looks like a number to those who look."""
    if not (version.isascii() and version.isdigit() and len(version) <= 15):
        raise NotFound(NO_VERSION)
    return int(version)

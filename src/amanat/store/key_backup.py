"""Versions of key backups, and the keys in them, which are ciphertext to us."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class KeyBackupRow(Struct, frozen=True):
    """A version of a person's backup. A deleted one stays, so that its number is not given again."""

    user_id: str
    version: int
    algorithm: str
    auth_data: bytes
    etag: int
    count: int
    deleted: int


class BackedUpKeyRow(Struct, frozen=True):
    """The key of a session; `session_data` is JSON."""

    user_id: str
    version: int
    room_id: str
    session_id: str
    first_message_index: int
    forwarded_count: int
    is_verified: int
    session_data: bytes


KEY_BACKUPS = Table("key_backups", KeyBackupRow, key=2)
BACKED_UP_KEYS = Table("backed_up_keys", BackedUpKeyRow, key=4)

_sql = QueryFile("amanat.store", "key_backup")
KEY_BACKUP = _sql.query("key_backup", KeyBackupRow)
LAST_KEY_BACKUP = _sql.query("last_key_backup", KeyBackupRow)
KEY_BACKUPS_OF = _sql.query("key_backups_of", KeyBackupRow)
NEWEST_KEY_BACKUP = _sql.query("newest_key_backup", KeyBackupRow)
BACKED_UP_KEYS_AFTER = _sql.query("backed_up_keys_after", BackedUpKeyRow)
BACKED_UP_KEYS_OF_ROOM = _sql.query("backed_up_keys_of_room", BackedUpKeyRow)
BACKED_UP_KEY = _sql.query("backed_up_key", BackedUpKeyRow)

"""The folder of one service's data: whose it is, and the key that seals the keys in its database.

`service.key` is in no table and no log. Without it the database opens no chat, and without the database it opens
nothing: a backup keeps both, apart from each other.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import DecodeError, Struct, json

from amanat.db.database import Database
from amanat.db.files import write_durably
from amanat.db.sqlite import SqliteDatabase
from amanat.db.sqlite_connections import Wakeful
from amanat.gateway.store.stamp import ServiceStamp, WrongData, refuse_other_mode

STAMP: Final = "stamp.json"
KEY: Final = "service.key"
SQLITE: Final = "gateway.db"
URL: Final = "database.url"
KEY_BYTES: Final = 32
MOST_WAKEFUL: Final = 32
"""Databases of this process that hold connections though nobody used them for `REST_AFTER_S`: 0.5 MB each."""
REST_AFTER_S: Final = 2.0
WAKEFUL: Final = Wakeful(most=MOST_WAKEFUL, rest_after_s=REST_AFTER_S)
WAL_PAGES: Final = 500
"""Pages (4 KiB) of a service's log, 2 MiB: a gateway has a thousand of them. A log is written over once it has grown to
its full length; while it grows, a bot's message costs a tenth more CPU."""
_NO_DATA: Final = frozenset({"lost+found", f"{STAMP}.new"})


class _Made(Struct, frozen=True):
    """What every stamp says: which command made the data."""

    mode: str


class ServiceFolder:
    """A data folder of a gateway's service; nothing is touched before `prepare`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.key_file = path / KEY
        self._url_file = path / URL

    def database(self) -> Database:
        """Return the service's database: SQLite in this folder, or a schema of its name in a PostgreSQL."""
        if not self._url_file.exists():
            return SqliteDatabase(self.path / SQLITE, wakeful=WAKEFUL, wal_pages=WAL_PAGES)
        from amanat.db.postgres import PostgresDatabase  # SQLite's services need no driver of PostgreSQL

        return PostgresDatabase(self._url_file.read_text("utf-8").strip(), schema=self.path.resolve().name)

    def keep_in(self, url: str | None) -> None:
        """Keep a new service's data in a PostgreSQL, or in SQLite; raises `WrongData` if it is elsewhere already."""
        held = self._url_file.read_text("utf-8").strip() if self._url_file.exists() else None
        if url is not None and held is None and not (self.path / SQLITE).exists():
            write_durably(self._url_file, f"{url}\n".encode(), mode=0o600)
        elif url not in (None, held):
            raise WrongData(
                f"{self.path} keeps its data elsewhere: a database is chosen when a service is made. {self._url_file} "
                "says which, if it is none of its own."
            )

    def stamp(self) -> ServiceStamp | None:
        """Return whose folder it is; `None` if it is new; raises `WrongData` if it is no service's."""
        file = self.path / STAMP
        try:
            content = file.read_bytes()
            refuse_other_mode(json.decode(content, type=_Made).mode)
            return json.decode(content, type=ServiceStamp)
        except FileNotFoundError:
            return None
        except DecodeError as error:
            raise WrongData(f"{file} is damaged: {error}. Restore a backup into another folder.") from None

    def prepare(self, wanted: ServiceStamp) -> None:
        """Make the folder if need be, closed to others, and stamp it; raises `WrongData` if it is somebody else's."""
        held = self.stamp()
        if held is not None:
            wanted.check(held.meta())
            return
        if self._holds_anything():
            raise WrongData(f"{self.path} holds files that are no service's. Name a folder that is empty or new.")
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        write_durably(self.path / STAMP, json.encode(wanted), mode=0o600)

    def make_key(self, mint: Callable[[int], bytes] = os.urandom) -> bytes:
        """Make the key of a new service and return it; one that is there, of a start that was killed, is kept."""
        if not self.key_file.exists():
            write_durably(self.key_file, b64encode(mint(KEY_BYTES)) + b"\n", mode=0o600)
        return self.key()

    def key(self) -> bytes:
        """Return the 32 bytes that seal the service's keys; raises `WrongData` if they are not there."""
        with suppress(FileNotFoundError, ValueError):
            key = b64decode(self.key_file.read_text("ascii").strip(), validate=True)
            if len(key) == KEY_BYTES:
                return key
        raise WrongData(
            f"{self.key_file} is missing or damaged, and what this service's device keeps was sealed with it. Put it "
            "back from a backup. A new device cannot read what was written to this one."
        )

    def _holds_anything(self) -> bool:
        with suppress(FileNotFoundError):
            return any(not file.name.startswith(".") and file.name not in _NO_DATA for file in self.path.iterdir())
        return False

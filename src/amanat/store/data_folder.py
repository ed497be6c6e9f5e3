"""The folder of a server's data: whose it is, and the two keys in it that no table, log or backup holds."""

import fcntl
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import DecodeError, Struct, json

from amanat.config import Config
from amanat.db.database import DataInUse
from amanat.db.files import write_durably
from amanat.store.stamp import Stamp, WrongData, refuse_other

STAMP: Final = "stamp.json"
LOCK: Final = "folder.lock"
"""Guards media and the admin socket; the database has a lock of its own, wherever it is."""
KEY_BYTES: Final = 32
_NO_DATA: Final = frozenset({"lost+found", "lock", LOCK, f"{STAMP}.new"})


class FolderStamp(Struct, frozen=True, kw_only=True):
    """Whose folder it is. The database says so too; in PostgreSQL, it is elsewhere."""

    server_name: str
    mode: str
    created_ts: int


class ServerKeys(Struct, frozen=True, kw_only=True):
    """What a stolen database alone must not open (`secret`), and what events are signed with (an Ed25519 seed)."""

    secret: bytes
    signing_key_id: str
    signing_seed: bytes

    def __repr__(self) -> str:
        return f"ServerKeys({self.signing_key_id})"


class DataFolder:
    """A data folder; nothing is touched before `prepare`."""

    def __init__(self, config: Config) -> None:
        self.path = path = Path(config.data)
        self.database = path / "amanat.db"
        self.media = path / "media"
        self.admin_socket = path / "admin.sock"
        self.secret_key = path / "secret.key" if config.secret_key_file is None else Path(config.secret_key_file)
        self.signing_key = path / "signing.key"
        self._lock: int | None = None

    def stamp(self) -> FolderStamp | None:
        """Return whose folder it is; `None` if it is new; raises `WrongData` if that cannot be told."""
        try:
            return json.decode((self.path / STAMP).read_bytes(), type=FolderStamp)
        except FileNotFoundError:
            return None
        except DecodeError as error:
            raise WrongData(f"{self.path / STAMP} is damaged: {error}. Restore a backup into another folder.") from None

    def holds_anything(self) -> bool:
        """Whether there are files that a server would find."""
        with suppress(FileNotFoundError):
            return any(not file.name.startswith(".") and file.name not in _NO_DATA for file in self.path.iterdir())
        return False

    def check(self, wanted: Stamp) -> None:
        """Raise `WrongData` if the folder is another server's, another command's, or not ours at all."""
        held = self.stamp()
        if held is not None:
            refuse_other(server_name=(held.server_name, wanted.server_name), mode=(held.mode, wanted.mode))
        elif self.holds_anything():
            raise WrongData(f"{self.path} holds files that are not Amanat's. Name a folder that is empty or new.")

    def prepare(self, wanted: Stamp, *, now_ms: int) -> None:
        """Make the folder if need be, closed to others, take its lock, stamp it; raises `WrongData`, `DataInUse`."""
        self.check(wanted)
        self.reserve()
        if self.stamp() is None:
            self.path.chmod(0o700)
            self.write_stamp(wanted, now_ms=now_ms)

    def write_stamp(self, stamp: Stamp, *, now_ms: int) -> None:
        """Say whose the folder is from now on."""
        written = FolderStamp(server_name=stamp.server_name, mode=stamp.mode, created_ts=now_ms)
        write_durably(self.path / STAMP, json.encode(written), mode=0o600)

    def reserve(self) -> None:
        """Make the folder if need be, and keep other processes away from it; raises `DataInUse`."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.let_go()
            raise DataInUse(f"Another process is using {self.path}. Stop it first.") from error

    def let_go(self) -> None:
        """Let other processes have the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # Keys

    def keys(self, *, first_start: bool) -> ServerKeys:
        """Read the server's keys. They are made at the first start; raises `WrongData` if they are missing later."""
        if first_start:
            self._make_keys(secrets.token_bytes)
        kind, version, seed = [*self._read(self.signing_key).split(), "", "", ""][:3]
        keys = ServerKeys(
            secret=_key(self._read(self.secret_key), self.secret_key),
            signing_key_id=f"{kind}:{version}",
            signing_seed=_key(seed, self.signing_key),
        )
        if kind != "ed25519":
            raise WrongData(f"{self.signing_key} holds no Ed25519 key.")
        return keys

    def write_keys(self, keys: ServerKeys) -> None:
        """Write keys that a backup kept; raises `WrongData` rather than replace others."""
        for file in (self.secret_key, self.signing_key):
            if file.exists():
                raise WrongData(f"{file} exists already, and restored keys never replace others. Move it away.")
        kind, _, version = keys.signing_key_id.partition(":")
        self._write_key(self.secret_key, b64encode(keys.secret).decode())
        self._write_key(self.signing_key, f"{kind} {version} {b64encode(keys.signing_seed).decode()}")

    def _make_keys(self, mint: Callable[[int], bytes]) -> None:
        # One that is there is kept: the operator's own, or of a first start that was killed.
        if not self.secret_key.exists():
            self._write_key(self.secret_key, b64encode(mint(KEY_BYTES)).decode())
        if not self.signing_key.exists():
            # The version tells this key from a later one.
            self._write_key(self.signing_key, f"ed25519 a_{mint(3).hex()} {b64encode(mint(KEY_BYTES)).decode()}")

    def _write_key(self, file: Path, line: str) -> None:
        write_durably(file, f"{line}\n".encode(), mode=0o600)

    def _read(self, file: Path) -> str:
        try:
            return file.read_text("ascii").strip()
        except FileNotFoundError:
            raise WrongData(
                f"{file} is missing. This data was made with it: put it back, or restore a backup together with the "
                "file that `amanat backup --keys` wrote."
            ) from None


def _key(text: str, file: Path) -> bytes:
    with suppress(ValueError):
        key = b64decode(text, validate=True)
        if len(key) == KEY_BYTES:
            return key
    raise WrongData(f"{file} holds no key: one line of base64 that stands for {KEY_BYTES} bytes.")

"""`amanat restore`: a backup becomes the data of a server again, in a new epoch."""

import argparse
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Final

from msgspec.structs import replace

from amanat.cli.failure import Exit, Failure
from amanat.cli.loop import run
from amanat.cli.passphrase import add_passphrase, passphrase
from amanat.cli.settings import add_settings, settings
from amanat.config import Config
from amanat.db.files import sync_folder
from amanat.handlers.new_epoch import Epoch, begin_epoch
from amanat.homeserver import Mode, database_of
from amanat.store.backup_file import Manifest, extract
from amanat.store.data_folder import STAMP, DataFolder
from amanat.store.sealed_keys import unseal
from amanat.store.stamp import EPOCH, MODE, NAME, Stamp, WrongData
from amanat.store.store import Store

HELP = "make a backup the data of a server again"
DESCRIPTION = """\
Unpack a backup into a folder without data, after its checksums have been verified, and begin a new epoch: all one-time
keys are dropped and fallback keys count as used, everybody's device list is reported as changed, and everybody has to
sign in again (their apps keep their keys) unless --keep-sessions. With PostgreSQL, restore the database with
`pg_restore` first.

Without --keys the server gets new keys of its own, and what the old ones protected cannot be opened any more.
"""
UNPACKED: Final = ".restoring"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument("--keys", metavar="FILE", type=Path, help="the file that `amanat backup --keys` wrote")
    parser.add_argument("--keep-sessions", action="store_true", help="do not make people sign in again")
    add_passphrase(parser)
    add_settings(parser)


def main(arguments: argparse.Namespace) -> Exit:
    """Restore, and say what was done."""
    config = settings(arguments)
    folder = DataFolder(config)
    if folder.holds_anything():
        raise Failure(f"{folder.path} holds data already. Restore into a folder that is empty or new.")
    folder.reserve()
    unpacked = folder.path / UNPACKED
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir(mode=0o700)
    try:
        print(_restore(config, unpacked, arguments))
    finally:
        shutil.rmtree(unpacked)
        folder.let_go()
    return Exit.OK


def _restore(config: Config, unpacked: Path, arguments: argparse.Namespace) -> str:
    """Make the data ready beside where it will be, then move it there, the stamp last: a crash leaves no server."""
    manifest = extract(arguments.file, unpacked)
    _admit(manifest, config)
    there = DataFolder(replace(config, data=str(unpacked)))
    keys = arguments.keys and unseal(
        arguments.keys.read_bytes(),
        server_name=manifest.server_name,
        passphrase=passphrase(arguments.passphrase_file),
    )
    if keys:
        there.write_keys(keys)
    there.keys(first_start=True)
    epoch = run(_begin_epoch(config, there, manifest, keep_sessions=arguments.keep_sessions))
    there.write_stamp(Stamp(server_name=manifest.server_name, mode=Mode.SERVE), now_ms=_now_ms())
    _move(unpacked, Path(config.data))
    return _told(manifest, epoch, has_keys=bool(keys))


def _admit(manifest: Manifest, config: Config) -> None:
    Stamp(server_name=config.server_name, mode=Mode.SERVE).check({NAME: manifest.server_name, MODE: manifest.mode})
    if (manifest.database == "postgres") != (config.database is not None):
        kind = {"sqlite": "an SQLite database", "postgres": "media alone, beside a PostgreSQL database"}
        raise WrongData(f"This backup holds {kind[manifest.database]}; `database` in the configuration says otherwise.")


async def _begin_epoch(config: Config, there: DataFolder, manifest: Manifest, *, keep_sessions: bool) -> Epoch:
    store = Store(database_of(config, there))
    wanted = Stamp(server_name=config.server_name, mode=Mode.SERVE)
    await store.open(admit=wanted.check)
    try:
        meta = await store.meta()
        if meta.get(EPOCH) != manifest.epoch:
            raise WrongData(
                "The database and the media are not of one time: the database is empty, or its epoch is another. "
                "Restore with `pg_restore` the dump that was taken together with this backup."
            )
        return await begin_epoch(store, now_ms=_now_ms(), mint_epoch=lambda: token_hex(4), keep_sessions=keep_sessions)
    finally:
        await store.close()


def _move(unpacked: Path, folder: Path) -> None:
    sync_folder(unpacked)
    entries = sorted(unpacked.iterdir(), key=lambda entry: entry.name == STAMP)
    for entry in entries:
        if entry.name != "lock":
            entry.rename(folder / entry.name)
    sync_folder(folder)


def _told(manifest: Manifest, epoch: Epoch, *, has_keys: bool) -> str:
    taken = datetime.fromtimestamp(manifest.created_ts / 1000, UTC)
    lines = [
        f"Restored {manifest.server_name} as it was on {taken:%Y-%m-%d at %H:%M} UTC: "
        f"accounts: {epoch.people}, files: {len(manifest.files)}.",
        f"A new epoch has begun. One-time keys dropped: {epoch.one_time_keys}, sessions ended: {epoch.sessions}.",
    ]
    if not has_keys:
        lines.append("The server has new keys of its own: what the old secret.key protected cannot be opened any more.")
    return "\n".join(lines)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000

"""`amanat backup`: one file of everything, while the server runs."""

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

import amanat
from amanat.app import Mode
from amanat.cli.admin_socket import ask
from amanat.cli.failure import Exit, Failure
from amanat.cli.loop import run
from amanat.cli.passphrase import add_passphrase, new_passphrase
from amanat.cli.settings import add_settings, settings
from amanat.config import Config
from amanat.db.files import write_durably
from amanat.db.sqlite import SqliteDatabase
from amanat.store.backup_file import DATABASE, Manifest, media_files, write
from amanat.store.data_folder import DataFolder
from amanat.store.sealed_keys import seal
from amanat.store.stamp import EPOCH, MODE, NAME, Stamp
from amanat.store.store import Store

HELP = "write a backup of everything, while the server runs"
DESCRIPTION = """\
Write one file that holds the database as it is at this moment and the media. The server may run meanwhile. A file that
exists is never replaced. With PostgreSQL the file holds the media alone: take `pg_dump` of the database first, then
this, and keep the two together.

The server's own keys (secret.key, signing.key) are not in the file. --keys writes them to another one, encrypted with a
passphrase. Keep that somewhere else: whoever has both has everything the server has.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup; must not exist")
    parser.add_argument("--keys", metavar="FILE", type=Path, help="write the server's keys there; must not exist")
    add_passphrase(parser)
    add_settings(parser)


def main(arguments: argparse.Namespace) -> Exit:
    """Write the backup, and the keys if asked to, and say what is in them."""
    config = settings(arguments)
    folder = DataFolder(config)
    wanted = Stamp(server_name=config.server_name, mode=Mode.SERVE)
    folder.check(wanted)
    if folder.stamp() is None:
        raise Failure(f"There is no data in {folder.path}.")
    for file in (arguments.file, arguments.keys):
        _refuse_to_overwrite(file)
    if arguments.keys is not None:
        sealed = seal(
            folder.keys(first_start=False),
            server_name=config.server_name,
            passphrase=new_passphrase(arguments.passphrase_file),
        )
        write_durably(arguments.keys, sealed, mode=0o600)
    manifest = _media_alone(config, folder, arguments.file) if config.database else _whole(folder, arguments.file)
    print(_told(manifest, arguments))
    return Exit.OK


def _whole(folder: DataFolder, target: Path) -> Manifest:
    """Snapshot the database first, read the media then: a file that the snapshot names is there, or was to go."""
    # Beside the backup, where there must be room anyway.
    snapshots = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        snapshot = snapshots / DATABASE
        SqliteDatabase(folder.database).backup_to(snapshot)
        snapshot.chmod(0o600)
        facts = run(_facts(snapshot))
        return write(target, facts, files=[(DATABASE, snapshot), *media_files(folder.media)])
    finally:
        shutil.rmtree(snapshots)


async def _facts(snapshot: Path) -> Manifest:
    """Read from the snapshot itself whose it is: the server may be changing."""
    database = SqliteDatabase(snapshot)
    await database.open()
    try:
        meta = await Store(database).meta()
        schema = await database.schema_version()
    finally:
        await database.close()
    return _manifest({**meta, "schema": schema}, database="sqlite")


def _media_alone(config: Config, folder: DataFolder, target: Path) -> Manifest:
    facts = ask(config, lambda client: client.get("/about"))
    return write(target, _manifest(facts, database="postgres"), files=media_files(folder.media))


def _manifest(facts: dict[str, object], *, database: str) -> Manifest:
    return Manifest(
        amanat=amanat.__version__,
        server_name=str(facts[NAME]),
        mode=str(facts[MODE]),
        epoch=str(facts[EPOCH]),
        schema=int(str(facts["schema"])),
        database=database,
        created_ts=time.time_ns() // 1_000_000,
    )


def _refuse_to_overwrite(file: Path | None) -> None:
    if file is None:
        return
    if os.path.lexists(file):
        raise Failure(f"{file} exists already. A backup never replaces a file: choose another name.")
    if not file.parent.is_dir():
        raise Failure(f"There is no folder {file.parent}.")


def _told(manifest: Manifest, arguments: argparse.Namespace) -> str:
    total = sum(content.size for content in manifest.files.values())
    media = len(manifest.files) - (manifest.database == "sqlite")
    what = "the database and " if manifest.database == "sqlite" else "no database (that is pg_dump's to keep), "
    keys = (
        f"The server's keys are in {arguments.keys}: keep that file elsewhere, and its passphrase in mind."
        if arguments.keys
        else "The server's keys are not in it: --keys writes them to a file of their own."
    )
    return f"{arguments.file} holds {what}media ({media} files), {total / 1e6:.1f} MB. {keys}"

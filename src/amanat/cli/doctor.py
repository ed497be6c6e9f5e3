"""`amanat doctor`: says in words what is wrong with a server's surroundings, and what to do about it."""

import argparse
import os
import resource
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from amanat.cli.admin_socket import AdminClient
from amanat.cli.failure import Exit, failure_of
from amanat.cli.loop import run
from amanat.cli.running import listening
from amanat.cli.settings import add_settings, settings
from amanat.config import Config
from amanat.db import sqlite
from amanat.db.migrations import migrations_of
from amanat.homeserver import Mode, database_of
from amanat.store.data_folder import DataFolder
from amanat.store.stamp import Stamp
from amanat.store.store import Store

HELP = "say what is wrong, and what to do about it"
DESCRIPTION = """\
Look at everything a server needs around it: the data folder and its permissions, room on the disk, the clock, the port,
the database and its schema, the log of the database, the limit of open files. Each line says how that is; a line that
begins with WRONG says what to do. Nothing is changed. The exit code is 1 if anything is wrong.
"""

LEAST_FREE_BYTES: Final = 1024**3
LEAST_FREE_SHARE: Final = 0.05
LEAST_DESCRIPTORS: Final = 4096
"""A session that listens takes one; below this, a small organisation runs out."""
RELEASED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows less."""
CLOCK_SLACK_S: Final = 60
WAL_WORRY_BYTES: Final = 2 * sqlite.WAL_LIMIT_BYTES


class Finding(Struct, frozen=True):
    """How one thing is."""

    what: str
    text: str
    wrong: bool = False


class Patient(Struct, frozen=True):
    """The server that is looked at; `about` is what it said of itself, if it runs."""

    config: Config
    folder: DataFolder
    about: dict[str, Any] | None


Check = Callable[[Patient], Iterator[Finding]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    add_settings(parser)


def main(arguments: argparse.Namespace) -> Exit:
    """Look, print what was found, and say whether anything is wrong."""
    found = list(examine(settings(arguments)))
    for finding in found:
        print(f"{'WRONG' if finding.wrong else 'ok   '}  {finding.what}: {finding.text}")
    return Exit.FAILED if any(finding.wrong for finding in found) else Exit.OK


def examine(config: Config) -> Iterator[Finding]:
    """Yield what each check finds; one that fails is a finding, too."""
    folder = DataFolder(config)
    client = AdminClient(folder.admin_socket)
    patient = Patient(config, folder, client.get("/about") if client.is_answered() else None)
    for name, check in CHECKS.items():
        try:
            yield from check(patient)
        except Exception as error:
            failure = failure_of(error)
            if failure is None:
                raise
            yield Finding(name, str(failure), wrong=True)


def _server(patient: Patient) -> Iterator[Finding]:
    if patient.about is None:
        yield Finding("server", "not running.")
    else:
        yield Finding("server", f"running, release {patient.about['amanat']}, as {patient.about['server_name']}.")


def _data(patient: Patient) -> Iterator[Finding]:
    folder = patient.folder
    folder.check(Stamp(server_name=patient.config.server_name, mode=Mode.SERVE))
    if folder.stamp() is None:
        yield Finding("data", f"none yet in {folder.path}; `amanat serve` makes it.")
        return
    yield Finding("data", f"in {folder.path.absolute()}.")
    for path in (folder.path, folder.secret_key, folder.signing_key, folder.database):
        if path.exists():
            yield from _permissions(path)
    if not os.access(folder.path, os.W_OK):
        yield Finding("permissions", f"{folder.path} cannot be written: give it to who runs the server.", wrong=True)
    folder.keys(first_start=False)


def _permissions(path: Path) -> Iterator[Finding]:
    held = path.stat()
    if held.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        wanted = "700" if path.is_dir() else "600"
        yield Finding("permissions", f"others may open {path}: chmod {wanted} {path}.", wrong=True)
    if held.st_uid != os.geteuid() != 0:
        yield Finding("permissions", f"{path} belongs to somebody else (user {held.st_uid}): chown it.", wrong=True)


def _disk(patient: Patient) -> Iterator[Finding]:
    path = next(
        path for path in (patient.folder.path.absolute(), *patient.folder.path.absolute().parents) if path.exists()
    )
    usage = shutil.disk_usage(path)
    free = f"{usage.free / 1e9:.1f} GB of {usage.total / 1e9:.1f} GB are free"
    if usage.free < LEAST_FREE_BYTES or usage.free < usage.total * LEAST_FREE_SHARE:
        yield Finding("disk", f"only {free}. When it is full, nothing can be sent: make room.", wrong=True)
    else:
        yield Finding("disk", f"{free}.")


def _clock(patient: Patient) -> Iterator[Finding]:
    now = time.time()
    shown = f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M:%S} UTC"
    files = [patient.folder.database, patient.folder.database.with_name("amanat.db-wal")]
    newest = max((file.stat().st_mtime for file in files if file.exists()), default=0.0)
    if now < RELEASED.timestamp():
        yield Finding(
            "clock", f"shows {shown}, before this release was made: set it, and keep it set (NTP).", wrong=True
        )
    elif now < newest - CLOCK_SLACK_S:
        yield Finding(
            "clock",
            f"shows {shown}, and the data was written later than that: it was set back, or is wrong.",
            wrong=True,
        )
    else:
        yield Finding("clock", f"{shown}.")


def _port(patient: Patient) -> Iterator[Finding]:
    if patient.about is not None:
        return
    with listening(patient.config):
        yield Finding("port", f"{patient.config.listen} is free.")


def _database(patient: Patient) -> Iterator[Finding]:
    kind = "SQLite" if patient.config.database is None else "PostgreSQL"
    if patient.config.database is None:
        version = ".".join(map(str, sqlite.VERSION))
        if sqlite.VERSION < sqlite.OLDEST_VERSION:
            oldest = ".".join(map(str, sqlite.OLDEST_VERSION))
            yield Finding("database", f"SQLite {version} is too old: Amanat needs {oldest} or later.", wrong=True)
            return
        kind = f"SQLite {version}"
    schema = patient.about["schema"] if patient.about else _schema(patient)
    newest = len(migrations_of("amanat.store"))
    if schema is None:
        yield Finding("database", f"{kind}, no data yet.")
    elif schema < newest:
        yield Finding(
            "database",
            f"{kind}, schema {schema}, and this release has {newest}: run `amanat migrate`, or start the server.",
            wrong=True,
        )
    elif schema > newest:
        yield Finding(
            "database",
            f"schema {schema} is of a newer release: this one knows {newest}. Run the newer one.",
            wrong=True,
        )
    else:
        yield Finding("database", f"{kind}, schema {schema}, the newest.")


def _schema(patient: Patient) -> int | None:
    """Read the schema's number under the lock; raises `DataInUse`: somebody has the data, and does not answer."""
    if patient.config.database is None and not patient.folder.database.exists():
        return None

    async def look() -> int:
        store = Store(database_of(patient.config, patient.folder))
        await store.database.open()
        try:
            schema = await store.database.schema_version()
            if schema:
                Stamp(server_name=patient.config.server_name, mode=Mode.SERVE).check(await store.meta())
            return schema
        finally:
            await store.database.close()

    return run(look()) or None


def _log(patient: Patient) -> Iterator[Finding]:
    wal = patient.folder.database.with_name("amanat.db-wal")
    if not wal.exists():
        return
    size = wal.stat().st_size
    text = f"{size / 1e6:.1f} MB"
    if size > WAL_WORRY_BYTES:
        yield Finding(
            "database log",
            f"{text} ({wal}): something has been reading for long and keeps it from being emptied. A backup does that "
            "while it runs; otherwise start the server again.",
            wrong=True,
        )
    else:
        yield Finding("database log", f"{text}.")


def _descriptors(_patient: Patient) -> Iterator[Finding]:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < LEAST_DESCRIPTORS:
        yield Finding(
            "open files",
            f"at most {hard}, one for each app that is connected: raise the hard limit (LimitNOFILE= in a unit of "
            f"systemd) to {LEAST_DESCRIPTORS} or more.",
            wrong=True,
        )
    else:
        yield Finding("open files", f"as many as {hard if hard != resource.RLIM_INFINITY else 'one likes'}.")


CHECKS: Final[dict[str, Check]] = {
    "server": _server,
    "data": _data,
    "disk": _disk,
    "clock": _clock,
    "port": _port,
    "database": _database,
    "database log": _log,
    "open files": _descriptors,
}

"""A PostgreSQL cluster of the tests' own: in a temporary folder, on a unix socket, never run by root."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNPRIVILEGED = ("postgres", "nobody")
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum_naptime": "10min",  # two slow cores are better spent on the tests
    "log_min_messages": "fatal",
}


_EMPTY = """DO $$ DECLARE each regclass; BEGIN
FOR each IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname <> 'migrations'
LOOP EXECUTE 'DELETE FROM ' || each; END LOOP; END $$"""


class Cluster:
    """A running cluster. `url(name)` names a database in it."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self._folder = folder
        self._bin = bin_folder

    def url(self, database: str) -> str:
        return f"postgresql:///{database}?host={self._folder}&user=amanat"

    @property
    def folder(self) -> Path:
        """Where it writes everything."""
        return self._folder

    def create(self, database: str, *, encoding: str = "UTF8") -> str:
        """Make an empty database and return its URL."""
        statement = f"CREATE DATABASE {database} ENCODING '{encoding}' TEMPLATE template0"
        self._run("psql", "-h", self._folder, "-U", "amanat", "-qc", statement, "postgres")
        return self.url(database)

    def drop(self, database: str) -> None:
        statement = f"DROP DATABASE IF EXISTS {database} WITH (FORCE)"
        self._run("psql", "-h", self._folder, "-U", "amanat", "-qc", statement, "postgres")

    def empty(self, database: str) -> None:
        """Delete every row and keep the schema: a tenth of the time of another database."""
        self._run("psql", "-h", self._folder, "-U", "amanat", "-qc", _EMPTY, database)

    def start(self) -> None:
        settings = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        options = f"-k {self._folder} {settings}"
        self._run("pg_ctl", "-D", self._data, "-w", "-s", "-o", options, "-l", self._folder / "log", "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate` is how a killed server ends."""
        self._run("pg_ctl", "-D", self._data, "-w", "-s", "-m", mode, "stop")

    def initialise(self) -> None:
        self._run(
            "initdb", "-D", self._data, "-U", "amanat", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"
        )

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*_unprivileged(), str(self._bin / program), *map(str, arguments)]
        # Not a pipe: a daemon that `pg_ctl start` leaves behind would hold it open for ever.
        with tempfile.TemporaryFile() as output:
            status = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/")
            output.seek(0)
            if status:
                raise RuntimeError(f"{program} failed: {output.read().decode(errors='replace')}")


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster; stop it and delete its folder at the end."""
    # Short and in /tmp: a unix socket's path holds 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="amanat-pg-", dir="/tmp"))
    try:
        if os.getuid() == 0:
            account = pwd.getpwnam(_account())
            os.chown(folder, account.pw_uid, account.pw_gid)
        cluster = Cluster(folder, _programs())
        cluster.initialise()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of the newest PostgreSQL's programs, `initdb` among them."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = installed[-1] if installed else shutil.which("initdb")
    if found is None:
        raise RuntimeError("The tests need PostgreSQL 15 or later (Debian: apt-get install postgresql).")
    return Path(found).resolve().parent


def _account() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


def _unprivileged() -> list[str]:
    """Return what runs a command as somebody else than root; PostgreSQL refuses root, and rightly."""
    if os.getuid() != 0:
        return []
    account = pwd.getpwnam(_account())
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]

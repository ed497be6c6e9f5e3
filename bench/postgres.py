"""A PostgreSQL cluster of the bench's own, in a temporary folder, with its own defaults, never run as root."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from bench.process import free_port, pin, tree

_ROLE = "bench"
_READY_SECONDS = 60.0


class PostgresMissing(Exception):
    """No PostgreSQL server is installed, or no account to run it."""


class Cluster(Struct, frozen=True, kw_only=True):
    """A running cluster."""

    pid: int
    port: int
    folder: Path
    owner: str | None

    def create_database(self, name: str) -> str:
        """Create an empty database and return its URL."""
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", _ROLE]
        _run([_program("createdb"), *where, "-T", "template0", name], owner=self.owner)
        return f"postgresql://{_ROLE}@127.0.0.1:{self.port}/{name}"


@contextmanager
def cluster(cores: Collection[int]) -> Iterator[Cluster]:
    """Make a cluster, run it on these cores, and remove it."""
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="amanat-bench-postgres-"))
    try:
        if owner:
            shutil.chown(folder, owner)
        data = folder / "data"
        options = ["--auth=trust", f"--username={_ROLE}", "--locale=C", "--encoding=UTF8"]
        _run([_program("initdb"), f"--pgdata={data}", *options], owner=owner)
        port = free_port()
        command = [_program("postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, user=owner, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
        try:
            _await_ready(port, owner)
            for member in tree(process.pid):
                pin(member, cores)
            yield Cluster(pid=process.pid, port=port, folder=folder, owner=owner)
        finally:
            process.send_signal(signal.SIGINT)  # Fast shutdown: sessions are ended, data is left clean.
            process.wait()
    finally:
        shutil.rmtree(folder)


def _owner() -> str | None:
    """Name the account to run as when we are root, as whom PostgreSQL refuses to run; None is our own."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise PostgresMissing("PostgreSQL does not run as root, and there is no other account to run it.")


def _program(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    path = os.pathsep.join([*(str(folder) for folder in installed), os.environ.get("PATH", os.defpath)])
    if found := shutil.which(name, path=path):
        return found
    raise PostgresMissing(f"{name} is not installed (Debian: apt-get install postgresql).")


def _run(command: list[str], *, owner: str | None) -> None:
    subprocess.run(command, user=owner, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _await_ready(port: int, owner: str | None) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    command = [_program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(command, user=owner, check=False, cwd="/").returncode != 0:
        if time.monotonic() > deadline:
            raise PostgresMissing("PostgreSQL did not start.")
        time.sleep(0.05)

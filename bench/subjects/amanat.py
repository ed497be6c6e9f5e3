"""Amanat, as `amanat lab`: the same server without rate limits, with open registration."""

import sys
from pathlib import Path

import amanat
from bench.subjects.subject import FULL, Launch


class Amanat:
    """The server of this repository, from this environment."""

    name = "amanat"
    scale = FULL
    title = "Amanat"

    def prepare(self) -> None:
        """Nothing to install: it is what runs the bench."""
        assert amanat.__file__

    def launch(self, *, data: Path, port: int, database: str | None) -> Launch:
        """Start `amanat lab`."""
        command = [sys.executable, "-m", "amanat", "lab", "--listen", f"127.0.0.1:{port}", "--data", str(data)]
        command += ["--room-version", "12"]
        if database is not None:
            command += ["--database", database]
        return Launch(command=command)

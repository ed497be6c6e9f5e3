"""The bare stack (`bench/bare`): what the same libraries do when nobody asks for a homeserver."""

import sys
from pathlib import Path

from bench.subjects.subject import FULL, Launch


class BareStack:
    """The limit to come close to."""

    name = "bare"
    scale = FULL
    title = "bare stack"

    def prepare(self) -> None:
        """Nothing to install: it uses Amanat's libraries."""

    def launch(self, *, data: Path, port: int, database: str | None) -> Launch:
        """Start the spike."""
        command = [sys.executable, "-m", "bench.bare", "--port", str(port), "--data", str(data)]
        if database is not None:
            command += ["--database", database]
        return Launch(command=command)

"""A source in a SQLite file of another program, which is opened for reading only."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from amanat.gateway.connectors.settings import SqliteSettings
from amanat.gateway.connectors.source import NOT_FOUND, Call, Reply, SourceFailed, found
from amanat.gateway.connectors.sql import bounded, values_of

MAX_BYTES: Final = 1024 * 1024
"""Of one value inside SQLite: whatever a query makes of what it reads."""
LOOK_EVERY: Final = 10_000
"""Steps of SQLite's machine between two looks at the clock."""


class SqliteSource:
    """Asks a file. Each question opens it anew: what replaces the file as a whole is found."""

    def __init__(self, settings: SqliteSettings) -> None:
        self._settings = settings
        self._uri = f"{Path(settings.file).absolute().as_uri()}?mode=ro"

    async def ask(self, call: Call) -> Reply:
        """Return the first row of the query."""
        try:
            row = await asyncio.to_thread(self._first_row, call)
        except sqlite3.Error as error:
            raise SourceFailed(type(error).__name__) from None
        return NOT_FOUND if row is None else found(values_of(row, call.gives))

    async def close(self) -> None:
        """Nothing is open between two questions."""

    def _first_row(self, call: Call) -> tuple[str | None, ...] | None:
        ends = time.monotonic() + self._settings.deadline_s
        with closing(sqlite3.connect(self._uri, uri=True, timeout=self._settings.deadline_s)) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_BYTES)
            # Nobody could cancel the thread: the query itself ends when its time is over.
            connection.set_progress_handler(lambda: time.monotonic() > ends, LOOK_EVERY)
            values = {name: call.arguments.get(name, "") for name in self._settings.takes}
            row: tuple[str | None, ...] | None = connection.execute(
                bounded(self._settings.query, call.gives), values
            ).fetchone()
            return row

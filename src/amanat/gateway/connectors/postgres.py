"""A source in another program's PostgreSQL database: one query, in a transaction that can only read."""

from typing import Final

import asyncpg

from amanat.gateway.connectors.settings import PARAMETER, PostgresSettings
from amanat.gateway.connectors.source import NOT_FOUND, Call, Reply, SourceFailed, found
from amanat.gateway.connectors.sql import bounded, values_of

_READ_ONLY: Final = {"application_name": "amanat connector", "default_transaction_read_only": "on", "jit": "off"}


class PostgresSource:
    """Asks a database. Each question connects anew: they are few, and one that hangs leaves nothing behind."""

    def __init__(self, settings: PostgresSettings) -> None:
        self._settings = settings
        self._takes = list(dict.fromkeys(settings.takes))
        # Each value comes as text: `:number::bigint` is how a query makes something else of it.
        self._query = PARAMETER.sub(lambda name: f"${self._takes.index(name[1]) + 1}::text", settings.query)

    async def ask(self, call: Call) -> Reply:
        """Return the first row of the query."""
        values = [call.arguments.get(name, "") for name in self._takes]
        try:
            row = await self._first_row(bounded(self._query, call.gives), values)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            # The class alone: what PostgreSQL says of an error quotes what people said.
            raise SourceFailed(type(error).__name__) from None
        return NOT_FOUND if row is None else found(values_of(row, call.gives))

    async def close(self) -> None:
        """Nothing is open between two questions."""

    async def _first_row(self, query: str, values: list[str]) -> tuple[str | None, ...] | None:
        deadline_s = self._settings.deadline_s
        connection = await asyncpg.connect(
            self._settings.url,
            timeout=deadline_s,
            command_timeout=deadline_s,
            server_settings={**_READ_ONLY, "statement_timeout": str(int(deadline_s * 1000))},
        )
        try:
            row = await connection.fetchrow(query, *values)
            return None if row is None else tuple(row)
        finally:
            connection.terminate()

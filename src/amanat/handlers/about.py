"""What the server knows about its own data."""

from typing import Any

from amanat.store.stamp import EPOCH, MODE, NAME
from amanat.store.store import Store


class About:
    """Reads the data's stamp and the number of its schema."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def data(self) -> dict[str, Any]:
        """Return whose data it is, its epoch and its schema."""
        meta = await self._store.meta()
        schema = await self._store.database.schema_version()
        return {"server_name": meta[NAME], "mode": meta[MODE], "epoch": meta[EPOCH], "schema": schema}

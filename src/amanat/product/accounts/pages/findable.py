"""Who lets others find them by their phone number: nobody, unless they say so."""

from amanat.db.tx import Tx
from amanat.product.accounts.pages.tables import FINDABLE, FINDABLE_BY_NUMBER, FindableRow
from amanat.store.store import Store


class Findable:
    """Keeps the switch of each person; off by default."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def is_on(self, user_id: str) -> bool:
        """Whether somebody may be found by their number."""
        return await self._store.first(FINDABLE, user_id=user_id) is not None

    async def set(self, user_id: str, *, on: bool) -> None:
        """Turn the switch."""

        def run(tx: Tx) -> None:
            if on:
                tx.put(FINDABLE_BY_NUMBER, FindableRow(user_id))
            else:
                tx.delete(FINDABLE_BY_NUMBER, user_id)

        await self._store.write(run)

    async def forget(self, user_id: str) -> None:
        """Turn it off when the account ends."""
        await self.set(user_id, on=False)

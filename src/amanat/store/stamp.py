"""What is written into the data at its first start and never differs again: the server's name, and what made it."""

from collections.abc import Callable

from amanat.db.tx import Tx
from amanat.store.store import Store
from amanat.store.streams import META, MetaRow

NAME, MODE, EPOCH, CREATED = "server_name", "mode", "epoch", "created_ts"


class WrongData(Exception):
    """This data belongs to another server or to another command."""


async def stamp(store: Store, *, server_name: str, mode: str, now_ms: int, mint_epoch: Callable[[], str]) -> None:
    """Stamp new data, or refuse data that was stamped otherwise; sets the store's epoch."""
    held = await store.meta()
    if not held:
        held = {NAME: server_name, MODE: mode, EPOCH: mint_epoch(), CREATED: str(now_ms)}
        rows = [MetaRow(name, value) for name, value in held.items()]

        def keep(tx: Tx) -> None:
            for row in rows:
                tx.put(META, row)

        await store.write(keep)
    _refuse_other(held, server_name=server_name, mode=mode)
    store.epoch = held[EPOCH]


def _refuse_other(held: dict[str, str], *, server_name: str, mode: str) -> None:
    if held[MODE] != mode:
        raise WrongData(f"This data was made by `amanat {held[MODE]}`; `amanat {mode}` does not touch it.")
    if held[NAME] != server_name:
        raise WrongData(
            f"This data is of the server {held[NAME]!r}, not {server_name!r}: ids hold the name, so it never changes."
        )

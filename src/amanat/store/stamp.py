"""What is written into the data at its first start and never differs again: the server's name, and what made it."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from amanat.db.tx import Tx
from amanat.db.unit_store import MetaRow
from amanat.store.store import Store
from amanat.store.streams import META

NAME, MODE, EPOCH, CREATED = "server_name", "mode", "epoch", "created_ts"


class WrongData(Exception):
    """This data belongs to another server or to another command."""


class Stamp(Struct, frozen=True, kw_only=True):
    """What new data is stamped with, and what older data must have been stamped with."""

    server_name: str
    mode: str

    def check(self, held: Mapping[str, str]) -> None:
        """Raise `WrongData` if the data is stamped otherwise; new data bears no stamp."""
        if held:
            refuse_other(server_name=(held[NAME], self.server_name), mode=(held[MODE], self.mode))


async def stamp(store: Store, wanted: Stamp, *, now_ms: int, mint_epoch: Callable[[], str]) -> None:
    """Stamp new data, or refuse data that is stamped otherwise; set the store's epoch."""
    held = await store.meta()
    if not held:
        held = {NAME: wanted.server_name, MODE: wanted.mode, EPOCH: mint_epoch(), CREATED: str(now_ms)}
        rows = [MetaRow(name, value) for name, value in held.items()]

        def keep(tx: Tx) -> None:
            for row in rows:
                tx.put(META, row)

        await store.write(keep)
    wanted.check(held)
    store.epoch = held[EPOCH]


def refuse_other(*, server_name: tuple[str, str], mode: tuple[str, str]) -> None:
    """Raise `WrongData` where what the data says (first) is not what is wanted (second)."""
    if mode[0] != mode[1]:
        raise WrongData(f"This data was made by `amanat {mode[0]}`; `amanat {mode[1]}` does not touch it.")
    if server_name[0] != server_name[1]:
        raise WrongData(
            f"This data is of the server {server_name[0]!r}, not {server_name[1]!r}: ids hold the name, so it never "
            "changes."
        )

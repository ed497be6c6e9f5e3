"""Data bears the name of its server and of the command that made it, in the database too."""

import pytest

from amanat.store.stamp import EPOCH, MODE, NAME, Stamp, WrongData, stamp
from amanat.store.store import Store

SERVED = Stamp(server_name="localhost", mode="serve")


async def test_new_data_is_stamped_once(store: Store) -> None:
    await stamp(store, SERVED, now_ms=1, mint_epoch=lambda: "first")
    await stamp(store, SERVED, now_ms=2, mint_epoch=lambda: "second")
    meta = await store.meta()
    assert (meta[NAME], meta[MODE], meta[EPOCH], store.epoch) == ("localhost", "serve", "first", "first")


@pytest.mark.parametrize("other", [Stamp(server_name="x", mode="serve"), Stamp(server_name="localhost", mode="demo")])
async def test_other_data_is_refused(store: Store, other: Stamp) -> None:
    await stamp(store, SERVED, now_ms=1, mint_epoch=lambda: "first")
    with pytest.raises(WrongData):
        await stamp(store, other, now_ms=2, mint_epoch=lambda: "second")


def test_data_without_a_stamp_is_nobody_s() -> None:
    SERVED.check({})

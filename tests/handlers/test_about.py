"""What the server knows of its data changes with a new epoch."""

from amanat.handlers.about import About
from amanat.handlers.new_epoch import begin_epoch
from amanat.store.stamp import Stamp, stamp
from amanat.store.store import Store


async def test_the_epoch_is_the_one_on_disk(store: Store) -> None:
    await stamp(store, Stamp(server_name="localhost", mode="serve"), now_ms=1, mint_epoch=lambda: "first")
    about = About(store)
    assert (await about.data())["epoch"] == "first"
    await begin_epoch(store, now_ms=1, mint_epoch=lambda: "second")
    data = await about.data()
    assert (data["server_name"], data["mode"], data["epoch"]) == ("localhost", "serve", "second")

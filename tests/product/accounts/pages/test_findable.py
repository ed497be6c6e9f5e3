"""Who may be found by their number."""

from amanat.product.accounts.pages.findable import Findable
from amanat.store.store import Store


async def test_nobody_is_found_by_their_number_unless_they_say_so(store: Store) -> None:
    findable = Findable(store)
    assert not await findable.is_on("@ani:localhost")
    await findable.set("@ani:localhost", on=True)
    assert await findable.is_on("@ani:localhost")
    assert not await findable.is_on("@budi:localhost")
    await findable.set("@ani:localhost", on=False)
    assert not await findable.is_on("@ani:localhost")


async def test_the_switch_goes_with_the_account(store: Store) -> None:
    findable = Findable(store)
    await findable.set("@ani:localhost", on=True)
    await findable.forget("@ani:localhost")
    assert not await findable.is_on("@ani:localhost")

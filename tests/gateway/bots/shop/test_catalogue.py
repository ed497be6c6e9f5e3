"""What a bot sells lies in its store."""

import pytest
from msgspec.structs import replace

from amanat.db.tx import Tx
from amanat.gateway.bots.shop.catalogue import MOST, PRODUCTS, Catalogue, ProductRow
from amanat.gateway.bots.shop.goods import TooManyProducts
from tests.gateway.bots.shop.samples import COFFEE, GONE, TEA
from tests.gateway.service.bot_at_work import BotAtWork


async def test_products_are_put_found_changed_and_dropped(on_both: BotAtWork) -> None:
    goods = Catalogue(on_both.ground)
    for product in (TEA, COFFEE, GONE):
        await goods.put(product)
    assert await goods.all(after=0, most=2) == [COFFEE, TEA]
    assert await goods.all(after=2, most=9) == [GONE]
    assert await goods.of(["TEH", "MADU", "KOPI"]) == {"KOPI": COFFEE, "TEH": TEA}
    dearer = replace(TEA, title="Teh manis")
    await goods.put(dearer)
    assert (await goods.one(2), await goods.one(9)) == (dearer, None)
    await goods.drop("TEH")
    assert await goods.one(2) is None


async def test_a_full_catalogue_takes_changes_and_nothing_new(on_both: BotAtWork) -> None:
    goods = Catalogue(on_both.ground)

    def fill(tx: Tx) -> None:
        for number in range(1, MOST + 1):
            tx.put(PRODUCTS, ProductRow(f"p{number}", number, "x", "", 1, "IDR", 2, 1, "", None, "", 0))

    await on_both.ground.store.write(fill)
    with pytest.raises(TooManyProducts):
        await goods.put(replace(TEA, number=MOST + 1))
    await goods.put(replace(TEA, id="p7", number=7))
    assert (await goods.of(["p7"]))["p7"].title == "Teh"

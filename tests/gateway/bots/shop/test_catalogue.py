"""What a bot sells lies in its store."""

import pytest
from msgspec.structs import replace

from amanat.gateway.bots.shop import catalogue
from amanat.gateway.bots.shop.catalogue import Catalogue
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


async def test_a_full_catalogue_takes_changes_and_nothing_new(
    on_both: BotAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "MOST", 2)
    goods = Catalogue(on_both.ground)
    await goods.change([COFFEE, TEA])
    with pytest.raises(TooManyProducts):
        await goods.put(GONE)
    await goods.put(replace(TEA, title="Teh manis"))
    # One comes as another goes; what does not fit as a whole changes nothing.
    with pytest.raises(TooManyProducts) as full:
        await goods.change([GONE, replace(TEA, id="MADU", number=0)], without=["TEH"])
    assert full.value.room == 1
    assert [each.title for each in await goods.all(after=0, most=9)] == [COFFEE.title, "Teh manis"]
    await goods.change([GONE], without=["TEH", "TEH", "nothing"])
    assert await goods.all(after=0, most=9) == [COFFEE, GONE]
    await goods.drop(GONE.id)
    await goods.put(replace(TEA, number=0))
    assert len({each.number for each in await goods.all(after=0, most=9)}) == 2

"""Which products a message offers."""

import pytest

from amanat.gateway.bots.shop.goods import Goods
from amanat.gateway.cloud_api.commerce import catalogue_id, offer_of
from amanat.gateway.cloud_api.composing import OfferRef
from amanat.gateway.cloud_api.errors import GraphError
from tests.gateway.bots.shop.samples import COFFEE, GONE, TEA
from tests.gateway.cloud_api.stand import Stand


async def _refused(cloud: Stand, ref: OfferRef) -> str:
    with pytest.raises(GraphError) as error:
        await offer_of(cloud.line, ref)
    assert error.value.code == 131009
    return error.value.details


async def test_what_is_offered_is_in_the_catalogue(cloud: Stand) -> None:
    goods: Goods = cloud.line.goods
    whole = OfferRef(button="Lihat")
    assert "no products" in await _refused(cloud, whole)
    for product in (COFFEE, TEA, GONE):
        await goods.put(product)
    offer = await offer_of(cloud.line, whole)
    assert (offer.products, offer.can_order, offer.button) == ((COFFEE, TEA, GONE), True, "Lihat")
    begins = await offer_of(cloud.line, OfferRef(button="Lihat", first="SUSU"))
    assert begins.products == (GONE, COFFEE, TEA)
    some = OfferRef(catalogue=catalogue_id(cloud.line), shelves=(("a", ("TEH",)), ("b", ("KOPI",))))
    assert [shelf.title for shelf in (await offer_of(cloud.line, some)).shelves] == ["a", "b"]
    assert "MADU" in await _refused(cloud, OfferRef(shelves=(("", ("MADU",)),)))
    assert "catalog_id" in await _refused(cloud, OfferRef(catalogue="71", shelves=(("", ("TEH",)),)))

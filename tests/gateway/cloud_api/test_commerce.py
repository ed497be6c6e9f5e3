"""Which products a message offers."""

import pytest
from msgspec.structs import replace

from amanat.gateway.bots.model import Words
from amanat.gateway.bots.shop.goods import Goods
from amanat.gateway.cloud_api.commerce import catalogue_id, offer_of
from amanat.gateway.cloud_api.composing import OfferRef
from amanat.gateway.cloud_api.errors import GraphError
from tests.gateway.bots.shop.samples import COFFEE, GONE, TEA
from tests.gateway.cloud_api.stand import Stand

WORDS = Words(text="Silakan")


async def _refused(cloud: Stand, ref: OfferRef) -> str:
    with pytest.raises(GraphError) as error:
        await offer_of(cloud.line, ref, words=WORDS)
    assert error.value.code == 131009
    return error.value.details


async def test_what_is_offered_is_in_the_catalogue(cloud: Stand) -> None:
    goods: Goods = cloud.line.goods
    whole = OfferRef(button="Lihat")
    assert "no products" in await _refused(cloud, whole)
    for product in (COFFEE, TEA, GONE):
        await goods.put(product)
    offer = await offer_of(cloud.line, whole, words=WORDS)
    assert (offer.products, offer.can_order, offer.button) == ((COFFEE, TEA, GONE), True, "Lihat")
    begins = await offer_of(cloud.line, OfferRef(button="Lihat", first="SUSU"), words=WORDS)
    assert begins.products == (GONE, COFFEE, TEA)
    some = OfferRef(catalogue=catalogue_id(cloud.line), shelves=(("a", ("TEH",)), ("b", ("KOPI",))))
    assert [shelf.title for shelf in (await offer_of(cloud.line, some, words=WORDS)).shelves] == ["a", "b"]
    assert "MADU" in await _refused(cloud, OfferRef(shelves=(("", ("MADU",)),)))
    assert "catalog_id" in await _refused(cloud, OfferRef(catalogue="71", shelves=(("", ("TEH",)),)))


async def test_what_says_too_much_is_refused_and_of_a_catalogue_the_rest_is_left_out(cloud: Stand) -> None:
    ids = tuple(f"p{number:02}" for number in range(30))
    for number, id in enumerate(ids):
        product = replace(COFFEE, id=id, number=number + 1, title="\u0643" * 200, about="\u0643" * 5_000)
        await cloud.line.goods.put(product)
    assert "too much" in await _refused(cloud, OfferRef(shelves=(("", ids),)))
    offer = await offer_of(cloud.line, OfferRef(button="Lihat"), words=WORDS)
    assert 5 < len(offer.products) < 30
    assert [each.id for each in offer.products] == list(ids[: len(offer.products)])
    visitor, who = await cloud.guest()
    assert (
        await cloud.send(who, "interactive", {"type": "catalog_message", "body": {"text": "x" * 1024}, "action": {}})
    ).status_code == 200
    assert await visitor.hears("1. \u0643")

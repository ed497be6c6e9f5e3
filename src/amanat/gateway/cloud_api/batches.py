"""Many changes of a catalogue at once: what fits is done, some at a time, and it is said why the rest is not."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from weakref import WeakValueDictionary

from msgspec import Struct
from msgspec.structs import replace

from amanat.gateway.bots.api import Line
from amanat.gateway.bots.shop.goods import MOST, TooManyProducts
from amanat.gateway.bots.shop.model import Product
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.pictures import Pictures
from amanat.gateway.cloud_api.product_fields import fields_of, given, of_feed, product_of
from amanat.gateway.cloud_api.reading import at_most, one_of

FULL: Final = f"The catalogue is full: it holds {MOST:,} products."
UNIT: Final = 500
"""Changes in one unit: 8 ms of work, between which others have their turn."""
PICTURES: Final = 100
"""In one batch, since all of them are fetched before it is answered."""
METHODS: Final = ("CREATE", "UPDATE", "DELETE")


class Change(Struct, frozen=True, kw_only=True):
    """One change: `line` is its place, from 0, or a file's line; `data` as a feed has it."""

    line: int
    method: str
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The shop's own name of the product."""
        return str(self.data.get("id") or self.data.get("retailer_id") or "")


class Wrong(Struct, frozen=True):
    """Why a change is not done."""

    line: int
    id: str
    message: str


class Planned(Struct, frozen=True, kw_only=True):
    """What follows from changes: products by id, pictures that are to be fetched, ids that go, and what is wrong."""

    products: dict[str, Product]
    pictures: dict[str, str]
    without: frozenset[str]
    wrong: tuple[Wrong, ...]
    lines: Mapping[str, int]


def plan(changes: Sequence[Change], held: Mapping[str, Product], *, upsert: bool = True) -> Planned:
    """Look changes through, in their order, over what there is."""
    products: dict[str, Product] = {}
    pictures: dict[str, str] = {}
    without: set[str] = set()
    wrong: list[Wrong] = []
    for change in changes:
        try:
            id = at_most(change.id, 100, at="id")
            there = products.get(id) or (None if id in without else held.get(id))
            if one_of(change.method, METHODS, at="method") == "DELETE":
                without.add(id)
                products.pop(id, None)
                pictures.pop(id, None)
                continue
            products[id], picture = _product(change, there, upsert=upsert)
            without.discard(id)
            if picture:
                pictures[id] = picture
        except GraphError as error:
            wrong.append(Wrong(change.line, change.id[:100], error.details))
    lines = {change.id: change.line for change in changes}
    return Planned(
        products=products, pictures=pictures, without=frozenset(without), wrong=tuple(wrong), lines=lines
    )  # fmt: skip


def _product(change: Change, there: Product | None, *, upsert: bool) -> tuple[Product, str]:
    if there is None and change.method.upper() == "UPDATE" and not upsert:
        raise GraphError(100, "There is no product of this id, and allow_upsert is false.")
    before = fields_of(there) if there is not None and change.method.upper() == "UPDATE" else {}
    said = given(before | of_feed(change.data) | {"retailer_id": change.id})
    made = product_of(said, number=there.number if there is not None else 0)
    return (replace(made, picture=there.picture) if there is not None else made), said.image_url


class Batches:
    """Changes catalogues: of one bot, one after the other."""

    def __init__(self, pictures: Pictures) -> None:
        self.pictures = pictures
        self._alone: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def alone(self, line: Line) -> asyncio.Lock:
        """Return what is held by whoever reads products of a bot, changes them and puts them back."""
        return self._alone.setdefault(line.me.number, asyncio.Lock())

    async def do(self, line: Line, changes: Sequence[Change], *, upsert: bool = True) -> list[Wrong]:
        """Do what fits, some at a time and in their order, and return what does not.

        Where the gateway is killed in between, the first of them are done: all of it may be asked for once more.
        """
        wrong: list[Wrong] = []
        pictures = PICTURES
        async with self.alone(line):
            for start in range(0, len(changes), UNIT):
                planned = await _planned(line, changes[start : start + UNIT], upsert=upsert)
                planned = with_few_pictures(planned, most=pictures)
                pictures -= len(planned.pictures)
                products, refused = await self._with_pictures(line, planned)
                wrong += refused
                wrong += await _keep_what_fits(line, products, planned=planned)
        return wrong

    async def do_whole(self, line: Line, changes: Sequence[Change]) -> list[Wrong]:
        """Do all, or nothing where anything does not fit; return what does not."""
        async with self.alone(line):
            planned = await _planned(line, changes)
            if planned.wrong:
                return list(planned.wrong)
            products, wrong = await self._with_pictures(line, planned)
            if not wrong:
                await _keep(line, products, without=planned.without)
            return wrong

    @staticmethod
    async def check(line: Line, changes: Sequence[Change]) -> list[Wrong]:
        """Return what does not fit, and change nothing. Pictures are not looked at."""
        planned = await _planned(line, changes)
        there = {each.id for each in await line.goods.all(after=0, most=MOST)}
        if len((there - planned.without) | planned.products.keys()) > MOST:
            raise GraphError(100, FULL)
        return list(planned.wrong)

    async def _with_pictures(self, line: Line, planned: Planned) -> tuple[dict[str, Product], list[Wrong]]:
        products, wrong = dict(planned.products), list(planned.wrong)
        for id, picture in (await self.pictures.fetch_all(line, planned.pictures)).items():
            if isinstance(picture, GraphError):
                wrong.append(Wrong(planned.lines.get(id, 0), id[:100], picture.details))
                del products[id]
            else:
                products[id] = replace(products[id], picture=picture)
        return products, wrong


def with_few_pictures(planned: Planned, *, most: int) -> Planned:
    """Leave out products whose pictures are too many for one batch."""
    first = dict(list(planned.pictures.items())[:most])
    over = planned.pictures.keys() - first.keys()
    why = f"A batch may have {PICTURES} pictures: send the rest in another."
    wrong = [Wrong(planned.lines.get(id, 0), id[:100], why) for id in planned.pictures if id in over]
    products = {id: product for id, product in planned.products.items() if id not in over}
    return replace(planned, products=products, pictures=first, wrong=(*planned.wrong, *wrong))


async def _keep_what_fits(line: Line, products: Mapping[str, Product], *, planned: Planned) -> list[Wrong]:
    """Keep all, or where the catalogue gets full what was in it before, and the first of what is new."""
    try:
        await line.goods.change([*products.values()], without=[*planned.without])
        return []
    except TooManyProducts as full:
        new = [id for id, product in products.items() if not product.number]
        over = dict.fromkeys(new[full.room :])
        fits = {id: product for id, product in products.items() if id not in over}
        await _keep(line, fits, without=planned.without)
        return [Wrong(planned.lines.get(id, 0), id[:100], FULL) for id in over]


async def _keep(line: Line, products: Mapping[str, Product], *, without: Collection[str]) -> None:
    try:
        await line.goods.change([*products.values()], without=[*without])
    except TooManyProducts:
        raise GraphError(100, FULL) from None


async def _planned(line: Line, changes: Sequence[Change], *, upsert: bool = True) -> Planned:
    return plan(changes, await line.goods.of([change.id for change in changes]), upsert=upsert)

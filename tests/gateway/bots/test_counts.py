"""Counting holds however many come at once, and an unit that is refused counts nothing."""

import asyncio

import pytest

from amanat.db.tx import Tx
from amanat.gateway.bots.counts import COUNTS, count, need
from tests.gateway.service.bot_at_work import BotAtWork


class _Full(Exception):
    pass


async def test_a_bound_holds_for_those_who_come_at_once(on_both: BotAtWork) -> None:
    store = on_both.ground.store

    def add(tx: Tx) -> None:
        if count(tx, "products", more=1) > 3:
            raise _Full

    came = [store.write(add, needs=[need("products")]) for _ in range(10)]
    outcomes = await asyncio.gather(*came, return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["NoneType"] * 3 + ["_Full"] * 7

    def look(tx: Tx) -> int:
        row = tx.get(COUNTS, "products")
        return row.number if row else 0

    assert await store.write(look, needs=[need("products")]) == 3
    with pytest.raises(_Full):
        await store.write(add, needs=[need("products")])

"""Stored filters: the same filter is kept once, and there is an end to them."""

import pytest

from amanat.core.errors import ResourceLimitExceeded
from amanat.core.requester import Requester
from amanat.handlers.filters import MAX_FILTERS, Filters
from amanat.store.store import Store

ALICE = Requester(user_id="@alice:localhost", device_id="A", token_hash=b"")


async def test_the_same_filter_has_the_same_id(store: Store) -> None:
    filters = Filters(store)

    first = await filters.define(ALICE, content={"room": {"timeline": {"limit": 5}}})
    again = await filters.define(ALICE, content={"room": {"timeline": {"limit": 5}}})

    found = await filters.find(ALICE.user_id, filter_id=first)
    assert first == again
    assert found is not None
    assert found.timeline_limit == 5
    assert await filters.find("@bob:localhost", filter_id=first) is None


async def test_there_is_an_end_to_filters(store: Store) -> None:
    filters = Filters(store)
    for limit in range(MAX_FILTERS):
        await filters.define(ALICE, content={"room": {"timeline": {"limit": limit}}})

    with pytest.raises(ResourceLimitExceeded):
        await filters.define(ALICE, content={"room": {"timeline": {"limit": -1}}})

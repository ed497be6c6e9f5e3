"""Stored filters. Spec: client-server-api#filtering."""

import hashlib
from collections import OrderedDict
from typing import Any

import msgspec
from prometheus_client import Gauge

from amanat.core import canonical_json, filters
from amanat.core.errors import ResourceLimitExceeded
from amanat.core.filters import Filter
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.handlers.sync_scope import ReadyFilter, ready
from amanat.store.account_data import FILTER_BY_ID, FILTER_COUNT, FILTERS, FILTERS_OF_USER, FilterRow
from amanat.store.store import Store

MAX_FILTERS = 200
"""Filters one person may keep; an app uses one or two, and the same one is kept once."""
_CACHED = 5_000
"""Filters in memory, some 3 KB each ready for use; every sync asks for one."""
CACHED = Gauge("amanat_handlers_filters_entries", "Filters kept in memory.")


class Filters:
    """Keeps people's filters. A filter's id is a hash of it, so it never changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cache: OrderedDict[tuple[str, str], ReadyFilter] = OrderedDict()
        CACHED.set_function(self._cache.__len__)

    async def define(self, requester: Requester, *, content: dict[str, Any]) -> str:
        """Keep a filter and return its id; raises BadJson if it is malformed."""
        filters.read(content, Filter)
        encoded = canonical_json.encode(content)
        filter_id = hashlib.sha256(encoded).hexdigest()[:16]
        held = await self._store.first(FILTER_COUNT, user_id=requester.user_id)
        is_full = held is not None and held.count >= MAX_FILTERS
        if is_full and await self.find(requester.user_id, filter_id=filter_id) is None:
            raise ResourceLimitExceeded(f"One person may keep {MAX_FILTERS} filters.")

        def keep(tx: Tx) -> None:
            tx.put(FILTERS, FilterRow(requester.user_id, filter_id, encoded))

        await self._store.write(keep)
        return filter_id

    async def content(self, user_id: str, *, filter_id: str) -> dict[str, Any] | None:
        """Return a filter as it was given."""
        row = await self._store.first(FILTER_BY_ID, user_id=user_id, filter_id=filter_id)
        if row is None:
            return None
        content: dict[str, Any] = msgspec.json.decode(row.content)
        return content

    async def find(self, user_id: str, *, filter_id: str) -> ReadyFilter | None:
        """Return a filter by its id, ready for use."""
        key = (user_id, filter_id)
        found = self._cache.get(key)
        if found is not None:
            self._cache.move_to_end(key)
            return found
        content = await self.content(user_id, filter_id=filter_id)
        if content is None:
            return None
        found = self._cache[key] = ready(filters.read(content, Filter))
        if len(self._cache) > _CACHED:
            self._cache.popitem(last=False)
        return found

    async def forget_all(self, user_id: str) -> None:
        """Delete a person's filters: their account has ended."""
        rows = await self._store.all(FILTERS_OF_USER, user_id=user_id)

        def run(tx: Tx) -> None:
            for row in rows:
                tx.delete(FILTERS, row.user_id, row.filter_id)

        await self._store.write(run)

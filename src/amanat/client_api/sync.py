"""`/sync`. Spec: client-server-api#get_matrixclientv3sync."""

from functools import lru_cache
from typing import Any

from amanat.core import canonical_json, filters, stream_token
from amanat.core.errors import BadJson, InvalidParam, NotFound
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.filters import Filters
from amanat.handlers.sync import Sync, SyncRequest
from amanat.handlers.sync_scope import NO_FILTER, ReadyFilter, ready

MAX_TIMEOUT_MS = 120_000
"""Longer than any client asks for; proxies give up sooner."""
MAX_REMEMBERED = 2048
"""Longest filter, in characters, that is kept ready for the next poll."""
_PRESENCE = frozenset({"online", "offline", "unavailable"})


class SyncRoutes:
    """The long poll."""

    def __init__(self, sync: Sync, *, stored_filters: Filters) -> None:
        self._sync = sync
        self._stored_filters = stored_filters

    @get("/_matrix/client/v3/sync", limit="sync", spec="sync")
    async def sync(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with what has changed, once something has."""
        since = request.query("since")
        presence = request.query("set_presence")
        if presence is not None and presence not in _PRESENCE:
            raise InvalidParam("`set_presence` is online, offline or unavailable.")
        asked = SyncRequest(
            since=None if not since else stream_token.parse(since),
            timeout_ms=request.query_int("timeout", 0, minimum=0, maximum=MAX_TIMEOUT_MS),
            filter=await self._filter(request, requester),
            full_state=request.query_bool("full_state"),
            state_after=request.query_bool("use_state_after")
            or request.query_bool("org.matrix.msc4222.use_state_after"),
            presence=presence,
        )
        return await self._sync.sync(requester, asked, hang_up=request.on_disconnect)

    async def _filter(self, request: Request, requester: Requester) -> ReadyFilter:
        """Read the filter: JSON in the query, or the id of a stored one."""
        value = request.query("filter")
        if not value:
            return NO_FILTER
        if not value.startswith("{"):
            stored = await self._stored_filters.find(requester.user_id, filter_id=value)
            if stored is None:
                raise NotFound("There is no filter with that id.")
            return ready(stored)
        return _inline(value) if len(value) <= MAX_REMEMBERED else _inline.__wrapped__(value)


@lru_cache(maxsize=1024)
def _inline(value: str) -> ReadyFilter:
    """Read a filter that stands in the query. An app sends the same one with every poll."""
    content = canonical_json.decode(value.encode())
    if not isinstance(content, dict):
        raise BadJson("A filter is a JSON object.")
    return ready(filters.read(content, filters.Filter))

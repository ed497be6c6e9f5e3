"""`/sync`. Spec: client-server-api#get_matrixclientv3sync."""

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from amanat.core import canonical_json, filters, stream_token
from amanat.core.errors import BadJson, InvalidParam, NotFound
from amanat.core.requester import Requester
from amanat.edge.percent import decode
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.filters import Filters
from amanat.handlers.sync import Sync, SyncRequest, Wishes
from amanat.handlers.sync_scope import NO_FILTER, ReadyFilter, ready

MAX_TIMEOUT_MS = 120_000
"""Longer than any client asks for; proxies give up sooner."""
MAX_REMEMBERED = 2048
"""Longest query, in characters, that is kept ready for the next poll."""
_REMEMBERED = 1024
"""Queries that are kept, at some 4 KB each with their filter."""
_SINCE = re.compile(r"(?:^|&)since=([^&]*)")
_PRESENCE = frozenset({"online", "offline", "unavailable"})


class _Asked(Struct, frozen=True):
    """A query but for its `since`; where `stored_filter` names one, it takes the place of the wishes' own."""

    wishes: Wishes
    stored_filter: str | None


class SyncRoutes:
    """The long poll."""

    def __init__(self, sync: Sync, *, stored_filters: Filters) -> None:
        self._sync = sync
        self._stored_filters = stored_filters
        self._asked: dict[str, _Asked] = {}

    @get("/_matrix/client/v3/sync", limit="sync", spec="sync")
    async def sync(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with what has changed, once something has."""
        query = request.query_string
        since = _SINCE.search(query)
        # An app's queries differ in nothing else, so the rest of it is read once.
        rest = query if since is None else query[: since.start()] + query[since.end() :]
        asked = self._asked.get(rest) or self._remember(rest, _read(request))
        wishes = asked.wishes
        if asked.stored_filter is not None:
            wishes = replace(wishes, filter=await self._stored(requester, asked.stored_filter))
        token = request.query("since") if since is None else decode(since[1])
        poll = SyncRequest(stream_token.parse(token) if token else None, wishes)
        return await self._sync.sync(requester, poll, hang_up=request.on_disconnect)

    def _remember(self, rest: str, asked: _Asked) -> _Asked:
        if len(rest) <= MAX_REMEMBERED:
            self._asked[rest] = asked
            if len(self._asked) > _REMEMBERED:
                del self._asked[next(iter(self._asked))]
        return asked

    async def _stored(self, requester: Requester, filter_id: str) -> ReadyFilter:
        found = await self._stored_filters.find(requester.user_id, filter_id=filter_id)
        if found is None:
            raise NotFound("There is no filter with that id.")
        return found


def _read(request: Request) -> _Asked:
    presence = request.query("set_presence")
    if presence is not None and presence not in _PRESENCE:
        raise InvalidParam("`set_presence` is online, offline or unavailable.")
    chosen = request.query("filter")
    stored = chosen if chosen and not chosen.startswith("{") else None
    wishes = Wishes(
        timeout_ms=request.query_int("timeout", 0, minimum=0, maximum=MAX_TIMEOUT_MS),
        filter=_inline(chosen) if chosen and not stored else NO_FILTER,
        full_state=request.query_bool("full_state"),
        state_after=request.query_bool("use_state_after") or request.query_bool("org.matrix.msc4222.use_state_after"),
        presence=presence,
    )
    return _Asked(wishes, stored)


def _inline(value: str) -> ReadyFilter:
    """Read a filter that stands in the query."""
    content = canonical_json.decode(value.encode())
    if not isinstance(content, dict):
        raise BadJson("A filter is a JSON object.")
    return ready(filters.read(content, filters.Filter))

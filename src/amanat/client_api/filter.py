"""Stored filters. Spec: client-server-api#filtering."""

from typing import Any

from amanat.client_api.own import check_own
from amanat.core.errors import BadJson, NotFound
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.filters import Filters


class FilterRoutes:
    """`/filter`."""

    def __init__(self, filters: Filters) -> None:
        self._filters = filters

    @post("/_matrix/client/v3/user/{userId}/filter", spec="defineFilter")
    async def define_filter(self, request: Request, requester: Requester) -> dict[str, str]:
        """Keep a filter."""
        check_own(request, requester)
        content = await request.json()
        if not isinstance(content, dict):
            raise BadJson("A filter is a JSON object.")
        return {"filter_id": await self._filters.define(requester, content=content)}

    @get("/_matrix/client/v3/user/{userId}/filter/{filterId}", spec="getFilter")
    async def get_filter(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with a filter."""
        check_own(request, requester)
        filter_id = request.params["filterId"]
        content = await self._filters.content(requester.user_id, filter_id=filter_id) if fits(filter_id) else None
        if content is None:
            raise NotFound("There is no filter with that id.")
        return content

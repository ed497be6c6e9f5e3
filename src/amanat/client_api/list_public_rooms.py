"""`/publicRooms`, to whoever has an account: an organisation's rooms are not for the whole Internet.

Spec: client-server-api#published-room-directory.
"""

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.directory_page import BEGINNING, Place, parse
from amanat.core.errors import Forbidden, InvalidParam
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.directory import PAGE, Directory, Found, Search


class FilterBody(Struct):
    generic_search_term: str | None = None
    room_types: list[str | None] | None = None


class SearchBody(Struct):
    limit: int | None = None
    since: str | None = None
    filter: FilterBody | None = None
    include_all_networks: bool = False
    third_party_instance_id: str | None = None


class ListPublicRoomsRoutes:
    """The published room directory."""

    def __init__(self, directory: Directory, *, server_name: str) -> None:
        self._directory = directory
        self._server_name = server_name

    @get("/_matrix/client/v3/publicRooms", limit="directory", spec="getPublicRooms")
    async def get_public_rooms(self, request: Request, _requester: Requester) -> Found:
        """List rooms."""
        self._refuse_other_servers(request)
        limit = request.query_int("limit", PAGE, minimum=0, maximum=PAGE)
        return await self._directory.search(Search(place=_place(request.query("since")), limit=limit or PAGE))

    @post("/_matrix/client/v3/publicRooms", limit="directory", spec="queryPublicRooms")
    async def query_public_rooms(self, request: Request, _requester: Requester) -> Found:
        """Search among the listed rooms."""
        self._refuse_other_servers(request)
        body = await request.struct(SearchBody)
        if body.third_party_instance_id is not None and not body.include_all_networks:
            return Found(chunk=[], total_room_count_estimate=0)  # no other network is bridged here
        if body.limit is not None and body.limit < 0:
            raise InvalidParam("`limit` must not be negative.")
        search = Search(place=_place(body.since), limit=min(body.limit or PAGE, PAGE))
        if body.filter is not None:
            search = replace(search, term=body.filter.generic_search_term or "", room_types=body.filter.room_types)
        return await self._directory.search(search)

    def _refuse_other_servers(self, request: Request) -> None:
        if request.query("server") not in (None, "", self._server_name):
            raise Forbidden("This server does not federate: it knows only its own rooms.")


def _place(since: str | None) -> Place:
    if not since:
        return BEGINNING
    place = parse(since)
    if place is None:
        raise InvalidParam("`since` is not a token of this directory.")
    return place

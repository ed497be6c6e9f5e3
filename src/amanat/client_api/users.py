"""The user directory. Spec: client-server-api#user-directory."""

from typing import Any

from msgspec import Struct

from amanat.core.errors import InvalidParam
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.users import Person, UserDirectory


class _Search(Struct, frozen=True, kw_only=True):
    search_term: str
    limit: int = 10


class UserRoutes:
    """`/user_directory/search`."""

    def __init__(self, directory: UserDirectory) -> None:
        self._directory = directory

    @post("/_matrix/client/v3/user_directory/search", limit="directory", spec="searchUserDirectory")
    async def search(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Find people."""
        body = await request.struct(_Search)
        if body.limit < 1:
            raise InvalidParam("The limit is at least 1.")
        found, limited = await self._directory.search(requester, term=body.search_term, limit=body.limit)
        return {"results": [_result(person) for person in found], "limited": limited}


def _result(person: Person) -> dict[str, Any]:
    result = {"user_id": person.user_id}
    if person.appearance.displayname:
        result["display_name"] = person.appearance.displayname
    if person.appearance.avatar_url:
        result["avatar_url"] = person.appearance.avatar_url
    return result

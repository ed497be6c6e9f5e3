"""Account data, global and per room. Spec: client-server-api#client-config."""

from typing import Any

from msgspec import Raw

from amanat.client_api.own import check_own
from amanat.core.errors import BadJson, InvalidParam, NotFound
from amanat.core.identifiers import is_room_id
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get, put
from amanat.handlers.account_data import RULES, AccountData
from amanat.handlers.pushrules import PushRules


class AccountDataRoutes:
    """`/account_data`. The push rules can be read here too."""

    def __init__(self, account_data: AccountData, *, push_rules: PushRules) -> None:
        self._account_data = account_data
        self._push_rules = push_rules

    @put("/_matrix/client/v3/user/{userId}/account_data/{type}", spec="setAccountData")
    async def set_account_data(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Set one type."""
        check_own(request, requester)
        await self._account_data.put(requester, data_type=request.params["type"], content=await _content(request))
        return {}

    @get("/_matrix/client/v3/user/{userId}/account_data/{type}", spec="getAccountData")
    async def get_account_data(self, request: Request, requester: Requester) -> Any:
        """Answer with one type."""
        check_own(request, requester)
        data_type = request.params["type"]
        if data_type == RULES:
            return await self._push_rules.content(requester)
        return _found(await self._account_data.get(requester.user_id, data_type=data_type))

    @put("/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}", spec="setAccountDataPerRoom")
    async def set_room_account_data(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Set one type about a room."""
        check_own(request, requester)
        await self._account_data.put(
            requester,
            room_id=_room_id(request),
            data_type=request.params["type"],
            content=await _content(request),
        )
        return {}

    @get("/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}", spec="getAccountDataPerRoom")
    async def get_room_account_data(self, request: Request, requester: Requester) -> Raw:
        """Answer with one type about a room."""
        check_own(request, requester)
        data_type = request.params["type"]
        return _found(await self._account_data.get(requester.user_id, room_id=_room_id(request), data_type=data_type))


def _room_id(request: Request) -> str:
    room_id = request.params["roomId"]
    if not is_room_id(room_id):
        raise InvalidParam("This is no room id.")
    return room_id


async def _content(request: Request) -> dict[str, Any]:
    content = await request.json()
    if not isinstance(content, dict):
        raise BadJson("Account data is a JSON object.")
    return content


def _found(content: Raw | None) -> Raw:
    if content is None:
        raise NotFound("You keep no account data of that type.")
    return content

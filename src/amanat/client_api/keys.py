"""Publishing, looking up and claiming keys. Spec: client-server-api#key-management-api."""

from typing import Any

from msgspec import Struct

from amanat.core import stream_token
from amanat.core.one_time_keys import ALGORITHM
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.device_lists import DeviceLists
from amanat.handlers.key_claims import KeyClaims
from amanat.handlers.key_query import KeyQuery
from amanat.handlers.keys import Keys, Upload

MANY_DEVICES = 2 * 1024 * 1024
"""Bytes that name ten thousand devices, twice what a large room has."""


class _Query(Struct, frozen=True, kw_only=True):
    device_keys: dict[str, list[str]]


class _Claim(Struct, frozen=True, kw_only=True):
    one_time_keys: dict[str, dict[str, str]]


class KeyRoutes:
    """`/keys/upload`, `/keys/query`, `/keys/claim` and `/keys/changes`."""

    def __init__(self, keys: Keys, *, query: KeyQuery, claims: KeyClaims, device_lists: DeviceLists) -> None:
        self._keys = keys
        self._query = query
        self._claims = claims
        self._device_lists = device_lists

    @post("/_matrix/client/v3/keys/upload", body_limit=1024 * 1024, spec="uploadKeys")
    async def upload(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Publish keys of the requester's device."""
        left = await self._keys.upload(requester, await request.struct(Upload))
        return {"one_time_key_counts": {ALGORITHM: left}}

    @post("/_matrix/client/v3/keys/query", body_limit=MANY_DEVICES, spec="queryKeys")
    async def query(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Return people's keys."""
        body = await request.struct(_Query)
        return await self._query.query(requester.user_id, body.device_keys)

    @post("/_matrix/client/v3/keys/claim", body_limit=MANY_DEVICES, limit="keys_claim", spec="claimKeys")
    async def claim(self, request: Request, _requester: Requester) -> dict[str, Any]:
        """Take one-time keys."""
        body = await request.struct(_Claim)
        return await self._claims.claim(body.one_time_keys)

    @get("/_matrix/client/v3/keys/changes", spec="getKeysChanges")
    async def changes(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Say whose keys changed between two syncs."""
        start = stream_token.parse(request.query_required("from"))
        end = stream_token.parse(request.query_required("to"))
        return await self._device_lists.between(requester, start=start, end=end)

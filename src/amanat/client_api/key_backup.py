"""Key backup. Spec: client-server-api#server-side-key-backups."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from itertools import groupby
from typing import Any

import msgspec

from amanat.core.errors import BadJson
from amanat.core.key_backup import BackupInfo
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.responses import JSON_HEADERS, Stream
from amanat.edge.routes import delete, get, post, put
from amanat.handlers.backed_up_keys import BackedUpKeys, StoredKey, Which
from amanat.handlers.key_backup import KeyBackups

VERSION = "/_matrix/client/v3/room_keys/version"
KEYS = "/_matrix/client/v3/room_keys/keys"
MAX_BODY = 8 * 1024 * 1024
"""Ten thousand keys of 800 bytes; clients send a hundred or two at a time."""

_encode = msgspec.json.Encoder().encode


class KeyBackupRoutes:
    """`/room_keys`."""

    def __init__(self, versions: KeyBackups, *, keys: BackedUpKeys) -> None:
        self._versions = versions
        self._keys = keys

    # Versions

    @post(VERSION, spec="postRoomKeysVersion")
    async def create(self, request: Request, requester: Requester) -> dict[str, str]:
        """Begin a new backup."""
        info = await request.struct(BackupInfo)
        return {"version": await self._versions.create(requester.user_id, info)}

    @get(VERSION, spec="getRoomKeysVersionCurrent")
    async def newest(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """Describe the newest backup."""
        return (await self._versions.newest(requester.user_id)).shown()

    @get(VERSION + "/{version}", spec="getRoomKeysVersion")
    async def describe(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Describe a backup."""
        return (await self._versions.get(requester.user_id, request.params["version"])).shown()

    @put(VERSION + "/{version}", spec="putRoomKeysVersion")
    async def change(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Change what a backup says of itself."""
        info = await request.struct(BackupInfo)
        await self._versions.change(requester.user_id, version=request.params["version"], info=info)
        return {}

    @delete(VERSION + "/{version}", spec="deleteRoomKeysVersion")
    async def delete_version(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Delete a backup with its keys."""
        await self._versions.delete(requester.user_id, request.params["version"])
        return {}

    # Keys

    @put(KEYS, body_limit=MAX_BODY, spec="putRoomKeys")
    async def put_all(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Store keys of several rooms."""
        return await self._put(request, requester, await _object(request))

    @put(KEYS + "/{roomId}", body_limit=MAX_BODY, spec="putRoomKeysByRoomId")
    async def put_room(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Store keys of a room."""
        rooms = {request.params["roomId"]: await _object(request)}
        return await self._put(request, requester, {"rooms": rooms})

    @put(KEYS + "/{roomId}/{sessionId}", spec="putRoomKeyBySessionId")
    async def put_session(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Store the key of a session."""
        sessions = {request.params["sessionId"]: await _object(request)}
        return await self._put(request, requester, {"rooms": {request.params["roomId"]: {"sessions": sessions}}})

    async def _put(self, request: Request, requester: Requester, body: Any) -> dict[str, Any]:
        backup = await self._keys.put(requester.user_id, version=request.query_required("version"), body=body)
        return backup.state()

    @get(KEYS, limit="read", spec="getRoomKeys")
    async def get_all(self, request: Request, requester: Requester) -> Stream:
        """Return all keys of a backup, as they are read: there may be a hundred megabytes of them."""
        pages = await self._keys.pages(_which(request, requester))
        return Stream(200, JSON_HEADERS, _rooms(pages))

    @get(KEYS + "/{roomId}", limit="read", spec="getRoomKeysByRoomId")
    async def get_room(self, request: Request, requester: Requester) -> Stream:
        """Return the keys of a room."""
        pages = await self._keys.pages(_which(request, requester))
        return Stream(200, JSON_HEADERS, _sessions(pages))

    @get(KEYS + "/{roomId}/{sessionId}", limit="read", spec="getRoomKeyBySessionId")
    async def get_session(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Return the key of a session."""
        return (await self._keys.get(_which(request, requester))).body()

    @delete(KEYS, spec="deleteRoomKeys")
    async def delete_all(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Delete all keys of a backup."""
        return (await self._keys.delete(_which(request, requester))).state()

    @delete(KEYS + "/{roomId}", spec="deleteRoomKeysByRoomId")
    async def delete_room(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Delete the keys of a room."""
        return (await self._keys.delete(_which(request, requester))).state()

    @delete(KEYS + "/{roomId}/{sessionId}", spec="deleteRoomKeyBySessionId")
    async def delete_session(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Delete the key of a session."""
        return (await self._keys.delete(_which(request, requester))).state()


async def _object(request: Request) -> dict[str, Any]:
    body = await request.json()
    if not isinstance(body, dict):
        raise BadJson("The body is a JSON object.")
    return body


def _which(request: Request, requester: Requester) -> Which:
    return Which(
        user_id=requester.user_id,
        version=request.query_required("version"),
        room_id=request.params.get("roomId"),
        session_id=request.params.get("sessionId"),
    )


def _members(keys: Sequence[StoredKey]) -> bytes:
    return b",".join(_encode(key.session_id) + b":" + _encode(key.body()) for key in keys)


async def _sessions(pages: AsyncIterator[Sequence[StoredKey]]) -> AsyncGenerator[bytes, None]:
    """Write `{"sessions": {…}}` page by page."""
    yield b'{"sessions":{'
    separator = b""
    async for page in pages:
        yield separator + _members(page)
        separator = b","
    yield b"}}"


async def _rooms(pages: AsyncIterator[Sequence[StoredKey]]) -> AsyncGenerator[bytes, None]:
    """Write `{"rooms": {…}}` page by page; a room may go on in the next page."""
    yield b'{"rooms":{'
    current: str | None = None
    async for page in pages:
        for room_id, of_room in groupby(page, key=lambda key: key.room_id):
            opening = b"," if room_id == current else b"}}," * (current is not None)
            if room_id != current:
                opening += _encode(room_id) + b':{"sessions":{'
            current = room_id
            yield opening + _members(list(of_room))
    yield b"}}}}" if current is not None else b"}}"

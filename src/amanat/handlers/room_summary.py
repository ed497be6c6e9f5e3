"""Rooms as seen by who is not in them, spaces and what is in them, and the rooms that people share.

Spec: client-server-api#get_matrixclientv1room_summaryroomidoralias, client-server-api#discovering-rooms-within-spaces.
"""

from collections.abc import AsyncIterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import Forbidden, InvalidParam, NotFound
from amanat.core.room_summary import is_open_to, summary
from amanat.core.space_hierarchy import Walk, child_state, children
from amanat.store.membership_memory import Memberships
from amanat.store.room_memory import Room
from amanat.store.store import Store

MAX_WALK = 2_000
"""Rooms of a space that pages are made of; a space is a folder, not a catalogue."""
SHARED_PAGE = 1_000
"""Rooms in one answer of those that two people share."""


class RoomSummaries:
    """Tells of rooms to those who may know of them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def summary(self, user_id: str, *, room_id: str) -> dict[str, Any]:
        """Return a room's summary, with what the reader is in it."""
        held = await self._held(user_id)
        room = await self._visible(room_id, held)
        if room is None:
            raise NotFound("There is no such room, or you may not know of it.")
        told = summary(room.content, room_id=room_id, joined=room.row.joined)
        return told | ({"membership": held[room_id].membership} if room_id in held else {})

    async def hierarchy(self, user_id: str, *, room_id: str, walk: Walk, limit: int) -> tuple[list[Any], Walk | None]:
        """Return a page of a space's tree, depth first, and where the next page begins."""
        held = await self._held(user_id)
        root = await self._visible(room_id, held)
        if root is None:
            raise Forbidden("There is no such room, or you may not see it.")
        rooms: list[Any] = []
        index = 0
        async for room in self._tree(root, held, walk):
            if index >= walk.skip + limit:
                return rooms, replace(walk, skip=index)
            if index >= walk.skip:
                rooms.append(_with_children(room, walk))
            index += 1
        return rooms, None

    async def joined(self, user_id: str) -> list[str]:
        """Return the rooms that somebody is in."""
        return _joined(await self._held(user_id))

    async def shared(self, user_id: str, other: str, *, after: str = "") -> "Shared":
        """Return the rooms that two people are in, by id, after one of them."""
        if user_id == other:
            raise InvalidParam("`user_id` is somebody else than you.")
        own, theirs = await self._held(user_id), await self._held(other)
        both = sorted(set(_joined(own)) & set(_joined(theirs)))
        page = [room_id for room_id in both if room_id > after]
        more = page[SHARED_PAGE - 1] if len(page) > SHARED_PAGE else None
        return Shared(joined=page[:SHARED_PAGE], count=len(both), next_batch=more)

    async def _held(self, user_id: str) -> Memberships:
        return await self._store.memberships.get(user_id) or {}

    async def _visible(self, room_id: str, held: Memberships) -> Room | None:
        room = await self._store.rooms.get(room_id)
        membership = held[room_id].membership if room_id in held else "leave"
        if room is None or not is_open_to(room.content, membership=membership, joined_rooms=lambda: _joined(held)):
            return None
        return room

    async def _tree(self, root: Room, held: Memberships, walk: Walk) -> AsyncIterator[Room]:
        """Walk a space depth first; a room that stands in it twice is met once."""
        seen = {root.row.room_id}
        ahead = [(root, 0)]
        while ahead:
            room, depth = ahead.pop()
            yield room
            if depth == walk.max_depth:
                continue
            below = []
            for child in children(room.state, suggested_only=walk.suggested_only):
                room_id = child.state_key or ""
                if room_id in seen or len(seen) > MAX_WALK:
                    continue
                seen.add(room_id)
                visible = await self._visible(room_id, held)
                if visible is not None:
                    below.append((visible, depth + 1))
            ahead += reversed(below)


class Shared(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Spec: client-server-api#get_matrixclientv1mutual_rooms."""

    joined: list[str]
    count: int
    next_batch: str | None = None


def _joined(held: Memberships) -> list[str]:
    return [room_id for room_id, each in held.items() if each.membership == "join"]


def _with_children(room: Room, walk: Walk) -> dict[str, Any]:
    below = children(room.state, suggested_only=walk.suggested_only)
    told = summary(room.content, room_id=room.row.room_id, joined=room.row.joined)
    return told | {"children_state": [child_state(child) for child in below]}

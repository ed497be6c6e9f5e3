"""The public directory: which rooms stand in it, and finding one. Spec: client-server-api#published-room-directory."""

from collections.abc import Collection
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.directory_page import BEGINNING, Place
from amanat.core.errors import Forbidden, NotFound
from amanat.core.requester import Requester
from amanat.core.room_classes import of_create
from amanat.core.room_summary import listing, matches
from amanat.db.tx import Need, Tx
from amanat.handlers.append import Appender
from amanat.handlers.gatekeeper import Gatekeeper
from amanat.store.directory import LISTED_AFTER, LISTED_BEFORE, LISTED_COUNT
from amanat.store.room_memory import Room
from amanat.store.rooms import MEMBERS, ROOMS, RoomRow
from amanat.store.store import Store

PAGE = 100
"""Rooms read at a time, and the most that one answer holds."""
MAX_SEEN = 1_000
"""Rooms that one search looks at; what is further on is behind `next_batch`."""


class Search(Struct, frozen=True, kw_only=True):
    """What somebody looks for in the directory."""

    place: Place = BEGINNING
    limit: int = PAGE
    term: str = ""
    room_types: Collection[str | None] | None = None


class Found(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page of the directory. Spec: client-server-api#get_matrixclientv3publicrooms."""

    chunk: list[dict[str, Any]]
    total_room_count_estimate: int
    next_batch: str | None = None
    prev_batch: str | None = None


class Directory:
    """Lists rooms, and finds them."""

    def __init__(self, store: Store, *, appender: Appender, gatekeeper: Gatekeeper) -> None:
        self._store = store
        self._appender = appender
        self._gatekeeper = gatekeeper

    async def is_listed(self, room_id: str) -> bool:
        """Whether a room stands in the directory."""
        room = await self._store.rooms.get(room_id)
        if room is None:
            raise NotFound("There is no such room on this server.")
        return bool(room.row.listed)

    async def set_listed(self, requester: Requester, *, room_id: str, listed: bool) -> None:
        """Put a room into the directory or take it out; a room of a private class is never in it."""
        await self.is_listed(room_id)

        def run(tx: Tx) -> None:
            room = self._appender.room(tx, room_id)
            assert room is not None, "A room that there was stays."
            self._refuse(tx, room, requester, listed=listed)
            if room.row.listed == listed:
                return
            row = replace(room.row, listed=int(listed))
            tx.put(ROOMS, row)
            tx.stage(self._store.rooms, room_id, replace(room, row=row))

        needs: list[Need] = [(self._store.rooms, room_id), (MEMBERS, (room_id, requester.user_id))]
        await self._store.write(run, needs=needs)

    async def search(self, search: Search) -> Found:
        """Return a page of the directory."""
        count = await self._store.first(LISTED_COUNT)
        found, place, more = await self._walk(search)
        if search.place.backwards:
            found.reverse()
        beyond = place if more else None
        behind = None if search.place == BEGINNING else _turned(search.place, found)
        following, preceding = (behind, beyond) if search.place.backwards else (beyond, behind)
        return Found(
            chunk=[entry for _, entry in found],
            total_room_count_estimate=count.count if count is not None else 0,
            next_batch=None if following is None else str(following),
            prev_batch=None if preceding is None else str(preceding),
        )

    async def _walk(self, search: Search) -> tuple[list[tuple[RoomRow, dict[str, Any]]], Place, bool]:
        """Return what was found in the direction asked for, where it ends, and whether there is more beyond."""
        found: list[tuple[RoomRow, dict[str, Any]]] = []
        place, seen, backwards = search.place, 0, search.place.backwards
        while seen < MAX_SEEN:
            query = LISTED_BEFORE if backwards else LISTED_AFTER
            rows = await self._store.all(query, joined=place.joined, room_id=place.room_id, max_rows=PAGE)
            for row in rows:
                entry = await self._entry(row)
                if entry is None or not matches(entry, term=search.term, room_types=search.room_types):
                    continue
                if len(found) == search.limit:
                    return found, place, True
                found.append((row, entry))
                place = Place(joined=row.joined, room_id=row.room_id, backwards=backwards)
            if len(rows) < PAGE:
                return found, place, False
            last = rows[-1]
            place = Place(joined=last.joined, room_id=last.room_id, backwards=backwards)
            seen += len(rows)
        return found, place, True

    async def _entry(self, row: RoomRow) -> dict[str, Any] | None:
        room = await self._store.rooms.get(row.room_id)
        return None if room is None else listing(room.content, room_id=row.room_id, joined=row.joined)

    def _refuse(self, tx: Tx, room: Room, requester: Requester, *, listed: bool) -> None:
        levels = room.power_levels
        member = tx.get(MEMBERS, room.row.room_id, requester.user_id)
        if not requester.is_admin:
            if member is None or member.membership != "join":
                raise Forbidden("You are not in this room.")
            if levels.of_user(requester.user_id) < levels.for_event("m.room.canonical_alias", is_state=True):
                raise Forbidden("To list a room takes the power to set its main alias.")
        room_class = of_create(room.content("m.room.create"))
        if listed and not room_class.listed and not self._gatekeeper.open_for_lab:
            raise Forbidden(f"A {room_class.name} room is never listed.")


def _turned(place: Place, found: list[tuple[RoomRow, dict[str, Any]]]) -> Place:
    """Return the place from which the page is read the other way: before its first room, or after its last."""
    if not found:
        return replace(place, backwards=not place.backwards)
    row = found[-1][0] if place.backwards else found[0][0]
    return Place(joined=row.joined, room_id=row.room_id, backwards=not place.backwards)

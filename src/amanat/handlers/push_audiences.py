"""Which members of a room have pushers, in memory: read once for a room, then kept by what happens in it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from amanat.store.events import EventRow
from amanat.store.pushers import IN_ROOM_WITH_PUSHERS, PUSHERS_OF_USER
from amanat.store.store import Store

MAX_PEOPLE: Final = 500_000
"""Members of rooms that are kept, about 100 bytes each; a room that nobody is in counts as one."""


class PushAudiences:
    """Knows whom an event may be pushed to. Events of a room are shown to it in their order."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rooms: dict[str, set[str]] = {}
        self._people = 0

    async def of(self, row: EventRow, content: Mapping[str, Any]) -> list[str]:
        """Return who has a pusher and hears of an event: the room's members, and who is invited by it."""
        readers = await self._in_room(row.room_id)
        if row.type != "m.room.member" or row.state_key is None:
            return list(readers)
        membership, concerned, before = content.get("membership"), row.state_key, len(readers)
        has_pusher = bool(await self._store.all(PUSHERS_OF_USER, user_id=concerned))
        if membership == "join" and has_pusher:
            readers.add(concerned)
        else:
            readers.discard(concerned)
        self._people += len(readers) - before
        return [concerned] if membership == "invite" and has_pusher else []

    def forget(self, rooms: Iterable[str] | None) -> None:
        """Forget rooms whose members' pushers have changed; `None` stands for any room."""
        for room_id in list(self._rooms) if rooms is None else rooms:
            self._let_go(room_id)

    async def _in_room(self, room_id: str) -> set[str]:
        held = self._rooms.pop(room_id, None)
        if held is None:
            found = await self._store.all(IN_ROOM_WITH_PUSHERS, room_id=room_id)
            held = {row.user_id for row in found}
            self._people += len(held) + 1
        self._rooms[room_id] = held
        while self._people > MAX_PEOPLE and len(self._rooms) > 1:
            self._let_go(next(iter(self._rooms)))
        return held

    def _let_go(self, room_id: str) -> None:
        held = self._rooms.pop(room_id, None)
        if held is not None:
            self._people -= len(held) + 1

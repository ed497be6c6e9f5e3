"""What a joined room in a sync has besides events: receipts and typing, account data, unread counts and a summary."""

from typing import Any

from msgspec import Raw

from amanat.core import events
from amanat.handlers.receipts import Receipts, receipt_events
from amanat.handlers.sync_scope import Events, Scope
from amanat.handlers.typing import Typing
from amanat.handlers.unread_counts import unread_of
from amanat.store.history import StateEventRow
from amanat.store.receipts import RECEIPTS_OF_ROOMS, ReceiptRow
from amanat.store.rooms import HEROES, HEROES_OF_ROOMS, ROOMS_BY_IDS, RoomRow
from amanat.store.store import Store

_NAMES = {"m.room.name": "name", "m.room.canonical_alias": "alias"}
"""What names a room, and the key of the content that does."""


SMALL_ROOM = 50
"""Members up to which all of a room are read to find its heroes, together with other rooms'."""
MAX_HEROES = 5
"""Spec: client-server-api#get_matrixclientv3sync."""


class RoomExtras:
    """Collects the rest of a room's part."""

    def __init__(self, store: Store, *, receipts: Receipts, typing: Typing) -> None:
        self._store = store
        self._receipts = receipts
        self._typing = typing

    async def of(
        self, scope: Scope, room_id: str, *, members_changed: bool, receipts: list[Raw] | None = None
    ) -> dict[str, Any]:
        """Return the fields of `RoomPart` that are not its events or state; `receipts` where they are known already."""
        fields: dict[str, Any] = await self._unread(scope, room_id)
        # Mostly nobody has read or typed anything.
        if receipts is None or receipts or room_id in scope.typing:
            ephemeral = await self._ephemeral(scope, room_id, receipts)
            if ephemeral:
                fields["ephemeral"] = Events(ephemeral)
        if room_id in scope.room_account_data:
            fields["account_data"] = Events(scope.room_account_data[room_id])
        if members_changed:
            room = await self._store.rooms.get(room_id)
            if room is not None:
                summary = fields["summary"] = _summary(room.row)
                if not any(room.content(name).get(_NAMES[name]) for name in _NAMES):
                    summary["m.heroes"] = await self._heroes(room_id, scope.user_id)
        return fields

    async def of_whole(self, scope: Scope, rooms: dict[str, list[StateEventRow]]) -> dict[str, dict[str, Any]]:
        """Return the fields of rooms that are told whole, given their state."""
        room_ids = list(rooms)
        await self._store.heads.get_many(room_ids)
        await self._store.standings.get_many([(room_id, scope.user_id) for room_id in room_ids])
        counted = {row.room_id: row for row in await self._store.all(ROOMS_BY_IDS, room_ids=room_ids)}
        moved = await self._store.all(RECEIPTS_OF_ROOMS, room_ids=room_ids, after=0, upto=scope.now.room)
        heroes = await self._heroes_of(counted, scope.user_id)
        told: dict[str, dict[str, Any]] = {}
        for room_id, state in rooms.items():
            receipts = receipt_events([row for row in moved if row.room_id == room_id], reader=scope.user_id)
            fields = await self.of(scope, room_id, members_changed=False, receipts=receipts)
            summary = _summary(counted[room_id])
            if not any(row.type in _NAMES and _has_name(row) for row in state):
                summary["m.heroes"] = heroes.get(room_id) or await self._heroes(room_id, scope.user_id)
            told[room_id] = fields | {"summary": summary}
        return told

    async def _heroes_of(self, rooms: dict[str, RoomRow], user_id: str) -> dict[str, list[str]]:
        """Return the heroes of those rooms that are small enough to read all their members at once."""
        small = [room_id for room_id, row in rooms.items() if row.joined + row.invited <= SMALL_ROOM]
        present: dict[str, list[str]] = {}
        for row in await self._store.all(HEROES_OF_ROOMS, room_ids=small, user_id=user_id):
            if row.membership in ("join", "invite"):
                present.setdefault(row.room_id, []).append(row.user_id)
        return {room_id: people[:MAX_HEROES] for room_id, people in present.items()}

    async def receipts_moved(self, room_id: str, *, after: int, upto: int) -> list[ReceiptRow]:
        """Return the receipts of a room that moved in (after, upto]."""
        return await self._receipts.moved(room_id, after=after, upto=upto)

    async def _ephemeral(self, scope: Scope, room_id: str, receipts: list[Raw] | None) -> list[Raw]:
        through = scope.filter.ephemeral
        shown: list[Raw] = []
        if through is None or through.allows("m.receipt"):
            if receipts is None:
                moved = await self._receipts.moved(room_id, after=scope.after, upto=scope.now.room)
                receipts = receipt_events(moved, reader=scope.user_id)
            shown += receipts
        if room_id in scope.typing and (through is None or through.allows("m.typing")):
            shown.append(self._typing.event(room_id))
        return shown

    async def _unread(self, scope: Scope, room_id: str) -> dict[str, Any]:
        head = await self._store.heads.get(room_id)
        if head is None:
            return {}
        unread = await unread_of(self._store, user_id=scope.user_id, room_id=room_id, head=head, ignored=scope.ignored)
        if not scope.filter.threads:
            return {"unread_notifications": unread.whole.body()}
        fields: dict[str, Any] = {"unread_notifications": unread.main.body()}
        if unread.threads:
            fields["unread_thread_notifications"] = {root: count.body() for root, count in unread.threads.items()}
        return fields

    async def _heroes(self, room_id: str, user_id: str) -> list[str]:
        for memberships in (["join", "invite"], ["leave", "ban"]):
            rows = await self._store.all(HEROES, room_id=room_id, user_id=user_id, memberships=memberships)
            if rows:
                return [row.user_id for row in rows]
        return []


def _summary(room: RoomRow) -> dict[str, Any]:
    """Return how many are in the room. Heroes come besides where it has no name of its own."""
    return {"m.joined_member_count": room.joined, "m.invited_member_count": room.invited}


def _has_name(row: StateEventRow) -> bool:
    return bool(events.read(row.json).content.get(_NAMES[row.type]))

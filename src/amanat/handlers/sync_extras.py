"""What a joined room in a sync has besides events: receipts and typing, account data, unread counts and a summary."""

from typing import Any, Protocol

from msgspec import Raw

from amanat.handlers.sync_scope import Events, Scope
from amanat.handlers.unread_counts import unread_of
from amanat.store.receipts import RECEIPTS_OF_USER
from amanat.store.room_memory import Room
from amanat.store.rooms import HEROES
from amanat.store.store import Store


class RoomEphemeral(Protocol):
    """Receipts and typing of a room."""

    async def events(self, scope: Scope, room_id: str) -> list[Raw]:
        """Return the ephemeral events that the reader has not been sent."""
        ...


class RoomAccountData(Protocol):
    """What a person keeps about a room."""

    async def of_room(self, scope: Scope, room_id: str) -> list[Raw]:
        """Return the account data of the room that changed after `scope.since`."""
        ...


class RoomExtras:
    """Collects the rest of a room's part."""

    def __init__(self, store: Store, *, ephemeral: RoomEphemeral, account_data: RoomAccountData) -> None:
        self._store = store
        self._ephemeral = ephemeral
        self._account_data = account_data

    async def of(self, scope: Scope, room_id: str, *, members_changed: bool) -> dict[str, Any]:
        """Return the fields of `RoomPart` that are not its events or state."""
        fields: dict[str, Any] = await self._unread(scope, room_id)
        ephemeral = await self._ephemeral.events(scope, room_id)
        if ephemeral:
            fields["ephemeral"] = Events(ephemeral)
        account_data = await self._account_data.of_room(scope, room_id)
        if account_data:
            fields["account_data"] = Events(account_data)
        if members_changed or scope.since is None:
            room = await self._store.rooms.get(room_id)
            if room is not None:
                fields["summary"] = await self._summary(room, scope.user_id)
        return fields

    async def _unread(self, scope: Scope, room_id: str) -> dict[str, Any]:
        head = await self._store.heads.get(room_id)
        if head is None:
            return {}
        receipts = await self._store.all(RECEIPTS_OF_USER, room_id=room_id, user_id=scope.user_id)
        unread = await unread_of(self._store, user_id=scope.user_id, room_id=room_id, head=head, receipts=receipts)
        if not scope.filter.threads:
            return {"unread_notifications": unread.whole.body()}
        fields: dict[str, Any] = {"unread_notifications": unread.main.body()}
        if unread.threads:
            fields["unread_thread_notifications"] = {root: count.body() for root, count in unread.threads.items()}
        return fields

    async def _summary(self, room: Room, user_id: str) -> dict[str, Any]:
        """Return who is in the room. Heroes name a room that has no name of its own."""
        summary: dict[str, Any] = {
            "m.joined_member_count": room.row.joined,
            "m.invited_member_count": room.row.invited,
        }
        if not room.content("m.room.name").get("name") and not room.content("m.room.canonical_alias").get("alias"):
            summary["m.heroes"] = await self._heroes(room.row.room_id, user_id)
        return summary

    async def _heroes(self, room_id: str, user_id: str) -> list[str]:
        for memberships in (["join", "invite"], ["leave", "ban"]):
            rows = await self._store.all(HEROES, room_id=room_id, user_id=user_id, memberships=memberships)
            if rows:
                return [row.user_id for row in rows]
        return []

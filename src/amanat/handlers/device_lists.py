"""Whose keys must be fetched again, and whose need not be followed any more.

Spec: client-server-api#tracking-the-device-list-for-a-user.
"""

import asyncio
from collections.abc import Collection

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.core.stream_token import StreamToken
from amanat.db.tx import Need, Tx
from amanat.handlers.sync_scope import Rooms, Scope
from amanat.notifier.local import LocalNotifier
from amanat.store.device_lists import (
    DEVICE_LIST_CHANGES,
    DEVICE_LISTS_CHANGED,
    JOINED_TO_ROOM,
    MEMBERS_CHANGED,
    SIGNED_BY,
    SIGNED_PEOPLE,
    WHO_SHARE_ROOMS,
    DeviceListRow,
    SignedPersonRow,
)
from amanat.store.membership_memory import Memberships
from amanat.store.store import Store
from amanat.store.streams import USER_STREAM

PAGE = 500
"""People looked up at once; between two pages others have their turn."""


class Moves(Struct, frozen=True):
    """Who came into a room that the reader is in, or is gone from one that the reader is or was in."""

    came: set[str]
    gone: set[str]


class DeviceLists:
    """Notes that people's devices have changed, and tells those who share a room with them."""

    def __init__(self, store: Store, *, notifier: LocalNotifier) -> None:
        self._store = store
        self._notifier = notifier

    def needs(self, user_id: str) -> list[Need]:
        """Return what `changed` reads."""
        return [(self._store.memberships, user_id)]

    def changed(self, tx: Tx, user_id: str) -> None:
        """Note that a person's devices or cross-signing keys have changed, as part of a unit of work."""
        position = tx.next(USER_STREAM)
        tx.put(DEVICE_LIST_CHANGES, DeviceListRow(user_id, position))
        rooms = _joined(tx.see(self._store.memberships, user_id))
        tx.after_commit(lambda: self._publish(user_id, rooms, position))

    def signed(self, tx: Tx, signer: str, *, target: str) -> None:
        """Note that a person signed another's keys, which is news to nobody but themselves."""
        position = tx.next(USER_STREAM)
        tx.put(SIGNED_PEOPLE, SignedPersonRow(signer, target, position))
        tx.after_commit(lambda: self._notifier.user_changed(signer, position))

    def _publish(self, user_id: str, rooms: Collection[str], position: int) -> None:
        self._notifier.user_changed(user_id, position)
        self._notifier.peers_changed(rooms, position)

    async def of_sync(self, scope: Scope, rooms: Rooms, *, upto: int) -> dict[str, list[str]] | None:
        """Return `changed` and `left` of an incremental sync up to a position; `None` if there is nothing to tell."""
        if scope.from_other_epoch:
            # A new epoch begins with a change of everybody's list (handlers/new_epoch.py).
            return await self._lists(scope.user_id, Moves(set(), set()), after=0, upto=upto)
        if scope.since is None:
            return None
        moves = Moves(
            {change.user_id for change in rooms.member_changes if change.membership == "join"},
            {change.user_id for change in rooms.member_changes if change.membership in ("leave", "ban")},
        )
        for room_id in rooms.entered:
            moves.came.update(await self._joined_to(room_id))
        for room_id in rooms.exited:
            moves.gone.update(await self._joined_to(room_id))
        return await self._lists(scope.user_id, moves, after=scope.since.user, upto=upto)

    async def between(self, requester: Requester, *, start: StreamToken, end: StreamToken) -> dict[str, list[str]]:
        """Return `changed` and `left` between two sync tokens; a token of another epoch is one from the beginning."""
        after_room, after_user = (start.room, start.user) if start.epoch == self._store.epoch else (0, 0)
        moves = await self._moves(requester.user_id, after=after_room, upto=end.room)
        lists = await self._lists(requester.user_id, moves, after=after_user, upto=end.user)
        return lists or {"changed": [], "left": []}

    async def _moves(self, user_id: str, *, after: int, upto: int) -> Moves:
        memberships = await self._store.memberships.get(user_id) or {}
        mine = [room_id for room_id, held in memberships.items() if held.membership == "join" or held.position > after]
        moves = Moves(set(), set())
        for move in await self._store.all(MEMBERS_CHANGED, room_ids=mine, after=after, upto=upto):
            side = moves.came if move.membership == "join" else moves.gone
            if move.user_id == user_id:
                side.update(await self._joined_to(move.room_id))
            else:
                side.add(move.user_id)
        return moves

    async def _lists(self, user_id: str, moves: Moves, *, after: int, upto: int) -> dict[str, list[str]] | None:
        rows = await self._store.all(DEVICE_LISTS_CHANGED, after=after, upto=upto)
        candidates = {row.user_id for row in rows} | moves.came
        sharing = await self._sharing(user_id, candidates | moves.gone)
        signed = await self._store.all(SIGNED_BY, user_id=user_id, after=after, upto=upto)
        changed = (candidates & (sharing | {user_id})) | {row.user_id for row in signed}
        left = moves.gone - sharing - {user_id}
        if not changed and not left:
            return None
        return {"changed": sorted(changed), "left": sorted(left)}

    async def _sharing(self, user_id: str, others: Collection[str]) -> set[str]:
        """Return which of these people are joined to a room that this person is joined to."""
        memory = self._store.memberships
        rooms = _joined(await memory.get(user_id))
        sharing, unknown = set(), []
        for other in others:
            theirs = memory.peek(other)
            if theirs is None:
                unknown.append(other)
            elif not rooms.isdisjoint(_joined(theirs)):
                sharing.add(other)
        for start in range(0, len(unknown), PAGE):
            page = unknown[start : start + PAGE]
            found = await self._store.all(WHO_SHARE_ROOMS, user_ids=page, room_ids=sorted(rooms))
            sharing.update(row.user_id for row in found)
            await asyncio.sleep(0)
        return sharing

    async def _joined_to(self, room_id: str) -> list[str]:
        """Return the members of a room whose devices matter: nobody's, if it is not encrypted."""
        room = await self._store.rooms.get(room_id)
        if room is None or not room.encrypted:
            return []
        return [row.user_id for row in await self._store.all(JOINED_TO_ROOM, room_id=room_id)]


def _joined(memberships: Memberships | None) -> set[str]:
    return {room_id for room_id, held in (memberships or {}).items() if held.membership == "join"}

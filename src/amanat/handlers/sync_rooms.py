"""The rooms of a sync: what a client that stood at `since` must be told to stand at `now`.

A joined room that the client knows is told by its changes, which are made once and shared by everybody who asks for the
same; a room that is new to it is told whole.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Raw

from amanat.core import events, sync
from amanat.core.filters import includes_room, sifted
from amanat.core.receipts import READ_PRIVATE, SENT
from amanat.core.stripped_state import stripped_state
from amanat.handlers.account_data import AccountData, as_event
from amanat.handlers.event_view import EventView, bare
from amanat.handlers.invitations import takes_no_invitations
from amanat.handlers.receipts import receipt_events
from amanat.handlers.sync_changes import Changes, SharedChanges
from amanat.handlers.sync_extras import RoomExtras
from amanat.handlers.sync_scope import Events, MemberChange, ReadyFilter, RoomPart, Rooms, Scope, Timeline
from amanat.handlers.sync_timeline import newest, part_of, timeline_of
from amanat.handlers.sync_whole import WholeRooms
from amanat.handlers.visibility import Sight, sight_of
from amanat.store.account_data import NO_ROOM
from amanat.store.events import (
    EVENTS_BY_IDS,
    SIGHT_EVENTS,
    STATE_AT,
    STATE_CHANGES,
    EventRow,
)
from amanat.store.membership_memory import Membership
from amanat.store.room_memory import Room
from amanat.store.rooms import MEMBER, MEMBER_EVENTS_OF
from amanat.store.store import Store

_TOLD_ALONE = frozenset({"ephemeral", "account_data", "summary"})
"""Parts of a room that are told even if there is no event to tell."""
_encode = msgspec.json.Encoder().encode


class SyncRooms:
    """Makes the rooms section of a sync."""

    def __init__(
        self,
        store: Store,
        *,
        view: EventView,
        extras: RoomExtras,
        account_data: AccountData,
        shared: SharedChanges,
    ) -> None:
        self._store = store
        self._account_data = account_data
        self._view = view
        self._extras = extras
        self._whole = WholeRooms(store, view=view, extras=extras)
        self._shared = shared

    async def account_data(self, user_id: str, *, after: int, upto: int, filtered: ReadyFilter) -> dict[str, list[Raw]]:
        """Return what a person keeps about rooms and changed in (after, upto], by room."""
        through = filtered.room_account_data
        by_room: dict[str, list[Raw]] = {}
        for row in await self._account_data.changed(user_id, after=after, upto=upto):
            if row.room_id != NO_ROOM and (through is None or through.allows(row.type)):
                by_room.setdefault(row.room_id, []).append(as_event(row))
        return by_room

    async def collect(
        self, scope: Scope, *, memberships: dict[str, Membership], changed: dict[str, int] | None
    ) -> Rooms:
        """Tell the rooms in `changed`, with the position of their last change; `None` means all of them."""
        rooms = Rooms(join={}, invite={}, knock={}, leave={}, member_changes=[], entered=[], exited=[])
        whole: dict[str, Membership] = {}
        for room_id in memberships if changed is None else changed:
            held = memberships.get(room_id)
            if held is None or not includes_room(scope.filter.source.room, room_id):
                continue
            if held.position > scope.now.room:
                held = await self._as_it_was(scope, room_id)
            if held is None or held.forgotten:
                continue
            if held.membership == "join" and not await self._is_known(scope, room_id, held):
                whole[room_id] = held
            elif held.membership == "join":
                await self._joined(scope, room_id, rooms, upto=scope.now.room if changed is None else changed[room_id])
            elif scope.since is None or held.position > scope.after:
                await self._not_joined(scope, room_id, held, rooms)
        if whole:
            rooms.join |= await self._whole.tell(scope, whole)
            rooms.entered += list(whole) if scope.since is not None else []
        return rooms

    async def _as_it_was(self, scope: Scope, room_id: str) -> Membership | None:
        """Return the membership up to `now` of somebody whose newest has been read from disk ahead of its being told.

        What they heard of the room until then must not be lost; an invitation that is gone again need not be told.
        """
        past = await self._store.all(SIGHT_EVENTS, room_id=room_id, user_id=scope.user_id, upto=scope.now.room)
        own = [row for row in past if row.type == "m.room.member"]
        if not own or _membership(own[-1]) in ("invite", "knock"):
            return None
        return Membership(_membership(own[-1]), own[-1].position, own[-1].event_id, forgotten=False)

    # Joined rooms

    async def _is_known(self, scope: Scope, room_id: str, held: Membership) -> bool:
        """Whether the reader was in the room at `since`, and has been all the time."""
        if scope.since is None:
            return False
        return held.position <= scope.after or await self._was_joined_throughout(scope, room_id)

    async def _joined(self, scope: Scope, room_id: str, rooms: Rooms, *, upto: int) -> None:
        changes = await self._changes(scope, room_id, upto=upto)
        rooms.member_changes += changes.member_changes
        part = await self._known(scope, room_id, changes)
        if part is not None:
            rooms.join[room_id] = part

    async def _was_joined_throughout(self, scope: Scope, room_id: str) -> bool:
        """Whether the reader's new member event only changed how they appear."""
        rows = await self._store.all(STATE_CHANGES, room_id=room_id, after=scope.after, upto=scope.now.room)
        own = [row for row in rows if row.type == "m.room.member" and row.state_key == scope.user_id]
        if any(events.read(row.json).content.get("membership") != "join" for row in own):
            return False
        sight = await sight_of(self._store, room_id=room_id, user_id=scope.user_id, upto=scope.after)
        return sight.membership_at(scope.after) == "join"

    async def _known(self, scope: Scope, room_id: str, changes: Changes) -> RoomPart | None:
        apart = scope.user_id in changes.apart or not scope.filter.plain or scope.full_state
        apart = apart or not scope.ignored.isdisjoint(changes.senders)
        timeline, state = await self._apart(scope, room_id) if apart else (changes.timeline, changes.state)
        receipts = None if scope.user_id in changes.told_receipts_apart else changes.receipts
        more = await self._extras.of(scope, room_id, members_changed=bool(changes.member_changes), receipts=receipts)
        quiet = (changes.silent and not scope.full_state) or (scope.ignored and _is_empty(timeline, state))
        if quiet and scope.user_id not in changes.readers and not _TOLD_ALONE.intersection(more):
            return None
        return part_of(scope, timeline=timeline, state=state, more=more)

    async def _changes(self, scope: Scope, room_id: str, *, upto: int) -> Changes:
        """Return the room's changes, made once for all who stood at the same place and ask in the same way."""
        chosen = scope.filter
        key = (room_id, scope.after, upto, chosen.timeline_limit, chosen.lazy_members, scope.state_after)
        changes = self._shared.find(key)
        if changes is None:
            changes = await self._make_changes(scope, room_id, upto=upto)
            self._shared.keep(key, changes)
        return changes

    async def _make_changes(self, scope: Scope, room_id: str, *, upto: int) -> Changes:
        nobody = msgspec.structs.replace(scope.requester, user_id="", device_id="")
        # Shared with whoever filters nothing: who filters is told apart.
        unfiltered = msgspec.structs.replace(scope.filter, timeline=None, state=None, fields=None, plain=True)
        scope = msgspec.structs.replace(scope, requester=nobody, ignored=frozenset(), filter=unfiltered)
        rows, limited = await newest(self._store, scope, room_id=room_id, after=scope.after, upto=upto)
        state = await self._state_delta(scope, room_id, rows, limited=limited, upto=upto)
        rendered = await self._view.render(rows, reader=nobody)
        moved = await self._extras.receipts_moved(room_id, after=scope.after, upto=upto)
        return Changes(
            timeline=Raw(_encode(timeline_of(scope, rows=rows, rendered=rendered, limited=limited, upto=upto))),
            state=Raw(_encode(Events([bare(row) for row in state]))),
            silent=not rows and not state,
            member_changes=await self._member_changes([*state, *rows], after=scope.after),
            apart=frozenset(row.sender for row in rows if row.transaction_key is not None),
            senders=frozenset(row.sender for row in rows if row.state_key is None),
            receipts=receipt_events(moved, reader=nobody.user_id),
            told_receipts_apart=frozenset(row.user_id for row in moved if row.kind == READ_PRIVATE),
            readers=frozenset(row.user_id for row in moved if row.kind != SENT),
        )

    async def _member_changes(self, rows: Sequence[EventRow], *, after: int) -> list[MemberChange]:
        """Return who came or went after a position: a new name or picture is neither."""
        members = [row for row in rows if row.type == "m.room.member" and row.position > after]
        replaced = [row.replaces_state for row in members if row.replaces_state is not None]
        found = await self._store.all(EVENTS_BY_IDS, event_ids=replaced) if replaced else []
        before = {row.event_id: _membership(row) for row in found if row.position <= after}
        return [
            MemberChange(row.state_key or "", _membership(row))
            for row in members
            if before.get(row.replaces_state or "") != _membership(row)
        ]

    async def _apart(self, scope: Scope, room_id: str) -> tuple[Timeline, Events]:
        """Tell the changes to one reader alone: some are their own, or they chose among them."""
        chosen, upto = scope.filter, scope.now.room
        rows, limited = await newest(self._store, scope, room_id=room_id, after=scope.after, upto=upto)
        if scope.full_state:
            whole = await self._whole.state(scope, {room_id: rows})
            state = [bare(row) for row in sifted(whole[room_id], chosen.state)]
        else:
            delta = await self._state_delta(scope, room_id, rows, limited=limited, upto=upto)
            state = [bare(row) for row in sifted(delta, chosen.state)]
        rendered = await self._view.render(rows, reader=scope.requester)
        timeline = timeline_of(scope, rows=rows, rendered=rendered, limited=limited, upto=upto)
        return timeline, Events(state)

    async def _state_delta(
        self, scope: Scope, room_id: str, rows: Sequence[EventRow], *, limited: bool, upto: int
    ) -> list[EventRow]:
        """Return the state that changed before the timeline begins, or up to its end, and its senders if lazy."""
        thinned = scope.filter.timeline is not None
        end = upto if scope.state_after or thinned or not rows else rows[0].position - 1
        gap: dict[sync.StateKey, EventRow] = {}
        if limited or scope.state_after or not scope.filter.plain:
            changed = await self._store.all(STATE_CHANGES, room_id=room_id, after=scope.after, upto=end)
            gap = sync.newest_per_key(changed)
        if thinned and not scope.state_after:
            # State that the filter keeps out of the timeline is told here; what is in the timeline is not told twice.
            shown = {row.event_id for row in rows}
            gap = {key: row for key, row in gap.items() if row.event_id not in shown}
        if scope.filter.lazy_members and rows:
            for row in await self._senders(room_id, rows, upto=end):
                gap.setdefault(sync.key_of(row), row)
        return list(gap.values())

    async def _senders(self, room_id: str, rows: Sequence[EventRow], *, upto: int) -> list[EventRow]:
        """Return the member events of a timeline's senders as they were at a position."""
        people = sorted({row.sender for row in rows})
        current = await self._store.all(MEMBER_EVENTS_OF, room_ids=[room_id], user_ids=people)
        return [row for row in current if row.position <= upto]

    # Rooms that the reader is not in

    async def _not_joined(self, scope: Scope, room_id: str, held: Membership, rooms: Rooms) -> None:
        if held.membership in ("invite", "knock"):
            room = await self._store.rooms.get(room_id)
            if room is not None and not await self._is_unwanted(scope, held, room_id):
                shown = {"events": await self._stripped(room, scope.user_id)}
                if held.membership == "invite":
                    rooms.invite[room_id] = {"invite_state": shown}
                else:
                    rooms.knock[room_id] = {"knock_state": shown}
            return
        # A client of another epoch may not know that it has left.
        if scope.since is None and not (scope.filter.source.room.include_leave or scope.from_other_epoch):
            return
        await self._left(scope, room_id, held, rooms)

    async def _is_unwanted(self, scope: Scope, held: Membership, room_id: str) -> bool:
        """Whether this is an invitation by somebody whom the reader ignores, or they take none."""
        if held.membership == "invite" and await takes_no_invitations(self._store, scope.user_id):
            return True
        if not scope.ignored:
            return False
        own = await self._store.first(MEMBER, room_id=room_id, user_id=scope.user_id)
        return own is not None and own.sender in scope.ignored

    async def _left(self, scope: Scope, room_id: str, held: Membership, rooms: Rooms) -> None:
        """Tell a room up to where the reader was let out of it, and what has become of them since: a ban, perhaps."""
        sight = await sight_of(self._store, room_id=room_id, user_id=scope.user_id, upto=held.position)
        upto = sight.left_at if sight.ever_joined else held.position
        after = 0
        if scope.since is not None:
            after = sight.shown_upto(scope.after) if sight.ever_joined else scope.after
        rows, limited = await newest(self._store, scope, room_id=room_id, after=after, upto=upto)
        visible = sight.newest_seen(rows)
        state: list[EventRow] = []
        if sight.ever_joined and upto > after:
            rooms.exited.append(room_id)
            state = await self._state_until_left(scope, room_id, visible, limited=limited, sight=sight)
        own = await self._store.all(EVENTS_BY_IDS, event_ids=[held.event_id])
        if held.position > upto:
            visible += sifted(own, scope.filter.timeline)
        if scope.state_after:
            # Clients read no state off the timeline then: who declined an invitation would stay invited.
            state = [row for row in state if (row.type, row.state_key) != ("m.room.member", scope.user_id)] + own
        rendered = await self._view.render(
            visible, reader=scope.requester, membership_at=sight.membership_at, upto=held.position
        )
        timeline = timeline_of(
            scope, rows=visible, rendered=rendered, limited=limited or len(visible) < len(rows), upto=upto
        )
        shown = Events([bare(row) for row in sifted(state, scope.filter.state)])
        rooms.leave[room_id] = part_of(scope, timeline=timeline, state=shown, more={})

    async def _state_until_left(
        self, scope: Scope, room_id: str, rows: Sequence[EventRow], *, limited: bool, sight: Sight
    ) -> list[EventRow]:
        """Return the state up to where the reader left: what of it changed, if they were in the room at `since`."""
        upto = sight.left_at
        if scope.since is not None and sight.membership_at(scope.after) == "join" and not scope.full_state:
            return await self._state_delta(scope, room_id, rows, limited=limited, upto=upto)
        end = upto if scope.state_after or not rows else rows[0].position - 1
        return await self._store.all(STATE_AT, room_id=room_id, upto=end)

    async def _stripped(self, room: Room, user_id: str) -> list[dict[str, Any]]:
        own = await self._store.all(MEMBER_EVENTS_OF, room_ids=[room.row.room_id], user_ids=[user_id])
        people = [events.read(row.json) for row in own]
        if people:
            inviter = await self._store.all(MEMBER_EVENTS_OF, room_ids=[room.row.room_id], user_ids=[people[0].sender])
            people += [events.read(row.json) for row in inviter]
        state = dict(room.state) | {("m.room.member", event.state_key or ""): event for event in people}
        return stripped_state(_Held(state), user_id=user_id)


class _Held:
    """Room state with some members, as stripped state reads it."""

    def __init__(self, state: dict[tuple[str, str], events.Event]) -> None:
        self._state = state

    def get(self, event_type: str, state_key: str = "", /) -> events.Event | None:
        return self._state.get((event_type, state_key))


def _is_empty(timeline: Timeline | Raw, state: Events | Raw) -> bool:
    """Whether a part that was made for one reader tells nothing; what is shared was made because there is something."""
    return isinstance(timeline, Timeline) and isinstance(state, Events) and not timeline.events and not state.events


def _membership(row: EventRow) -> str:
    return str(events.read(row.json).content.get("membership", ""))

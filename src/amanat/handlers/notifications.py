"""What somebody has been notified of: their rooms' newest events, judged by their push rules when they ask.

Nothing is written per member when an event is sent. Spec: client-server-api#listing-notifications.
"""

import heapq
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import msgspec
from msgspec import Struct

from amanat.core.push_conditions import Context
from amanat.core.push_evaluation import NO_RULE, Decision, Ruleset, evaluate
from amanat.core.requester import Requester
from amanat.core.standing import NOWHERE, Standing
from amanat.handlers.event_view import EventView
from amanat.handlers.pushrules import PushRules
from amanat.handlers.visibility import Sight, sight_of
from amanat.store.events import EVENTS_BACKWARDS, EventRow
from amanat.store.rooms import MEMBER
from amanat.store.store import Store
from amanat.store.streams import ROOM_STREAM

MAX_ROOMS = 1_000
"""Rooms looked at, those with the newest events first."""
MAX_LOOKED_AT = 1_000
"""Events judged for one page; `next_token` leads on from there."""
_BATCH = 20


class Notifications(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page of notifications, newest first."""

    notifications: list[dict[str, Any]]
    next_token: str | None = None


class _Judge(Struct, frozen=True):
    """What decides in one room: when the reader was in it, how far they have read, and what rules may ask."""

    sight: Sight
    standing: Standing
    context: Context

    def decide(self, ruleset: Ruleset, row: EventRow) -> Decision:
        """Judge an event; who was neither in the room nor the one invited heard nothing of it."""
        concerns_reader = row.type == "m.room.member" and row.state_key == self.context.user_id
        if self.sight.membership_at(row.position) != "join" and not concerns_reader:
            return NO_RULE
        return evaluate(ruleset, msgspec.json.decode(row.json), context=self.context)

    def has_read(self, row: EventRow) -> bool:
        """Whether a receipt of the reader covers an event."""
        standing, root = self.standing, row.thread_root
        return row.position <= (standing.main_position if root is None else standing.read_upto(root))


class NotificationList:
    """Lists notifications."""

    def __init__(self, store: Store, *, push_rules: PushRules, view: EventView) -> None:
        self._store = store
        self._push_rules = push_rules
        self._view = view

    async def page(
        self, requester: Requester, *, before: int | None, limit: int, only_highlights: bool
    ) -> Notifications:
        """Return what the requester was notified of before a position."""
        user_id = requester.user_id
        ruleset = (await self._push_rules.of(user_id)).ruleset
        ignored = await self._store.ignored.get(user_id) or frozenset()
        judges: dict[str, _Judge] = {}
        found: list[dict[str, Any]] = []
        looked_at = 0
        async with aclosing(self._newest_first(user_id, before=before)) as rows:
            async for row in rows:
                looked_at += 1
                if len(found) == limit or looked_at > MAX_LOOKED_AT:
                    return Notifications(notifications=found, next_token=str(row.position + 1))
                if row.sender in ignored or row.sender == user_id:
                    continue
                if row.room_id not in judges:
                    judges[row.room_id] = await self._judge(user_id, row.room_id)
                judge = judges[row.room_id]
                decision = judge.decide(ruleset, row)
                if decision.notify and (decision.highlight or not only_highlights):
                    found.append(await self._shown(requester, row, judge=judge, decision=decision))
        return Notifications(notifications=found)

    async def _judge(self, user_id: str, room_id: str) -> _Judge:
        store = self._store
        room = await store.rooms.get(room_id)
        member = await store.first(MEMBER, room_id=room_id, user_id=user_id)
        assert room is not None, "Its events have just been read."
        name = msgspec.json.decode(member.content).get("displayname") if member else None
        return _Judge(
            sight=await sight_of(store, room_id=room_id, user_id=user_id, upto=store.position(ROOM_STREAM)),
            standing=await store.standings.get((room_id, user_id)) or NOWHERE,
            context=Context(
                user_id=user_id,
                display_name=name if isinstance(name, str) else None,
                member_count=room.row.joined,
                power_levels=room.power_levels,
            ),
        )

    async def _shown(self, requester: Requester, row: EventRow, *, judge: _Judge, decision: Decision) -> dict[str, Any]:
        return {
            "actions": decision.actions,
            "event": (await self._view.render([row], reader=requester))[0],
            "read": judge.has_read(row),
            "room_id": row.room_id,
            "ts": row.ts,
        }

    async def _newest_first(self, user_id: str, *, before: int | None) -> AsyncGenerator[EventRow, None]:
        """Yield the events of the rooms that a person is in, newest first, whatever room they are of."""
        # Where the newest event of each room that was not told yet stands, or a position beyond it.
        waiting = [
            (-(position if before is None else min(position, before - 1)), room_id)
            for room_id, position in await self._heads(user_id)
        ]
        heapq.heapify(waiting)
        read_ahead: dict[str, list[EventRow]] = {}
        while waiting:
            key, room_id = heapq.heappop(waiting)
            rows = read_ahead.pop(room_id, None) or await self._batch(room_id, upto=-key)
            if not rows:
                continue
            following = rows[-1].position
            if following == -key:
                yield rows.pop()
                following = rows[-1].position if rows else following - 1
            if rows:
                read_ahead[room_id] = rows
            heapq.heappush(waiting, (-following, room_id))

    async def _heads(self, user_id: str) -> list[tuple[str, int]]:
        memberships = await self._store.memberships.get(user_id) or {}
        heads: list[tuple[str, int]] = []
        for room_id, held in memberships.items():
            head = await self._store.heads.get(room_id) if held.membership == "join" else None
            if head is not None:
                heads.append((room_id, head.position))
        return sorted(heads, key=lambda each: -each[1])[:MAX_ROOMS]

    async def _batch(self, room_id: str, *, upto: int) -> list[EventRow]:
        """Return a room's next events, the newest last."""
        rows = await self._store.all(EVENTS_BACKWARDS, room_id=room_id, after=0, upto=upto, max_rows=_BATCH)
        return rows[::-1]

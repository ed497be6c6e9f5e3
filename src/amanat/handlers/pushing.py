"""Who is to be pushed what: rooms that changed are looked at after the answers, for their members with pushers alone.

A commit only notes the room, and nothing at all while nobody has a pusher. How far everything has been pushed, or is
kept to be tried again, is written down now and then: after a crash, what came later is looked at once more.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Final

import msgspec
import structlog

from amanat.core.errors import InternalError
from amanat.core.push_conditions import Context
from amanat.core.push_evaluation import evaluate
from amanat.core.standing import NOWHERE
from amanat.handlers.badges import Badges
from amanat.handlers.push_audiences import PushAudiences
from amanat.handlers.push_deliveries import Note, PushDeliveries
from amanat.handlers.push_progress import SAVED_EVERY_MS, PushProgress, Round
from amanat.store.events import EVENTS_FORWARDS, EventRow
from amanat.store.push_rules import DEFAULT_RULES
from amanat.store.pushers import ANY_PUSHER, PUSHERS_OF_USERS
from amanat.store.room_memory import Room
from amanat.store.rooms import MEMBER
from amanat.store.store import Store

DATABASE_AWAY_S: Final = 0.5
_EVENTS: Final = 100
_PEOPLE: Final = 100
"""Members that are looked at in one turn of the loop."""

log = structlog.get_logger()


class Pushing:
    """Watches rooms and receipts, and gives deliveries what is to be pushed."""

    def __init__(self, store: Store, *, deliveries: PushDeliveries, badges: Badges, now_ms: Callable[[], int]) -> None:
        self._store = store
        self.deliveries = deliveries
        self._badges = badges
        self._audiences = PushAudiences(store)
        self._any = False
        self._changed: dict[str, int] = {}
        self._read: set[str] = set()
        self._wanted = asyncio.Event()
        self._idle = asyncio.Event()
        self._progress = PushProgress(store, now_ms=now_ms)
        self._is_in_doubt = True
        store.recovered.append(self.look_again)
        self._task: asyncio.Task[None] | None = None

    # Life

    async def open(self) -> None:
        """Begin where the last process left off."""
        await self.deliveries.open()
        await self._progress.open()
        self._wanted.set()
        self._task = asyncio.get_running_loop().create_task(self._run(), name="pushing")

    async def close(self) -> None:
        """Stop, and write down how far everything was pushed."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self.deliveries.close()
        await self._progress.save()

    async def settle(self) -> None:
        """Wait until what has changed so far has been pushed, or is kept to be tried again."""
        await self._idle.wait()
        await self.deliveries.settle()

    # What is watched

    def appended(self, room_id: str, position: int) -> None:
        """A room has a new event. Called after each commit: it must cost nothing."""
        if self._any:
            self._changed.setdefault(room_id, position)
            self._wake()

    def read(self, user_id: str, room_id: str) -> None:
        """A person has read further."""
        if self._any:
            self._badges.touch(user_id, room_id)
            self._read.add(user_id)
            self._wake()

    def pusher_set(self, user_id: str) -> None:
        """A person has set a pusher."""
        if not self._any:
            self._any = True
            self._progress.skip()
            self._wake()
        self._audiences.forget(self._store.memberships.peek(user_id))

    def look_again(self) -> None:
        """Look at all that was committed since the last look: the database failed, and did not tell of everything."""
        self._is_in_doubt = True
        self._audiences.forget(None)
        self._wake()

    def _wake(self) -> None:
        self._idle.clear()
        self._wanted.set()

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(SAVED_EVERY_MS / 1000 if self._progress.is_under_way else None):
                    await self._wanted.wait()
            except TimeoutError:
                await self._save()
                continue
            self._wanted.clear()
            try:
                await self._look()
            except InternalError:
                log.warning("pushing_waits_for_database")
                await asyncio.sleep(DATABASE_AWAY_S)
                self._wanted.set()
            except Exception:
                log.exception("pushing_failed")
            if not self._wanted.is_set():
                self._idle.set()

    async def _save(self) -> None:
        try:
            await self._progress.save()
        except InternalError:
            log.warning("pushing_waits_for_database")

    async def _look(self) -> None:
        if self._is_in_doubt:
            await self._catch_up()
        changed, self._changed = self._changed, {}
        read, self._read = self._read, set()
        looked = self._progress.begin()
        try:
            for room_id, first in changed.items():
                await self._look_at(room_id, first, looked)
            for user_id in read:
                await self._push_zero(user_id)
        except InternalError:
            self._progress.give_up(looked)
            self._changed |= changed  # which are of earlier positions
            self._read |= read
            raise
        self._progress.looked(looked)
        await self._progress.save_now_and_then()

    async def _catch_up(self) -> None:
        """Note what nobody has told of."""
        found = await self._store.first(ANY_PUSHER)
        self._any = self._any or found is not None
        changed = await self._progress.changed() if self._any else {}
        for room_id, first in changed.items():
            self._changed[room_id] = min(first, self._changed.get(room_id, first))
        self._is_in_doubt = False

    # One room

    async def _look_at(self, room_id: str, first: int, looked: Round) -> None:
        room = await self._store.rooms.get(room_id)
        after = first - 1
        while room is not None:
            rows = await self._store.all(
                EVENTS_FORWARDS, room_id=room_id, after=after, upto=looked.upto, max_rows=_EVENTS
            )
            for row in rows:
                await self._push_event(room, row, looked)
            if len(rows) < _EVENTS:
                return
            after = rows[-1].position

    async def _push_event(self, room: Room, row: EventRow, looked: Round) -> None:
        event = msgspec.json.decode(row.json)
        readers = await self._audiences.of(row, event["content"])
        if row.sender in readers:
            self._read.add(row.sender)
            self._wanted.set()
        for start in range(0, len(readers), _PEOPLE):
            await self._push_to(readers[start : start + _PEOPLE], room, row, event=event, looked=looked)
            await asyncio.sleep(0)

    async def _push_to(
        self, readers: Iterable[str], room: Room, row: EventRow, *, event: dict[str, Any], looked: Round
    ) -> None:
        urgent: dict[str, bool] = {}
        for user_id in readers:
            self._badges.touch(user_id, row.room_id)
            loud = await self._judge(user_id, room, row, event=event)
            if loud is not None:
                urgent[user_id] = loud
        if not urgent:
            return
        for pusher in await self._store.all(PUSHERS_OF_USERS, user_ids=sorted(urgent)):
            note = Note(room_id=row.room_id, event_id=row.event_id, urgent=urgent[pusher.user_id])
            looked.open += 1
            await self.deliveries.add(pusher, note, done=looked.done)

    async def _judge(self, user_id: str, room: Room, row: EventRow, *, event: dict[str, Any]) -> bool | None:
        """Return whether a reader is to be told of an event at once, or `None` if they are not to be told."""
        store = self._store
        rules = await store.push_rules.get(user_id) or DEFAULT_RULES
        ignored = await store.ignored.get(user_id)
        if ignored and row.sender in ignored:
            return None
        name = None
        if "body" in event["content"]:
            member = await store.first(MEMBER, room_id=row.room_id, user_id=user_id)
            name = msgspec.json.decode(member.content).get("displayname") if member else None
        context = Context(
            user_id=user_id,
            display_name=name if isinstance(name, str) else None,
            member_count=room.row.joined,
            power_levels=room.power_levels,
        )
        decision = evaluate(rules.ruleset, event, context=context)
        if not decision.notify:
            return None
        standing = await store.standings.get((row.room_id, user_id)) or NOWHERE
        root = row.thread_root
        if row.position <= (standing.main_position if root is None else standing.read_upto(root)):
            return None
        return decision.highlight or decision.sound is not None

    async def _push_zero(self, user_id: str) -> None:
        """Tell a person's devices that everything is read, if they were told otherwise."""
        if not self._badges.told(user_id) or (await self._badges.of(user_id))[0]:
            return
        self._badges.tell(user_id, 0)
        for pusher in await self._store.all(PUSHERS_OF_USERS, user_ids=[user_id]):
            await self.deliveries.add(pusher, Note(), done=lambda: None)

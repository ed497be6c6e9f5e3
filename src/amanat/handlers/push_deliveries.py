"""Delivering pushes: a few at once to each host, again and later what did not go through, and never to who is gone.

What waits here is in memory, and bounded: whoever adds waits for room. What did not go through is on disk. A push may
arrive twice, and a newer one may stand for several.
"""

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any, Final, Protocol

import structlog
from msgspec import Struct, json
from msgspec.structs import replace
from prometheus_client import Counter, Gauge

from amanat.core.errors import InvalidParam
from amanat.core.push_targets import BrowserTarget, Target, host_of, target_of
from amanat.core.retries import pause
from amanat.core.standing import NOWHERE
from amanat.db.tx import Tx
from amanat.handlers.badges import Badges
from amanat.outbound.push.push import End, Outcome, Push, Receiver
from amanat.store.events import EVENT_BY_ID
from amanat.store.pushers import ALL_PUSH_RETRIES, PUSH_RETRIES, PUSHERS, PUSHERS_OF_USER, PusherRow, PushRetryRow
from amanat.store.store import Store

AT_ONCE: Final = 48
"""Pushes under way; fewer than the connections that the client makes."""
PER_HOST: Final = 16
"""Of them to one host: who does not answer shall not keep the others waiting."""
MAX_WAITING: Final = 10_000
"""Pushes that wait, about 1 kB each."""
FIRST_RETRY_MS: Final = 30_000
LAST_RETRY_MS: Final = 3_600_000
"""The time between two tries doubles from the first of these to the last; up to a half of it is left to chance."""
RETRIED_MS: Final = 24 * 3_600_000
"""When a push has not gone through for this long it is given up; the pusher stays, for the next one."""
MAX_RETRIES: Final = 50_000
"""Pushes that are tried again; there is one per pusher."""

PUSHED = Counter("amanat_handlers_pushes_total", "Pushes, by how they ended.", ["end"])
WAITING = Gauge("amanat_handlers_pushes_waiting", "Pushes that wait for their turn.")

FAILING = Gauge("amanat_handlers_pushes_failing", "Pushers whose service did not take a push, which is tried again.")

log = structlog.get_logger()

PusherKey = tuple[str, str, str]


class PushService(Protocol):
    """Hands pushes over."""

    async def push(self, receiver: Receiver, push: Push) -> Outcome:
        """Hand a push over."""
        ...


class Note(Struct, frozen=True, kw_only=True):
    """What is to be pushed to a person; without an event, how much they have not read."""

    room_id: str = ""
    event_id: str = ""
    urgent: bool = False


class _Waiting(Struct, frozen=True):
    pusher: PusherRow
    note: Note
    done: Callable[[], object]


class _Lane:
    """What waits for one host. A newer push of a room takes the place of one that waits."""

    __slots__ = ("under_way", "waiting")

    def __init__(self) -> None:
        self.waiting: dict[tuple[PusherKey, str], _Waiting] = {}
        self.under_way = 0


class PushDeliveries:
    """Hands pushes to their services."""

    def __init__(
        self,
        store: Store,
        *,
        service: PushService,
        badges: Badges,
        schemes: frozenset[str],
        now_ms: Callable[[], int],
    ) -> None:
        """`schemes` are those of the addresses that pushers may name."""
        self._store = store
        self._service = service
        self._badges = badges
        self._schemes = schemes
        self._now_ms = now_ms
        self._lanes: dict[str, _Lane] = {}
        self._ready: dict[str, None] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = 0
        self._room = asyncio.Event()
        self._room.set()
        self._failing: dict[PusherKey, PushRetryRow] = {}
        self.chance: Callable[[], float] = random.random
        """What failed with one service at one moment does not all come back to it at one moment."""
        FAILING.set_function(self._failing.__len__)

    async def open(self) -> None:
        """Read what did not go through before."""
        for row in await self._store.all(ALL_PUSH_RETRIES, max_rows=MAX_RETRIES):
            self._failing[row.user_id, row.app_id, row.pushkey] = row

    async def close(self) -> None:
        """Stop what is under way; it is pushed again after the next start."""
        self._lanes.clear()
        self._ready.clear()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def add(self, pusher: PusherRow, note: Note, *, done: Callable[[], object]) -> None:
        """Have something pushed; returns when there is room for more. `done` is called once it needs no more care."""
        key = _key_of(pusher)
        failing = self._failing.get(key)
        if failing is not None:
            # Its service is left alone until it is due; then the newest is pushed.
            if note.event_id:
                newest = replace(failing, room_id=note.room_id, event_id=note.event_id, urgent=int(note.urgent))
                self._failing[key] = newest
            done()
            return
        target = self._target(pusher)
        # A browser must show something for each push, so it is not told of counts alone.
        if target is None or (not note.event_id and isinstance(target, BrowserTarget)):
            done()
            return
        self._put(host_of(target), _Waiting(pusher, note, done))
        await self._room.wait()

    async def settle(self) -> None:
        """Wait until nothing waits and nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def retry_due(self) -> None:
        """Begin to push again what is due."""
        now_ms = self._now_ms()
        for key, row in list(self._failing.items()):
            if len(self._tasks) >= AT_ONCE:
                return
            if row.due_ts <= now_ms:
                # Not again before this try has ended.
                self._failing[key] = replace(row, due_ts=now_ms + LAST_RETRY_MS)
                self._spawn(self._retry(row))

    # What waits

    def _put(self, host: str, waiting: _Waiting) -> None:
        lane = self._lanes.setdefault(host, _Lane())
        place = (_key_of(waiting.pusher), waiting.note.room_id)
        replaced = lane.waiting.pop(place, None)
        lane.waiting[place] = waiting
        if replaced is not None:
            replaced.done()
        else:
            self._counted(1)
        self._ready[host] = None
        self._start()

    def _start(self) -> None:
        """Begin what may be under way: each host in its turn."""
        while self._ready and len(self._tasks) < AT_ONCE:
            host = next(iter(self._ready))
            del self._ready[host]
            lane = self._lanes[host]
            if not lane.waiting or lane.under_way >= PER_HOST:
                continue
            waiting = lane.waiting.pop(next(iter(lane.waiting)))
            lane.under_way += 1
            self._counted(-1)
            if lane.waiting:
                self._ready[host] = None
            self._spawn(self._deliver(host, lane, waiting))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, name="push")
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._start()

    def _counted(self, change: int) -> None:
        self._count += change
        WAITING.set(self._count)
        if self._count < MAX_WAITING:
            self._room.set()
        else:
            self._room.clear()

    # One push

    async def _deliver(self, host: str, lane: _Lane, waiting: _Waiting) -> None:
        try:
            await self._push(waiting.pusher, waiting.note)
        except Exception:
            log.exception("push_failed", host=host)
        finally:
            lane.under_way -= 1
            if lane.waiting:
                self._ready[host] = None
            elif not lane.under_way and self._lanes.get(host) is lane:
                del self._lanes[host]
                self._ready.pop(host, None)
        waiting.done()

    async def _retry(self, row: PushRetryRow) -> None:
        pushers = await self._store.all(PUSHERS_OF_USER, user_id=row.user_id)
        pusher = next((each for each in pushers if (each.app_id, each.pushkey) == (row.app_id, row.pushkey)), None)
        if pusher is None or await self._has_been_read(row):
            await self._forget(row.user_id, row.app_id, row.pushkey)
            return
        await self._push(pusher, Note(room_id=row.room_id, event_id=row.event_id, urgent=bool(row.urgent)))

    async def _has_been_read(self, row: PushRetryRow) -> bool:
        event = await self._store.first(EVENT_BY_ID, event_id=row.event_id)
        standing = await self._store.standings.get((row.room_id, row.user_id)) or NOWHERE
        if event is None:
            return True
        root = event.thread_root
        return event.position <= (standing.main_position if root is None else standing.read_upto(root))

    async def _push(self, pusher: PusherRow, note: Note) -> None:
        target = self._target(pusher)
        unread, room_unread = await self._badges.of(pusher.user_id, note.room_id)
        if target is None or (unread and not note.event_id):
            return
        self._badges.tell(pusher.user_id, unread)
        push = Push(unread=unread)
        if note.event_id:
            push = Push(
                unread=unread,
                event_id=note.event_id,
                room_id=note.room_id,
                room_unread=room_unread,
                urgent=note.urgent,
            )
        receiver = Receiver(target=target, app_id=pusher.app_id, pushkey=pusher.pushkey, since_ts=pusher.created_ts)
        outcome = await self._service.push(receiver, push)
        PUSHED.labels(outcome.end).inc()
        await self._conclude(pusher, note, outcome)

    async def _conclude(self, pusher: PusherRow, note: Note, outcome: Outcome) -> None:
        """Write down what follows from how a push ended."""
        if outcome.end is End.LATER:
            if note.event_id:
                await self._keep(pusher, note, outcome)
        elif outcome.end is End.GONE:
            log.info("pusher_gone", user_id=pusher.user_id, app_id=pusher.app_id)
            await self._forget(*_key_of(pusher), gone=pusher)
        elif _key_of(pusher) in self._failing:
            await self._forget(*_key_of(pusher))

    async def _keep(self, pusher: PusherRow, note: Note, outcome: Outcome) -> None:
        """Have a push tried again; what came while it was tried takes its place."""
        key, now_ms = _key_of(pusher), self._now_ms()
        before = self._failing.get(key)
        tries, since_ts = (before.tries + 1, before.since_ts) if before else (1, now_ms)
        if now_ms - since_ts > RETRIED_MS or (before is None and len(self._failing) >= MAX_RETRIES):
            await self._forget(*key)
            return
        wait_ms = round(pause(tries, first=FIRST_RETRY_MS, last=LAST_RETRY_MS, chance=self.chance()))
        wait_ms = max(wait_ms, min((outcome.after_s or 0) * 1000, LAST_RETRY_MS))
        newest = before or note
        row = PushRetryRow(
            *key,
            room_id=newest.room_id,
            event_id=newest.event_id,
            urgent=int(newest.urgent),
            tries=tries,
            since_ts=since_ts,
            due_ts=now_ms + wait_ms,
        )

        def run(tx: Tx) -> None:
            if tx.get(PUSHERS, *key) is not None:
                tx.put(PUSH_RETRIES, row)

        self._failing[key] = row
        await self._store.write(run, needs=[(PUSHERS, key)])

    async def _forget(self, user_id: str, app_id: str, pushkey: str, *, gone: PusherRow | None = None) -> None:
        """Try no more, and delete the pusher if it is `gone`, unless it has been set anew."""
        key = (user_id, app_id, pushkey)

        def run(tx: Tx) -> None:
            tx.delete(PUSH_RETRIES, *key)
            if gone is not None and tx.get(PUSHERS, *key) == gone:
                tx.delete(PUSHERS, *key)

        self._failing.pop(key, None)
        await self._store.write(run, needs=[(PUSHERS, key)])

    def _target(self, pusher: PusherRow) -> Target | None:
        try:
            return target_of(pusher.pushkey, json.decode(pusher.data), schemes=self._schemes)
        except InvalidParam:
            # It was set under settings that have changed since.
            return None


def _key_of(pusher: PusherRow) -> PusherKey:
    return pusher.user_id, pusher.app_id, pusher.pushkey

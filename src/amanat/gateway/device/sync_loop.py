"""Asks the server what has happened, and keeps it: what came and up to where the server has told, in one unit.

From then on it lies in the inbox, and is handled from there. So the server is never told that something came before it
is on disk here.
"""

import asyncio
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Final

import msgspec
import structlog
from msgspec import DecodeError

from amanat.core.errors import InternalError
from amanat.core.retries import pause
from amanat.db.query import QueryFile
from amanat.db.tx import Tx
from amanat.gateway.device import rooms
from amanat.gateway.device.account import OwnAccount
from amanat.gateway.device.device_lists import DeviceLists
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.inbox import FULL, Inbox
from amanat.gateway.device.powers import POWER_LEVELS
from amanat.gateway.device.reading import CLEAR, ENCRYPTED
from amanat.gateway.device.server_api import POLL_MS, Refused, TryAgain
from amanat.gateway.device.sync_response import (
    RECEIPTS,
    Event,
    Receipt,
    SyncResponse,
    decode,
    decode_page,
    event_of,
    for_service,
    receipts_in,
)
from amanat.gateway.device.tables import IN_STREAM, INBOX, SYNC_POSITION, InboxRow, SyncPositionRow
from amanat.gateway.signals import Signal

PAGE: Final = 100
MAX_PAGES: Final = 20
"""How far back is looked for what was said in one room while the gateway was away: 2,000 events."""
PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 30.0

log = structlog.get_logger()

_sql = QueryFile("amanat.gateway.device", "sync_loop")
POSITION = _sql.query("position", SyncPositionRow)


class SyncLoop:
    """Follows what happens on the server."""

    def __init__(
        self, ground: Ground, *, own: OwnAccount, lists: DeviceLists, inbox: Inbox, reads: bool = False
    ) -> None:
        """`reads`: see `Policy`."""
        self._reads = reads
        self._store = ground.store
        self._api = ground.api
        self._own = own
        self._lists = lists
        self._inbox = inbox
        self._put = 0
        self._told_up_to: str | None = None
        """Where the server has told up to, as it is on disk; None where that has to be looked up."""
        self.changed: Callable[[Set[str], Set[str]], None] = _nothing
        """Called with rooms that may have changed, and people whose devices have."""
        self.moved: Callable[[Set[str]], None] = _nothing
        """Called with rooms in which somebody has come or gone."""
        self.back: Callable[[], None] = _nothing
        """Called when the server answers again, after it did not."""
        self.chance: Callable[[], float] = random.random
        self.synced = Signal()
        """Set once the first answer is kept."""

    async def work(self) -> None:
        """Sync until cancelled; raises `LoggedOut`."""
        failures = 0
        filter_id: str | None = None
        while True:
            try:
                if filter_id is None:
                    filter_id = await self._api.keep_filter(for_service(self._own.identity.user_id, reads=self._reads))
                await self.once(filter_id=filter_id)
                if failures:
                    self.back()
                failures = 0
            except (TryAgain, Refused, InternalError) as error:
                failures += 1
                self._told_up_to = None  # what failed may be on disk all the same
                if isinstance(error, Refused):
                    filter_id = None  # a server that was restored from a backup may not have it any more
                asked = error.after_s if isinstance(error, TryAgain) else None
                log.warning("sync_failed", reason=str(error))
                await asyncio.sleep(self._pause_s(failures, asked_s=asked))

    def _pause_s(self, failures: int, *, asked_s: float | None) -> float:
        """Return how long to wait, at least as long as the server asks: a thousand bots do not come back at once."""
        return max(asked_s or 0.0, pause(failures, first=PAUSE_S, last=LONGEST_PAUSE_S, chance=self.chance()))

    async def once(self, *, filter_id: str) -> None:
        """Ask once and keep the answer."""
        since = self._told_up_to or await self._position()
        # The first is answered at once, also where nothing has happened: until then nobody knows that it is here.
        timeout_ms = POLL_MS if self.synced.is_set() else 0
        response = _decoded(await self._api.sync(since=since, filter_id=filter_id, timeout_ms=timeout_ms))
        if response.next_batch != since:
            gaps = await self._gaps(response, since) if since is not None else {}
            await self._keep(response, gaps, is_first=since is None)
        self._told_up_to = response.next_batch
        self._own.note(response.device_one_time_keys_count, unused_fallback=response.device_unused_fallback_key_types)
        self.synced.set()
        if self._put > FULL:
            await self._inbox.empty()
            self._put = 0

    async def _position(self) -> str | None:
        held = await self._store.first(POSITION)
        return held.next_batch if held else None

    async def _keep(self, response: SyncResponse, gaps: Mapping[str, list[bytes]], *, is_first: bool) -> None:
        user_id = self._own.identity.user_id
        lists = response.device_lists
        changed = [*lists.changed, *lists.left]
        came = list(_came(response, gaps, user_id=user_id, is_first=is_first))
        self._lists.heard_of_changes(changed)

        def keep(tx: Tx) -> set[str]:
            moved = rooms.apply(tx, response, user_id=user_id)
            self._lists.forget(tx, changed)
            for room_id, event in came:
                tx.put(INBOX, InboxRow(tx.next(IN_STREAM), room_id, event))
            tx.put(SYNC_POSITION, SyncPositionRow(user_id, response.next_batch))
            return moved

        moved = await self._store.write(keep, needs=rooms.needs(response))
        if came:
            self._put += len(came)
            self._inbox.came()
        if moved:
            self.moved(moved)
        joined = {room_id for room_id, room in response.rooms.join.items() if room.is_changed}
        room_ids = joined | response.rooms.invite.keys() | response.rooms.leave.keys()
        if changed or room_ids:
            self.changed(room_ids, set(changed))

    async def _gaps(self, response: SyncResponse, since: str) -> dict[str, list[bytes]]:
        """Return what the answer leaves out of rooms that the service was in already, oldest first.

        Of a room that it has been put out of and invited to again since, the answer has the invitation alone: what was
        said there until it was put out, and that it was, can be read all the same.
        """
        joined = response.rooms.join
        starts = {room_id: room.timeline.prev_batch for room_id, room in joined.items() if room.timeline.limited}
        starts |= dict.fromkeys(response.rooms.invite, response.next_batch)
        gaps = {}
        for room_id, start in starts.items():
            known = await self._store.first(rooms.ROOM, room_id=room_id)
            if known is not None and known.membership == rooms.JOINED:
                gaps[room_id] = await self._gap(room_id, start, since)
        return gaps

    async def _gap(self, room_id: str, start: str | None, since: str) -> list[bytes]:
        newest_first: list[bytes] = []
        for _ in range(MAX_PAGES):
            if start is None:
                break
            try:
                page = decode_page(await self._api.messages_before(room_id, start=start, end=since, limit=PAGE))
            except Refused:
                break  # not in the room any more
            newest_first += [bytes(raw) for raw in page.chunk]
            start = page.end if page.chunk else None
        return newest_first[::-1]


def _as_event(receipt: Receipt) -> bytes:
    """Return a receipt in the form of an event, as it lies in the inbox. No event of a room gets there by this type."""
    event = Event(RECEIPTS, receipt.user_id, {}, event_id=receipt.event_id, origin_server_ts=receipt.ts)
    return msgspec.json.encode(event)


def _nothing(*_: object) -> None:
    return None


def _decoded(body: bytes) -> SyncResponse:
    try:
        return decode(body)
    except DecodeError:
        raise TryAgain("the answer is no sync") from None


def _came(
    response: SyncResponse, gaps: Mapping[str, list[bytes]], *, user_id: str, is_first: bool
) -> Iterable[tuple[str | None, bytes]]:
    """Yield what is to be handled: messages to the device, then the events of each room.

    A device that has never synced has no keys of what was said before it was there: it begins with what comes.
    """
    for letter in response.to_device.events:
        if (event := event_of(letter)) is not None and event.type == ENCRYPTED:
            yield None, bytes(letter)
    if is_first:
        return
    for room_id in response.rooms.invite:
        yield from ((room_id, raw) for raw in _told(gaps.get(room_id, ()), user_id=user_id))
    for room_id, room in response.rooms.join.items():
        raws = [*gaps.get(room_id, ()), *map(bytes, room.timeline.events)]
        yield from ((room_id, raw) for raw in _told(raws, user_id=user_id))
        # Behind what was said: who has read an answer had asked for it.
        yield from ((room_id, _as_event(receipt)) for receipt in receipts_in(room, but=user_id))
    for room_id, left in response.rooms.leave.items():
        for raw in left.timeline.events:
            said = event_of(raw)
            # Of what else was said there the service has no keys any more.
            if said is not None and said.type == "m.room.member" and said.state_key == user_id:
                yield room_id, bytes(raw)


def _told(raws: Sequence[bytes], *, user_id: str) -> Iterator[bytes]:
    """Yield the events of a room that a service is told of."""
    events = [event_of(raw) for raw in raws]
    invited = max((place for place, each in enumerate(events) if _invites(each, user_id)), default=-1)
    for place, (raw, each) in enumerate(zip(raws, events, strict=True)):
        # Whose powers changed before it was asked in is no news to a service.
        is_old = place < invited and each is not None and each.type == POWER_LEVELS
        if each is not None and (each.type == ENCRYPTED or each.type in CLEAR) and not is_old:
            yield raw


def _invites(event: Event | None, user_id: str) -> bool:
    if event is None or event.type != "m.room.member" or event.state_key != user_id:
        return False
    return bool(event.content.get("membership") == "invite")

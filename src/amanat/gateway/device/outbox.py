"""What the service says: put beside what it follows from, encrypted, and sent in each room's order until it is there.

A row stays until the server has answered with an event id, and goes in the unit that tells the service so. It is sent
with the transaction id it was put with, and once encrypted always with the same bytes: the server makes it once.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Container
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Final

import msgspec
import structlog
from msgspec import Struct

from amanat.core.errors import InternalError
from amanat.core.retries import pause
from amanat.db.query import QueryFile
from amanat.db.tx import Tx
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.happenings import HeldBack, NotSent, Outgoing, Sent
from amanat.gateway.device.reading import ENCRYPTED
from amanat.gateway.device.rooms import ROOM
from amanat.gateway.device.server_api import Refused, TryAgain
from amanat.gateway.device.sharing import Sharing
from amanat.gateway.device.tables import OUT_STREAM, OUTBOX, OutboxRow
from amanat.gateway.device.telling import Teller
from amanat.gateway.device.to_device import ToDeviceOutbox
from amanat.gateway.signals import Signal

ROOMS_AT_ONCE: Final = 64
PER_LOOK: Final = 50
"""Messages of a room that are read at once."""
FIRST_RETRY_S: Final = 0.5
LAST_RETRY_S: Final = 60.0
REDACTION: Final = "m.room.redaction"

log = structlog.get_logger()


class _RoomId(Struct, frozen=True):
    room_id: str


_sql = QueryFile("amanat.gateway.device", "outbox")
OUTGOING_OF = _sql.query("outgoing_of", OutboxRow)
ROOMS_WITH_OUTGOING = _sql.query("rooms_with_outgoing", _RoomId)


class Outbox:
    """What is on its way out."""

    def __init__(self, ground: Ground, *, sharing: Sharing, to_device: ToDeviceOutbox, teller: Teller) -> None:
        self._store = ground.store
        self._api = ground.api
        self._sharing = sharing
        self._to_device = to_device
        self._teller = teller
        self._due: dict[str, None] = {}
        self._at_work: set[str] = set()
        self._held: dict[str, HeldBack] = {}
        self._failures: dict[str, int] = {}
        self._changes = 0
        self._overlooked = True
        self._woken = Signal()

    def put(self, tx: Tx, outgoing: Outgoing) -> None:
        """Put something to be said, in the unit of whatever it follows from."""
        content = msgspec.json.encode(outgoing.content)
        position = tx.next(OUT_STREAM)
        # What takes an event back says nothing but which, and the server must read that.
        ready = content if outgoing.type == REDACTION else None
        row = OutboxRow(outgoing.room_id, position, outgoing.txn_id, outgoing.type, content, ready)
        tx.put(OUTBOX, row)
        tx.after_commit(partial(self.wake, outgoing.room_id))

    def wake(self, room_id: str) -> None:
        """Look into a room's outgoing messages."""
        self._due[room_id] = None
        self._woken.set()

    def look_everywhere(self) -> None:
        """Look into every room: nobody told what else is on disk, or has changed."""
        self._changes += 1
        self._overlooked = True
        self._woken.set()

    def look_again(self, *, room_ids: Container[str], user_ids: AbstractSet[str]) -> None:
        """Look again into what is held back in some rooms, or because of some people: it may go by now."""
        self._changes += bool(user_ids)
        for room_id in self._at_work:
            if room_id in room_ids:  # it may be about to be held back for what is not so any more
                self.wake(room_id)
        for room_id, held in self._held.items():
            if room_id in room_ids or not user_ids.isdisjoint(held.user_ids):
                self.wake(room_id)

    def try_again(self) -> None:
        """Send at once what could not be sent: the server answers again."""
        failed, self._failures = self._failures, {}
        for room_id in failed:
            self.wake(room_id)

    async def work(self) -> None:
        """Send what there is and what comes, until cancelled; raises `LoggedOut`."""
        await self._again_and_again(self._to_device.deliver_all)
        async with asyncio.TaskGroup() as rooms:
            while True:
                self._woken.clear()
                if self._overlooked:
                    self._overlooked = False
                    await self._again_and_again(self._wake_all)
                for room_id in [room_id for room_id in self._due if room_id not in self._at_work]:
                    if len(self._at_work) == ROOMS_AT_ONCE:
                        break
                    del self._due[room_id]
                    self._at_work.add(room_id)
                    rooms.create_task(self._send_of(room_id))
                await self._woken.wait()

    async def _wake_all(self) -> None:
        for row in await self._store.all(ROOMS_WITH_OUTGOING):
            self.wake(row.room_id)

    async def _again_and_again(self, attempt: Callable[[], Awaitable[None]]) -> None:
        failures = 0
        while True:
            try:
                await attempt()
            except (TryAgain, InternalError) as error:
                failures += 1
                await asyncio.sleep(_pause_s(failures, error))
            else:
                return

    async def _send_of(self, room_id: str) -> None:
        """Send what is to be said in one room, as far as it goes now."""
        try:
            changes = self._changes
            held = await self._send_all(room_id)
            if held is None:
                self._held.pop(room_id, None)
                self._failures.pop(room_id, None)
                return
            await self._hold(held)
            if changes != self._changes:
                # What it waits for may have happened before anybody knew that it waits.
                self.wake(room_id)
        except (TryAgain, InternalError) as error:
            failures = self._failures[room_id] = self._failures.get(room_id, 0) + 1
            pause_s = _pause_s(failures, error)
            log.info("sending_postponed", room_id=room_id, seconds=round(pause_s, 1), reason=str(error))
            asyncio.get_running_loop().call_later(pause_s, self.wake, room_id)
        finally:
            self._at_work.discard(room_id)
            self._woken.set()

    async def _send_all(self, room_id: str) -> HeldBack | None:
        """Send what there is, and return why some of it is held back. What is put meanwhile wakes the room again."""
        while rows := await self._store.all(OUTGOING_OF, room_id=room_id, most=PER_LOOK):
            ready = _encrypted_ones(rows)
            if not ready:
                room = await self._store.first(ROOM, room_id=room_id)
                plain = [row for row in rows if row.encrypted is None]
                encrypted = await self._sharing.encrypt(plain, room_id=room_id, room=room)
                if isinstance(encrypted, HeldBack):
                    return encrypted
                # What is ready already, such as a redaction, stands among them.
                made = {row.position: row for row in encrypted}
                ready = _encrypted_ones([made.get(row.position, row) for row in rows])
            await self._to_device.deliver_of(room_id)
            for row in ready:
                await self._send(row)
            if len(ready) == len(rows) < PER_LOOK:
                break
        return None

    async def _send(self, row: OutboxRow) -> None:
        assert row.encrypted is not None

        def done(tx: Tx) -> bool:
            tx.delete(OUTBOX, row.room_id, row.position)
            return True

        try:
            event_id = await self._put(row, row.encrypted)
        except Refused as refused:
            log.warning("not_sent", room_id=row.room_id, errcode=refused.errcode)
            not_sent = NotSent(room_id=row.room_id, txn_id=row.txn_id, errcode=refused.errcode)
            await self._teller.tell(not_sent, first=done)
            return
        await self._teller.tell(Sent(room_id=row.room_id, txn_id=row.txn_id, event_id=event_id), first=done)

    async def _put(self, row: OutboxRow, content: bytes) -> str:
        if row.type == REDACTION:
            redacted = msgspec.json.decode(content)["redacts"]
            return await self._api.redact(row.room_id, redacted, txn_id=row.txn_id)
        return await self._api.send(row.room_id, ENCRYPTED, txn_id=row.txn_id, content=content)

    async def _hold(self, held: HeldBack) -> None:
        if self._held.get(held.room_id) != held:
            log.warning("held_back", room_id=held.room_id, reason=held.reason)
            await self._teller.tell(held, first=lambda _: True)
        self._held[held.room_id] = held


def _encrypted_ones(rows: list[OutboxRow]) -> list[OutboxRow]:
    """Return the rows at the head that are encrypted already."""
    ready = []
    for row in rows:
        if row.encrypted is None:
            break
        ready.append(row)
    return ready


def _pause_s(failures: int, error: Exception) -> float:
    """Return how long to wait: twice as long each time, and as long as the server asks for; never all at once."""
    asked = error.after_s if isinstance(error, TryAgain) and error.after_s is not None else 0.0
    chance = random.random()  # noqa: S311 - no secret hangs on it
    return max(asked, pause(failures, first=FIRST_RETRY_S, last=LAST_RETRY_S, chance=chance))

"""Messages to devices: kept until the device has confirmed them. Spec: client-server-api#send-to-device-messaging."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

import msgspec
from msgspec import Raw, Struct

from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.gatekeeper import Gatekeeper
from amanat.handlers.transactions import key_of, remember
from amanat.notifier.local import LocalNotifier
from amanat.store.dehydrated_devices import DEHYDRATED_DEVICES
from amanat.store.devices import DEVICES
from amanat.store.events import TRANSACTIONS
from amanat.store.one_time_keys import DeviceKey
from amanat.store.store import Store
from amanat.store.streams import USER_STREAM
from amanat.store.to_device import DEVICES_OF, INBOX, INBOX_POSITIONS, TO_DEVICE, ToDeviceRow

UNIT = 100
"""Messages per unit, so that none holds the writer long; and messages per sync, as the specification suggests."""
ALL_DEVICES = "*"
DEVICES_EACH = 10
"""What a message to all of a person's devices counts for."""

_encode = msgspec.json.Encoder().encode

Messages = dict[str, dict[str, dict[str, Any]]]
"""Content by user id and device id, which may be `*`."""


class Message(Struct, frozen=True):
    """A message to one device, or to all of a person's."""

    user_id: str
    device_id: str
    event: bytes


class ToDevice:
    """Takes messages, hands them out in order, and forgets those that are confirmed."""

    def __init__(
        self, store: Store, *, notifier: LocalNotifier, gatekeeper: Gatekeeper, now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._notifier = notifier
        self._gatekeeper = gatekeeper
        self._now_ms = now_ms
        self.removals = 0
        """Counts devices that were taken away: what is known of the others may be out of date."""

    # Sending

    async def send(self, requester: Requester, *, event_type: str, transaction_id: str, messages: Messages) -> None:
        """Send messages, once per transaction id; those to devices that do not exist are passed over.

        A request that is repeated after a crash goes on where the first one ended: each part of it is written once.
        """
        await self._check(event_type, messages)
        tail = b',"sender":' + _encode(requester.user_id) + b',"type":' + _encode(event_type) + b"}"
        for number, part in enumerate(_parts(messages, tail)):
            key = key_of(requester, "to_device", event_type, transaction_id, str(number))
            await self._deliver(key, part=part)

    async def _check(self, event_type: str, messages: Messages) -> None:
        """Let every message pass the gate before any is written."""
        checked = 0
        for devices in messages.values():
            for content in devices.values():
                self._gatekeeper.check_to_device(event_type, content)
                checked += 1
                if checked % UNIT == 0:
                    await asyncio.sleep(0)

    async def _deliver(self, key: bytes, *, part: Sequence[Message]) -> None:
        def run(tx: Tx) -> bool:
            if tx.get(TRANSACTIONS, key) is not None:
                return True
            if self.removals != removals:
                return False
            remember(tx, key, event_id="", ts=self._now_ms())
            position = tx.next(USER_STREAM)
            for device, message in addressed.items():
                tx.put(TO_DEVICE, ToDeviceRow(*device, position, message.event))
                tx.stage(self._store.inboxes, device, position)
            people = {user_id for user_id, _ in addressed}
            tx.after_commit(lambda: self._publish(people, position))
            return True

        done = False
        while not done:
            # Looked up for all at once, which costs a fifth of a read per message; looked up again if one went since.
            removals = self.removals
            addressed = await self._addressed(part)
            done = await self._store.write(run, needs=[(TRANSACTIONS, (key,))])

    async def _addressed(self, part: Sequence[Message]) -> dict[DeviceKey, Message]:
        """Return what each device gets: a message of its own, or one to all of its owner's."""
        named = {(message.user_id, message.device_id): message for message in part}
        addressed = {}
        for row in await self._store.all(DEVICES_OF, user_ids={message.user_id for message in part}):
            device = (row.user_id, row.device_id)
            message = named.get(device) or named.get((row.user_id, ALL_DEVICES))
            if message is not None:
                addressed[device] = message
        return addressed

    def _publish(self, people: set[str], position: int) -> None:
        for user_id in people:
            self._notifier.user_changed(user_id, position)

    # Receiving

    async def waiting(self, device: DeviceKey, *, after: int, upto: int) -> tuple[list[Raw], int]:
        """Return a device's messages in (after, upto], a hundred at most, and the position up to which they go."""
        newest = await self._store.inboxes.get(device)
        if newest is not None and newest <= after:
            return [], upto
        user_id, device_id = device
        rows = await self._store.all(
            INBOX, user_id=user_id, device_id=device_id, after=after, upto=upto, max_rows=UNIT + 1
        )
        if len(rows) > UNIT:
            upto = rows[UNIT - 1].position
        return [Raw(row.event) for row in rows[:UNIT]], upto

    async def acknowledge(self, device: DeviceKey, *, upto: int) -> None:
        """Forget a device's messages up to a position: it has come back with a token that says it has them."""
        while await self._store.inboxes.get(device):
            rows = await self._store.all(
                INBOX_POSITIONS, user_id=device[0], device_id=device[1], upto=upto, max_rows=UNIT
            )
            if not rows:
                return
            await self._store.write(partial(self._forget, device=device, positions=[row.position for row in rows]))

    async def empty(self, device: DeviceKey) -> None:
        """Delete what has come for a device that is no more; if there is one of its id again, it keeps it all."""

        def run(tx: Tx) -> bool:
            if _exists(tx, *device):
                return True
            rows = list(islice(tx.scan(TO_DEVICE, *device), UNIT))
            for row in rows:
                tx.delete(TO_DEVICE, *device, row.position)
            tx.stage(self._store.inboxes, device, None)
            return len(rows) < UNIT

        needs: list[Need] = [(DEVICES, device), (DEHYDRATED_DEVICES, device[:1]), (TO_DEVICE, device, UNIT)]
        while not await self._store.write(run, needs=needs):
            pass

    def _forget(self, tx: Tx, *, device: DeviceKey, positions: Sequence[int]) -> None:
        for position in positions:
            tx.delete(TO_DEVICE, *device, position)
        newest = tx.peek(self._store.inboxes, device)
        if newest is None or newest <= positions[-1]:
            tx.stage(self._store.inboxes, device, None if newest is None else 0)


def _exists(tx: Tx, user_id: str, device_id: str) -> bool:
    if tx.get(DEVICES, user_id, device_id) is not None:
        return True
    dehydrated = tx.get(DEHYDRATED_DEVICES, user_id)
    return dehydrated is not None and dehydrated.device_id == device_id


def _parts(messages: Messages, tail: bytes) -> Iterator[list[Message]]:
    """Divide a request into parts that are small enough for a unit, the same way whenever it is repeated."""
    part, weight = [], 0
    for user_id, devices in messages.items():
        for device_id, content in devices.items():
            part.append(Message(user_id, device_id, b'{"content":' + _encode(content) + tail))
            weight += DEVICES_EACH if device_id == ALL_DEVICES else 1
            if weight >= UNIT:
                yield part
                part, weight = [], 0
    if part:
        yield part

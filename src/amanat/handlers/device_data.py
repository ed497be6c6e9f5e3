"""What goes with a device that is taken away: its keys, and its inbox, by a job if it is long. See `Devices.data`."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from amanat.db.tx import Need, Tx
from amanat.handlers.device_lists import DeviceLists
from amanat.handlers.jobs import Jobs
from amanat.handlers.to_device import UNIT, ToDevice
from amanat.store.cross_signing import KEY_SIGNATURES
from amanat.store.device_keys import DEVICE_KEYS
from amanat.store.one_time_keys import FALLBACK_KEYS, NO_KEYS, ONE_TIME_KEY_COUNTERS, ONE_TIME_KEYS
from amanat.store.store import Store
from amanat.store.to_device import TO_DEVICE

EMPTY_INBOX: Final = "empty_inbox"


class DeviceData:
    """Removes keys and messages."""

    def __init__(self, store: Store, *, device_lists: DeviceLists, to_device: ToDevice, jobs: Jobs) -> None:
        self._store = store
        self._device_lists = device_lists
        self._to_device = to_device
        self._jobs = jobs
        jobs.workers[EMPTY_INBOX] = self._empty_inbox

    def needs(self, user_id: str, device_id: str) -> Sequence[Need]:
        """Return what `remove` reads."""
        device = (user_id, device_id)
        return [
            (DEVICE_KEYS, device),
            (ONE_TIME_KEYS, device),
            (FALLBACK_KEYS, device),
            (KEY_SIGNATURES, (user_id, user_id, device_id)),
            (TO_DEVICE, device, UNIT),
            *self._device_lists.needs(user_id),
            *self._jobs.needs(EMPTY_INBOX, _subject(user_id, device_id)),
        ]

    def remove(self, tx: Tx, user_id: str, *, device_id: str) -> None:
        """Delete a device's keys, of which there is a bounded number, and what has come for it."""
        device = (user_id, device_id)
        for one_time in list(tx.scan(ONE_TIME_KEYS, *device)):
            tx.delete(ONE_TIME_KEYS, *device, one_time.number)
        tx.delete(ONE_TIME_KEY_COUNTERS, *device)
        for fallback in list(tx.scan(FALLBACK_KEYS, *device)):
            tx.delete(FALLBACK_KEYS, *device, fallback.algorithm)
        for made in list(tx.scan(KEY_SIGNATURES, user_id, user_id, device_id)):
            tx.delete(KEY_SIGNATURES, user_id, user_id, device_id, made.signer_key)
        tx.stage(self._store.key_counts, device, NO_KEYS)
        if tx.get(DEVICE_KEYS, *device) is not None:
            tx.delete(DEVICE_KEYS, *device)
            self._device_lists.changed(tx, user_id)
        messages = list(islice(tx.scan(TO_DEVICE, *device), UNIT))
        for message in messages:
            tx.delete(TO_DEVICE, *device, message.position)
        tx.stage(self._store.inboxes, device, None)
        self._to_device.removals += 1
        if len(messages) == UNIT:
            self._jobs.ask(tx, EMPTY_INBOX, subject=_subject(user_id, device_id))

    async def _empty_inbox(self, subject: str) -> None:
        user_id, _, device_id = subject.partition("\n")
        await self._to_device.empty((user_id, device_id))


def _subject(user_id: str, device_id: str) -> str:
    return f"{user_id}\n{device_id}"

"""Device keys, one-time keys and fallback keys, as devices upload them. Spec: client-server-api#key-distribution."""

from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from amanat.core.device_keys import check_device_keys
from amanat.core.errors import Forbidden, UnknownToken
from amanat.core.one_time_keys import OneTimeKey, check_fallback_keys, check_one_time_keys, new_keys
from amanat.core.requester import Requester
from amanat.core.signed_json import without_signatures
from amanat.db.tx import Need, Tx
from amanat.handlers.device_lists import DeviceLists
from amanat.store.device_keys import DEVICE_KEYS, DeviceKeysRow
from amanat.store.devices import DEVICES
from amanat.store.one_time_keys import (
    FALLBACK_KEYS,
    NO_KEYS,
    ONE_TIME_KEY_COUNTERS,
    ONE_TIME_KEYS,
    CounterRow,
    DeviceKey,
    FallbackKeyRow,
    KeyCounts,
    OneTimeKeyRow,
)
from amanat.store.store import Store

REMEMBERED = 100
"""Keys of a device that are kept after they were given away; an upload has 50 or 100 in practice."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Upload(Struct, frozen=True, kw_only=True):
    """What a device publishes; a part that is absent stays as it is."""

    device_keys: dict[str, Any] | None = None
    one_time_keys: dict[str, Any] | None = None
    fallback_keys: dict[str, Any] | None = None


class CheckedUpload(Struct, frozen=True, kw_only=True):
    """An upload whose keys have the right shape and whose device keys are signed by their device."""

    device: DeviceKey
    device_keys: dict[str, Any] | None
    one_time_keys: list[OneTimeKey]
    fallback_keys: list[OneTimeKey]


def check_upload(upload: Upload, *, user_id: str, device_id: str) -> CheckedUpload:
    """Return an upload as it is to be stored; raises for what is no key of that device."""
    of_device = {"user_id": user_id, "device_id": device_id}
    return CheckedUpload(
        device=(user_id, device_id),
        device_keys=None if upload.device_keys is None else check_device_keys(upload.device_keys, **of_device),
        one_time_keys=check_one_time_keys(upload.one_time_keys or {}, **of_device),
        fallback_keys=check_fallback_keys(upload.fallback_keys or {}, **of_device),
    )


class Keys:
    """Keeps what devices publish."""

    def __init__(self, store: Store, *, device_lists: DeviceLists) -> None:
        self._store = store
        self._device_lists = device_lists

    async def upload(self, requester: Requester, upload: Upload) -> int:
        """Publish keys of the requester's device; return how many one-time keys it has left."""
        checked = check_upload(upload, user_id=requester.user_id, device_id=requester.device_id)

        def run(tx: Tx) -> int:
            if tx.get(DEVICES, *checked.device) is None:
                raise UnknownToken
            return self.put(tx, checked)

        return await self._store.write(run, needs=[(DEVICES, checked.device), *self.needs(checked)])

    def needs(self, upload: CheckedUpload) -> list[Need]:
        """Return what `put` reads."""
        device = upload.device
        needs: list[Need] = [
            (self._store.key_counts, device),
            (DEVICE_KEYS, device),
            (ONE_TIME_KEYS, device),
            (ONE_TIME_KEY_COUNTERS, device),
        ]
        needs += [(FALLBACK_KEYS, (*device, key.algorithm)) for key in upload.fallback_keys]
        return [*needs, *self._device_lists.needs(device[0])]

    def put(self, tx: Tx, upload: CheckedUpload) -> int:
        """Store an upload as part of a unit of work; return how many one-time keys the device has left."""
        one_time = self._put_one_time_keys(tx, upload)
        if upload.device_keys is not None:
            self._put_device_keys(tx, upload.device, upload.device_keys)
        counts = tx.see(self._store.key_counts, upload.device) or NO_KEYS
        unused = set(counts.unused_fallback)
        unused.update(key.algorithm for key in upload.fallback_keys if _put_fallback_key(tx, upload.device, key))
        after = KeyCounts(one_time, tuple(sorted(unused)))
        if after != counts:
            tx.stage(self._store.key_counts, upload.device, after)
        return one_time

    def _put_one_time_keys(self, tx: Tx, upload: CheckedUpload) -> int:
        """Add the keys that are new, and forget those that were given away long ago; return how many are left."""
        device = upload.device
        counter = tx.get(ONE_TIME_KEY_COUNTERS, *device) or CounterRow(*device, 0, 0)
        if not upload.one_time_keys:
            return counter.left
        held = list(tx.scan(ONE_TIME_KEYS, *device))
        given = {row.key_id for row in held if row.number <= counter.given}
        asked = {key.key_id for key in upload.one_time_keys}
        stored = {row.key_id: _decode(row.key) for row in held if row.number > counter.given and row.key_id in asked}
        # A client that lost the answer repeats its upload, and some of the keys may have been given away since.
        fresh = [key for key in upload.one_time_keys if key.key_id not in given]
        new = new_keys(fresh, stored=stored, held=counter.left)
        for number, key in enumerate(new, start=counter.uploaded + 1):
            tx.put(ONE_TIME_KEYS, OneTimeKeyRow(*device, number, key.key_id, _encode(key.key)))
        for row in held:
            if row.number <= counter.given - REMEMBERED:
                tx.delete(ONE_TIME_KEYS, *device, row.number)
        if new:
            counter = replace(counter, uploaded=counter.uploaded + len(new))
            tx.put(ONE_TIME_KEY_COUNTERS, counter)
        return counter.left

    def _put_device_keys(self, tx: Tx, device: DeviceKey, keys: dict[str, Any]) -> None:
        held = tx.get(DEVICE_KEYS, *device)
        if held is None:
            tx.put(DEVICE_KEYS, DeviceKeysRow(*device, _encode(keys)))
            self._device_lists.changed(tx, device[0])
        elif without_signatures(_decode(held.keys)) != without_signatures(keys):
            raise Forbidden("The keys of a device never change; log in as another device to use others.")


def _put_fallback_key(tx: Tx, device: DeviceKey, key: OneTimeKey) -> bool:
    """Store a fallback key unless it is the one that is there; return whether it is new, and so unused."""
    held = tx.get(FALLBACK_KEYS, *device, key.algorithm)
    encoded = _encode(key.key)
    if held is not None and held.key_id == key.key_id and held.key == encoded:
        return False
    tx.put(FALLBACK_KEYS, FallbackKeyRow(*device, key.algorithm, key.key_id, encoded, 0))
    return True

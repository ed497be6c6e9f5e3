"""Dehydrated devices: a device that sleeps on the server and collects keys for its owner (MSC3814).

Its messages stay until it is replaced or deleted, so that a client that was interrupted while waking it begins anew.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

from amanat.core.errors import Forbidden, InvalidParam, MissingParam, NotFound, TooLarge
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.device_data import DeviceData
from amanat.handlers.keys import CheckedUpload, Keys, Upload, check_upload
from amanat.handlers.to_device import ALL_DEVICES, ToDevice
from amanat.store.dehydrated_devices import DEHYDRATED_DEVICE, DEHYDRATED_DEVICES, DehydratedDeviceRow
from amanat.store.devices import DEVICES
from amanat.store.store import Store
from amanat.store.streams import USER_STREAM

MAX_DATA_BYTES: Final = 64 * 1024
"""Ours. A pickled device with a hundred one-time keys has some 10 KB."""
MAX_NAME: Final = 256

_encode = msgspec.json.Encoder().encode


class Dehydrated(Struct, frozen=True, kw_only=True):
    """A device that is put to sleep."""

    device_id: str
    device_data: dict[str, Any]
    initial_device_display_name: str | None = None
    device_keys: dict[str, Any] | None = None
    one_time_keys: dict[str, Any] | None = None
    fallback_keys: dict[str, Any] | None = None


class DehydratedDevices:
    """Keeps at most one such device per person."""

    def __init__(self, store: Store, *, keys: Keys, device_data: DeviceData, to_device: ToDevice) -> None:
        self._store = store
        self._keys = keys
        self._device_data = device_data
        self._to_device = to_device

    async def put(self, requester: Requester, device: Dehydrated) -> None:
        """Put a device in the place of the one that is there, with its keys; the other's keys and messages go."""
        user_id = requester.user_id
        row, upload = _row(user_id, device), _upload(user_id, device)
        needs: list[Need] = [(DEVICES, upload.device), *self._keys.needs(upload)]

        def put(tx: Tx, before: DehydratedDeviceRow | None) -> None:
            if tx.get(DEVICES, *upload.device) is not None:
                raise Forbidden("One of your devices is called so and is awake.")
            if before is not None and before.device_id != row.device_id:
                self._device_data.remove(tx, user_id, device_id=before.device_id)
            self._keys.put(tx, upload)
            tx.put(DEHYDRATED_DEVICES, row)

        await self._change(user_id, put, needs=needs)

    async def get(self, user_id: str) -> DehydratedDeviceRow:
        """Return the device."""
        row = await self._store.first(DEHYDRATED_DEVICE, user_id=user_id)
        if row is None:
            raise NotFound("You have no dehydrated device.")
        return row

    async def delete(self, user_id: str) -> str:
        """Delete the device with its keys and messages; return its id."""
        deleted: list[str] = []

        def delete(tx: Tx, before: DehydratedDeviceRow | None) -> None:
            if before is None:
                raise NotFound("You have no dehydrated device.")
            self._device_data.remove(tx, user_id, device_id=before.device_id)
            tx.delete(DEHYDRATED_DEVICES, user_id)
            deleted[:] = [before.device_id]

        await self._change(user_id, delete, needs=())
        return deleted[0]

    async def delete_any(self, user_id: str) -> None:
        """Delete the device if there is one."""
        if await self._store.first(DEHYDRATED_DEVICE, user_id=user_id) is not None:
            await self.delete(user_id)

    async def events(self, user_id: str, device_id: str, *, after: int) -> tuple[list[Raw], int]:
        """Return what has come for the device after a position, a hundred messages at most, and how far they go."""
        if (await self.get(user_id)).device_id != device_id:
            raise Forbidden("That is not your dehydrated device.")
        upto = self._store.position(USER_STREAM)
        return await self._to_device.waiting((user_id, device_id), after=after, upto=upto)

    async def _change(
        self, user_id: str, change: Callable[[Tx, DehydratedDeviceRow | None], None], *, needs: Sequence[Need]
    ) -> None:
        """Write a change that takes away what is there; done again if that was replaced in the meantime."""
        done = False
        while not done:
            before = await self._store.first(DEHYDRATED_DEVICE, user_id=user_id)
            of_before = [] if before is None else self._device_data.needs(user_id, before.device_id)

            def run(tx: Tx, before: DehydratedDeviceRow | None = before) -> bool:
                if tx.get(DEHYDRATED_DEVICES, user_id) != before:
                    return False
                change(tx, before)
                return True

            done = await self._store.write(run, needs=[(DEHYDRATED_DEVICES, (user_id,)), *of_before, *needs])


def _row(user_id: str, device: Dehydrated) -> DehydratedDeviceRow:
    name, data = device.initial_device_display_name, _encode(device.device_data)
    if device.device_id in ("", ALL_DEVICES) or not fits(device.device_id):
        raise InvalidParam("A device id has 1 to 255 bytes and no U+0000.")
    if name is not None and (len(name) > MAX_NAME or "\0" in name):
        raise InvalidParam(f"A device's name has at most {MAX_NAME} characters and no U+0000.")
    if len(data) > MAX_DATA_BYTES:
        raise TooLarge(f"`device_data` has at most {MAX_DATA_BYTES} bytes.")
    return DehydratedDeviceRow(user_id, device.device_id, name, data)


def _upload(user_id: str, device: Dehydrated) -> CheckedUpload:
    if device.device_keys is None:
        raise MissingParam("A dehydrated device brings its `device_keys`.")
    upload = Upload(
        device_keys=device.device_keys, one_time_keys=device.one_time_keys, fallback_keys=device.fallback_keys
    )
    return check_upload(upload, user_id=user_id, device_id=device.device_id)

"""Devices: logging them in, naming them, and taking them away with everything that was theirs."""

import re
import secrets
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from msgspec.structs import replace

from amanat.core.errors import Forbidden, InvalidParam, NotFound, UserLocked
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.sessions import NewDevice, Sessions, Tokens
from amanat.store.accounts import USERS
from amanat.store.devices import DEVICES, DEVICES_OF_USER, DeviceRow
from amanat.store.store import Store

MAX_DEVICES: Final = 200
"""Per account: scripts log in anew at each run and never log out. The one unseen for the longest gives way."""
MAX_NAME: Final = 256

Device = DeviceRow
"""What the list of devices shows."""

_DEVICE_ID = re.compile(r"[\x21-\x7e]{1,255}")
_CROSS_SIGNING_KEY = re.compile(r"[A-Za-z0-9+/_-]{43}")
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class DeviceData(Protocol):
    """Something kept for a device that goes when it goes: keys, messages to it, a pusher."""

    def needs(self, user_id: str, device_id: str) -> Sequence[Need]:
        """Return what `remove` reads."""
        ...

    def remove(self, tx: Tx, user_id: str, *, device_id: str) -> None:
        """Delete it, a hundred rows at most; what is more than that must be swept later."""
        ...


class Devices:
    """Keeps the list of devices. What others keep for a device is told by adding to `data`."""

    def __init__(self, store: Store, *, sessions: Sessions) -> None:
        self.data: list[DeviceData] = []
        self._store = store
        self._sessions = sessions

    def new(self, device_id: str | None, display_name: str | None, *, refreshable: bool) -> NewDevice:
        """Describe a device to be logged in, with an id of its own if it brings none."""
        if device_id is not None and _DEVICE_ID.fullmatch(device_id) is None:
            raise InvalidParam("A device id has 1 to 255 printable ASCII characters and no space.")
        if device_id is not None and _CROSS_SIGNING_KEY.fullmatch(device_id):
            # spec: client-server-api#cross-signing
            raise Forbidden("A device id must not be a cross-signing key.")
        return NewDevice(
            device_id=device_id or "".join(secrets.choice(_LETTERS) for _ in range(10)),
            display_name=_checked_name(display_name),
            refreshable=refreshable,
        )

    async def log_in(self, user_id: str, device: NewDevice) -> Tokens:
        """Log a device in to an account."""
        await self.make_room(user_id, device.device_id)

        def run(tx: Tx) -> Tokens:
            user = tx.get(USERS, user_id)
            if user is None or user.deactivated_ts is not None:
                raise Forbidden("There is no such account.")
            if user.locked_ts is not None:
                raise UserLocked
            return self._sessions.open(tx, user_id, device=device)

        needs = [(USERS, (user_id,)), *self._sessions.needs(user_id, device.device_id)]
        return await self._store.write(run, needs=needs)

    async def make_room(self, user_id: str, device_id: str) -> None:
        """Let the device go that was unseen for the longest, if one more would be too many."""
        devices = await self.list(user_id)
        if len(devices) < MAX_DEVICES or any(device.device_id == device_id for device in devices):
            return
        longest_unseen = min(devices, key=lambda device: (device.seen_ts, device.created_ts))
        await self.remove(user_id, [longest_unseen.device_id])

    async def list(self, user_id: str) -> Sequence[DeviceRow]:
        """Return a person's devices."""
        return await self._store.all(DEVICES_OF_USER, user_id=user_id)

    async def get(self, user_id: str, device_id: str) -> DeviceRow:
        """Return one device of a person."""
        device = await self._sessions.device(user_id, device_id)
        if device is None:
            raise NotFound("You have no such device.")
        return device

    async def rename(self, requester: Requester, device_id: str, *, display_name: str | None) -> None:
        """Give a device another name."""
        name = _checked_name(display_name)
        key = (requester.user_id, (await self.get(requester.user_id, device_id)).device_id)

        def run(tx: Tx) -> None:
            device = tx.get(DEVICES, *key)
            if device is None:
                raise NotFound("You have no such device.")
            tx.put(DEVICES, replace(device, display_name=name))

        if name is not None:
            await self._store.write(run, needs=[(DEVICES, key)])

    async def remove(self, user_id: str, device_ids: Iterable[str]) -> None:
        """Take devices away: their tokens at once, each with what was theirs. One that is gone is passed over."""
        for device_id in device_ids:
            if "\0" not in device_id:
                await self._remove(user_id, device_id)

    async def _remove(self, user_id: str, device_id: str) -> None:
        def run(tx: Tx) -> None:
            if tx.get(DEVICES, user_id, device_id) is None:
                return
            self._sessions.end(tx, user_id, device_id=device_id)
            for data in self.data:
                data.remove(tx, user_id, device_id=device_id)
            tx.delete(DEVICES, user_id, device_id)

        needs = list(self._sessions.needs(user_id, device_id))
        for data in self.data:
            needs += data.needs(user_id, device_id)
        await self._store.write(run, needs=needs)

    async def remove_all(self, user_id: str, *, but: str | None = None) -> None:
        """Take all of a person's devices away, or all but one."""
        await self.remove(user_id, [row.device_id for row in await self.list(user_id) if row.device_id != but])


def _checked_name(display_name: str | None) -> str | None:
    if display_name is not None and (len(display_name) > MAX_NAME or "\0" in display_name):
        raise InvalidParam(f"A device's name has at most {MAX_NAME} characters and no U+0000.")
    return display_name

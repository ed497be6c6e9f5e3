"""What a sync tells of a person's own, rooms apart: account data, messages to the device, device lists, presence."""

from typing import Any, Protocol

import msgspec
from msgspec import Raw

from amanat.core.filters import Sieve
from amanat.core.one_time_keys import ALGORITHM
from amanat.core.push_rules import ruleset_json
from amanat.core.requester import Requester
from amanat.handlers.account_data import AccountData, as_event
from amanat.handlers.device_lists import DeviceLists
from amanat.handlers.sync import OwnChanges
from amanat.handlers.sync_scope import Rooms, Scope
from amanat.handlers.to_device import ToDevice
from amanat.store.account_data import NO_ROOM
from amanat.store.one_time_keys import NO_KEYS
from amanat.store.push_rules import DEFAULT_RULES
from amanat.store.store import Store

PUSH_RULES = "m.push_rules"


class PresenceSource(Protocol):
    """Who is there."""

    async def events(self, requester: Requester, *, initial: bool, through: Sieve | None) -> list[Raw]:
        """Return the presence that the device has not been told."""
        ...

    def seen(self, requester: Requester, *, presence: str | None) -> None:
        """Note that a device is there, and how its user wishes to appear."""
        ...


class Settings:
    """What a person keeps about themselves: account data, and push rules, which are told as if they were some."""

    def __init__(self, store: Store, *, account_data: AccountData) -> None:
        self._store = store
        self._account_data = account_data

    async def changed(self, scope: Scope, *, after: int, upto: int) -> list[Raw]:
        """Return the settings that changed in (after, upto], as far as the reader's filter lets them through."""
        through = scope.filter.account_data
        rows = await self._account_data.changed(scope.user_id, after=after, upto=upto)
        told = [
            as_event(row) for row in rows if row.room_id == NO_ROOM and (through is None or through.allows(row.type))
        ]
        if through is None or through.allows(PUSH_RULES):
            told += await self._push_rules(scope, after=after, upto=upto)
        return told

    async def _push_rules(self, scope: Scope, *, after: int, upto: int) -> list[Raw]:
        """Tell the push rules to a client that begins, even if they are the default ones, and whenever they change."""
        held = await self._store.push_rules.get(scope.user_id) or DEFAULT_RULES
        if scope.since is not None and not after < held.position <= upto:
            return []
        content = ruleset_json(held.rules, user_id=scope.user_id)
        return [Raw(msgspec.json.encode({"type": PUSH_RULES, "content": content}))]


class SyncOwn:
    """Collects what is a person's own."""

    def __init__(
        self,
        store: Store,
        *,
        settings: Settings,
        to_device: ToDevice,
        device_lists: DeviceLists,
        presence: PresenceSource | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._to_device = to_device
        self._device_lists = device_lists
        self._presence = presence

    async def acknowledge(self, requester: Requester, *, upto: int) -> None:
        """Forget the messages that the device has confirmed by coming back with a later token."""
        await self._to_device.acknowledge((requester.user_id, requester.device_id), upto=upto)

    async def changes(self, scope: Scope, rooms: Rooms) -> OwnChanges:
        """Return what changed after `scope.since`, as far as the messages go that are told at once."""
        device = (scope.user_id, scope.requester.device_id)
        after = 0 if scope.since is None else scope.since.user
        messages, reached = await self._to_device.waiting(device, after=after, upto=scope.now.user)
        # A client that begins must not miss its settings, even if many messages wait.
        upto = scope.now.user if scope.since is None else reached
        return OwnChanges(
            account_data=await self._settings.changed(scope, after=after, upto=upto),
            to_device=messages,
            to_device_upto=reached,
            device_lists=await self._device_lists.of_sync(scope, rooms, upto=upto),
        )

    async def key_counts(self, requester: Requester) -> dict[str, Any]:
        """Return how many keys the device has left. Always, and zero too: some clients upload only when told."""
        counts = await self._store.key_counts.get((requester.user_id, requester.device_id)) or NO_KEYS
        return {
            "device_one_time_keys_count": {ALGORITHM: counts.one_time},
            "device_unused_fallback_key_types": counts.unused_fallback,
            "org.matrix.msc2732.device_unused_fallback_key_types": counts.unused_fallback,
        }

    def seen(self, requester: Requester, *, presence: str | None) -> None:
        """Note that the device is there."""
        if self._presence:
            self._presence.seen(requester, presence=presence)

    async def presence(self, requester: Requester, *, initial: bool, through: Sieve | None) -> list[Raw]:
        """Return the presence that the device has not been told."""
        if self._presence is None:
            return []
        return await self._presence.events(requester, initial=initial, through=through)

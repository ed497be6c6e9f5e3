"""Whose devices there are: what people publish, kept for as long as the server says that nothing has changed."""

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final

import structlog

from amanat.db.query import QueryFile
from amanat.db.tx import Need, Tx
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.tables import DEVICE_LISTS, DEVICES, IDENTITIES, DeviceListRow, DeviceRow, IdentityRow
from amanat.gateway.device.vouching import Published, devices_after, identity_after, published_by

ASKED_TOGETHER: Final = 100
"""People per query: an answer of some 200 kB, and of 50 ms to check."""

log = structlog.get_logger()

_sql = QueryFile("amanat.gateway.device", "device_lists")
LISTS_KNOWN = _sql.query("lists_known", DeviceListRow, cached_on=[DEVICE_LISTS])
DEVICES_OF = _sql.query("devices_of", DeviceRow, cached_on=[DEVICES])
IDENTITIES_OF = _sql.query("identities_of", IdentityRow, cached_on=[IDENTITIES])
DEVICES_WITH_KEY = _sql.query("devices_with_key", DeviceRow, cached_on=[DEVICES])


class DeviceLists:
    """The devices and identities of everybody the service writes with."""

    def __init__(self, ground: Ground) -> None:
        self._store = ground.store
        self._api = ground.api
        self._now_ms = ground.now_ms
        self._asking = asyncio.Lock()
        self._wanted: set[str] = set()
        self._changed: set[str] = set()

    def heard_of_changes(self, user_ids: Iterable[str]) -> None:
        """Take in, before `forget` is written, whose lists the server says have changed or are told of no more."""
        self._changed.update(user_ids)

    def forget(self, tx: Tx, user_ids: Iterable[str]) -> None:
        """Put that those lists are not known any more; the devices are kept, to recognise them again."""
        for user_id in user_ids:
            tx.delete(DEVICE_LISTS, user_id)

    async def know(self, user_ids: Sequence[str]) -> None:
        """Return once all devices of these people are known, asking for those that are not; raises `TryAgain`."""
        while missing := await self._missing(user_ids):
            self._wanted.update(missing)
            async with self._asking:
                first = [user_id for user_id in missing if user_id in self._wanted]
                if first:  # nobody has asked for them meanwhile
                    others = sorted(self._wanted.difference(first))
                    await self._ask((first + others)[:ASKED_TOGETHER])

    async def accept_identity(self, user_id: str) -> bool:
        """Take a person's changed identity for theirs; `False` if it has not changed, or there is none any more."""

        def accept(tx: Tx) -> bool:
            held = tx.get(IDENTITIES, user_id)
            if held is None or not held.changed_to:
                return False
            tx.put(IDENTITIES, IdentityRow(user_id, held.changed_to, None))
            return True

        return await self._store.write(accept, needs=[(IDENTITIES, (user_id,))])

    async def _missing(self, user_ids: Sequence[str]) -> list[str]:
        known = {row.user_id for row in await self._store.all(LISTS_KNOWN, user_ids=[*user_ids])}
        return [user_id for user_id in user_ids if user_id not in known]

    async def _ask(self, user_ids: Sequence[str]) -> None:
        self._changed.difference_update(user_ids)
        answer = await self._api.query_keys(user_ids)
        found: dict[str, Published] = {}
        for user_id in user_ids:
            found[user_id] = published_by(user_id, answer)
            await asyncio.sleep(0)  # 0.5 ms of signatures each
        now_ms = self._now_ms()

        def keep(tx: Tx) -> None:
            for user_id, published in found.items():
                _keep(tx, user_id, published)
                # Changed again while it was asked for: what came may be what was before.
                if user_id not in self._changed:
                    tx.put(DEVICE_LISTS, DeviceListRow(user_id, now_ms))

        needs: list[Need] = [(IDENTITIES, (user_id,)) for user_id in user_ids]
        needs += [(DEVICES, (user_id,)) for user_id in user_ids]
        await self._store.write(keep, needs=needs)
        self._wanted.difference_update(user_ids)


def _keep(tx: Tx, user_id: str, published: Published) -> None:
    held: dict[str, Any] = {row.device_id: row for row in tx.scan(DEVICES, user_id)}
    identity = identity_after(tx.get(IDENTITIES, user_id), published, user_id=user_id)
    tx.put(IDENTITIES, identity)
    after = devices_after(held.values(), published)
    for row in after:
        tx.put(DEVICES, row)
    for device_id in held.keys() - {row.device_id for row in after}:
        tx.delete(DEVICES, user_id, device_id)
    if identity.changed_to is not None:
        tx.after_commit(partial(log.warning, "identity_changed", user_id=user_id))

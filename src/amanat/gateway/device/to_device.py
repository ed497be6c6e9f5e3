"""Messages to devices on their way out: each is on disk, encrypted, before the server is asked to deliver it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import structlog

from amanat.db.query import QueryFile
from amanat.db.tx import Tx
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.server_api import Refused
from amanat.gateway.device.tables import OUT_STREAM, TO_DEVICE_OUTBOX, ToDeviceRow

PER_REQUEST: Final = 50
"""Devices per request: some 80 kB of room keys."""

log = structlog.get_logger()

_sql = QueryFile("amanat.gateway.device", "outbox")
TO_DEVICE_OF = _sql.query("to_device_of", ToDeviceRow, cached_on=[TO_DEVICE_OUTBOX])
TO_DEVICE_ALL = _sql.query("to_device_all", ToDeviceRow)
TO_DEVICE_APART = _sql.query("to_device_apart", ToDeviceRow, cached_on=[TO_DEVICE_OUTBOX])

Addressed = tuple[str, str, Mapping[str, Any]]
"""User id, device id, content."""


class ToDeviceOutbox:
    """What is to go to devices."""

    def __init__(self, ground: Ground) -> None:
        self._store = ground.store
        self._api = ground.api
        self._mint = ground.mint

    def prepare(self, event_type: str, messages: Sequence[Addressed], *, room_id: str | None) -> list[ToDeviceRow]:
        """Return the rows that carry these messages, as many as it takes; `put` gives them their positions."""
        rows = []
        for at in range(0, len(messages), PER_REQUEST):
            by_user: dict[str, dict[str, Mapping[str, Any]]] = {}
            for user_id, device_id, content in messages[at : at + PER_REQUEST]:
                by_user.setdefault(user_id, {})[device_id] = content
            body = msgspec.json.encode({"messages": by_user})
            rows.append(ToDeviceRow(0, room_id, self._mint(), event_type, body))
        return rows

    def put(self, tx: Tx, rows: Sequence[ToDeviceRow]) -> None:
        """Put messages that are to go out."""
        for row in rows:
            position = tx.next(OUT_STREAM)
            tx.put(TO_DEVICE_OUTBOX, ToDeviceRow(position, row.room_id, row.txn_id, row.type, row.messages))

    async def deliver_of(self, room_id: str) -> None:
        """Deliver what a room's next message waits for; raises `TryAgain`."""
        for row in await self._store.all(TO_DEVICE_OF, room_id=room_id):
            await self._deliver(row)

    async def deliver_all(self) -> None:
        """Deliver everything; raises `TryAgain`."""
        while rows := await self._store.all(TO_DEVICE_ALL):
            for row in rows:
                await self._deliver(row)

    async def deliver_apart(self) -> None:
        """Deliver what belongs to no room; raises `TryAgain`."""
        for row in await self._store.all(TO_DEVICE_APART):
            await self._deliver(row)

    async def _deliver(self, row: ToDeviceRow) -> None:
        try:
            await self._api.send_to_device(row.type, txn_id=row.txn_id, messages=row.messages)
        except Refused as refused:
            log.error("to_device_refused", type=row.type, errcode=refused.errcode)
        await self._store.write(lambda tx: tx.delete(TO_DEVICE_OUTBOX, row.position))

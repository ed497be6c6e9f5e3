"""Begins a new channel to devices whose old one broke, and says so through it.

spec: client-server-api#recovering-from-undecryptable-messages. Until somebody has written through it, the other side
would go on with the broken one.
"""

from functools import partial
from typing import Any

import structlog
from msgspec.structs import replace

from amanat.db.query import QueryFile
from amanat.db.tx import Tx
from amanat.gateway.device.claims import Claims
from amanat.gateway.device.device_lists import DEVICES_WITH_KEY
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.olm import Borrowed, OlmChannels
from amanat.gateway.device.tables import OLM_RECOVERIES, OlmRecoveryRow, ToDeviceRow
from amanat.gateway.device.to_device import Addressed, ToDeviceOutbox

log = structlog.get_logger()

_sql = QueryFile("amanat.gateway.device", "recovery")
RECOVERIES_DUE = _sql.query("recoveries_due", OlmRecoveryRow, cached_on=[OLM_RECOVERIES])


class Recovery:
    """Renews channels. How often one may be renewed is up to whoever asks for it."""

    def __init__(self, ground: Ground, channels: OlmChannels) -> None:
        self._store = ground.store
        self._channels = channels
        self._claims = Claims(ground)
        self._to_device = ToDeviceOutbox(ground)

    async def work(self) -> None:
        """Renew every channel that is due; raises `TryAgain`."""
        for row in await self._store.all(RECOVERIES_DUE):
            await self._renew(row)
        await self._to_device.deliver_apart()

    async def _renew(self, row: OlmRecoveryRow) -> None:
        known = await self._store.all(DEVICES_WITH_KEY, keys=[row.sender_key])
        claimed = await self._claims.claim_anew([device for device in known if device.user_id == row.user_id])
        async with self._channels.borrow([row.sender_key]) as borrowed:
            messages: list[Addressed] = []
            for device, key in claimed:
                await borrowed.begin(device.curve25519, one_time_key=key)
                to = (device.user_id, device.curve25519, device.ed25519)
                empty: dict[str, Any] = {}
                messages.append((device.user_id, device.device_id, borrowed.encrypt("m.dummy", empty, to=to)))
            letters = self._to_device.prepare("m.room.encrypted", messages, room_id=None)
            keep = partial(self._keep, row, borrowed, letters)
            await self._store.write(keep, needs=[borrowed.need])
        log.info("channel_renewed", user_id=row.user_id, devices=len(claimed))

    def _keep(self, row: OlmRecoveryRow, borrowed: Borrowed, letters: list[ToDeviceRow], tx: Tx) -> None:
        borrowed.put(tx)
        self._to_device.put(tx, letters)
        tx.put(OLM_RECOVERIES, replace(row, done=1))

"""Where a bot's updates are delivered: on disk, and in memory that follows it, since each delivery asks for it."""

from typing import Final

from msgspec import json

from amanat.db.tx import Tx
from amanat.gateway.bots.api import Webhook
from amanat.gateway.bots.tables import SETTING, SETTINGS, SettingRow
from amanat.gateway.store.store import GatewayStore

WEBHOOK: Final = "webhook"
"""Among the settings; no API names one of its own so."""


class WebhookSetting:
    """One bot's."""

    def __init__(self, store: GatewayStore) -> None:
        self._store = store
        self._webhook: Webhook | None = None
        self._is_known = False
        self._changes = 0
        store.recovered.append(self._forget)

    async def get(self) -> Webhook | None:
        """Return where updates are delivered; None where nobody has said."""
        while not self._is_known:
            changes = self._changes
            row = await self._store.first(SETTING, name=WEBHOOK)
            if changes == self._changes:  # else what was read may be what was before
                self._webhook = json.decode(row.value, type=Webhook) if row else None
                self._is_known = True
        return self._webhook

    async def put(self, webhook: Webhook | None) -> None:
        """Deliver updates to an address from now on; without one, keep them."""

        def note() -> None:
            self._changes += 1
            self._webhook, self._is_known = webhook, True

        def keep(tx: Tx) -> None:
            if webhook is None:
                tx.delete(SETTINGS, WEBHOOK)
            else:
                tx.put(SETTINGS, SettingRow(WEBHOOK, json.encode(webhook)))
            tx.after_commit(note)

        await self._store.write(keep)

    def _forget(self) -> None:
        """A unit that failed may be on disk all the same."""
        self._changes += 1
        self._is_known = False

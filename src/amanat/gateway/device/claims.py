"""Claims keys of devices without a channel. spec: client-server-api#one-time-and-fallback-keys."""

from collections.abc import Sequence
from typing import Any, Final

import structlog

from amanat.core.errors import MatrixError
from amanat.core.signed_json import check_signature, is_key
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.olm import OLM_SESSIONS_OF
from amanat.gateway.device.published_keys import ONE_TIME
from amanat.gateway.device.tables import DeviceRow

EMPTY_MS: Final = 30_000
"""How long a device that had no key left is not asked for one again."""

log = structlog.get_logger()


class Claims:
    """Claims keys, and remembers who had none."""

    def __init__(self, ground: Ground) -> None:
        self._store = ground.store
        self._api = ground.api
        self._now_ms = ground.now_ms
        self._empty: dict[str, int] = {}

    async def claim(self, devices: Sequence[DeviceRow]) -> list[tuple[DeviceRow, str]]:
        """Return a key, checked, of each device that there is no channel to and that has one left."""
        known = {
            row.sender_key
            for row in await self._store.all(OLM_SESSIONS_OF, sender_keys=[device.curve25519 for device in devices])
        }
        return await self.claim_anew([device for device in devices if device.curve25519 not in known])

    async def claim_anew(self, devices: Sequence[DeviceRow]) -> list[tuple[DeviceRow, str]]:
        """Do so whether there is a channel or not; raises `TryAgain`."""
        now_ms = self._now_ms()
        self._empty = {key: since for key, since in self._empty.items() if now_ms - since < EMPTY_MS}
        wanted: dict[str, list[str]] = {}
        for device in devices:
            if device.curve25519 not in self._empty:
                wanted.setdefault(device.user_id, []).append(device.device_id)
        answer = await self._api.claim_keys(wanted) if wanted else {}
        claimed = []
        for device in devices:
            key = _key_of(device, answer)
            if key is None:
                self._empty.setdefault(device.curve25519, now_ms)
            else:
                claimed.append((device, key))
        return claimed


def _key_of(device: DeviceRow, answer: dict[str, Any]) -> str | None:
    """Return the key that was claimed of a device, if the device has signed it."""
    keys = answer.get(device.user_id, {}).get(device.device_id, {})
    for name, key in keys.items():
        if not name.startswith(f"{ONE_TIME}:") or not isinstance(key, dict) or not is_key(key.get("key")):
            continue
        try:
            signer = f"ed25519:{device.device_id}"
            check_signature(key, user_id=device.user_id, key_id=signer, public_key=device.ed25519)
        except MatrixError:
            log.warning("one_time_key_refused", user_id=device.user_id)
            continue
        return str(key["key"])
    return None

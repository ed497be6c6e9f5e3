"""Who runs a service's devices, as its account on the server tells it: what is published, offered, and proposed.

An owner and a host share the account. A host offers to run a device; the owner signs a statement that says so; each
host that it names signs it too, and who signs last publishes it (ADR 0014). What was published before holds until then.
"""

from typing import Any

import msgspec
from msgspec import Struct

from amanat.core.errors import InvalidParam, InvalidSignature
from amanat.core.identifiers import HOSTING, KEY_HOLDERS_FIELD, KEY_HOLDERS_PROPOSED
from amanat.core.key_statements import Operator
from amanat.core.signed_json import check_signature
from amanat.gateway.device.server_api import ServerApi


class Terms(Struct, frozen=True, kw_only=True):
    """Who runs a device, where and for what; without `operator` the service's owner does."""

    operator: Operator | None
    country: str
    purpose: str


class OwnDevices(Struct, frozen=True, kw_only=True):
    """The account's identity, and the devices that it vouches for: `{device id: fingerprint}`."""

    master_key: str
    vouched: dict[str, str]
    others: dict[str, str]
    """Those that it does not vouch for."""


class Holders:
    """What a service's account says of itself."""

    def __init__(self, api: ServerApi, *, user_id: str) -> None:
        self._api = api
        self.user_id = user_id

    async def published(self) -> dict[str, Any]:
        """Return the statement that everybody reads; empty if there is none."""
        return await self._api.profile_field(KEY_HOLDERS_FIELD)

    async def publish(self, statement: dict[str, Any]) -> None:
        """Have everybody read a statement."""
        await self._api.set_profile_field(KEY_HOLDERS_FIELD, statement)

    async def proposed(self) -> dict[str, Any]:
        """Return the statement that waits for hosts, or waited; empty if there is none."""
        return await self._api.account_data(KEY_HOLDERS_PROPOSED)

    async def propose(self, statement: dict[str, Any]) -> None:
        """Have a statement wait for its hosts."""
        await self._api.keep_account_data(KEY_HOLDERS_PROPOSED, statement)

    async def offers(self) -> dict[str, Terms]:
        """Return which devices hosts offer to run; what is no offer is passed over."""
        found = {}
        for device_id, content in (await self._api.account_data(HOSTING)).items():
            try:
                found[device_id] = msgspec.convert(content, Terms)
            except msgspec.ValidationError:
                continue
        return found

    async def offer(self, device_id: str, terms: Terms | None) -> None:
        """Offer to run a device, or take the offer back."""
        content = await self._api.account_data(HOSTING)
        others = {name: value for name, value in content.items() if name != device_id}
        own = {} if terms is None else {device_id: msgspec.to_builtins(terms)}
        await self._api.keep_account_data(HOSTING, others | own)

    async def devices(self) -> OwnDevices:
        """Return the account's devices; an account without an identity vouches for none."""
        known = await self._api.query_keys([self.user_id])
        master, self_signing = (
            _first_key(known.get(f"{use}_keys", {}).get(self.user_id, {})) for use in ("master", "self_signing")
        )
        vouched: dict[str, str] = {}
        others: dict[str, str] = {}
        for device_id, device in known.get("device_keys", {}).get(self.user_id, {}).items():
            fingerprint = device.get("keys", {}).get(f"ed25519:{device_id}", "")
            is_vouched = bool(self_signing) and _is_signed(device, by=self.user_id, key=self_signing)
            (vouched if is_vouched else others)[device_id] = fingerprint
        return OwnDevices(master_key=master, vouched=vouched, others=others)


def _first_key(keys: dict[str, Any]) -> str:
    return next(iter(keys.get("keys", {}).values()), "")


def _is_signed(value: dict[str, Any], *, by: str, key: str) -> bool:
    try:
        check_signature(value, user_id=by, key_id=f"ed25519:{key}", public_key=key)
    except (InvalidParam, InvalidSignature):
        return False
    return True

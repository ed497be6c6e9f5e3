"""People's device keys and cross-signing keys, as a reader may see them. Spec: client-server-api#key-distribution."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Raw, Struct

from amanat.core.cross_signing import CrossSigningKeys, KeySignature, public_key, shown, with_signatures
from amanat.core.identifiers import server_of
from amanat.store.cross_signing import CROSS_SIGNING_KEYS_OF, SIGNATURES_SEEN_BY, SignatureRow
from amanat.store.device_keys import DEVICE_KEYS_OF, KNOWN_USERS, NamedDeviceKeys
from amanat.store.store import Store

PAGE = 200
"""People looked up at once; between two pages others have their turn."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Published(Struct, frozen=True):
    """What one person has published, and the signatures on it by themselves or the reader."""

    devices: list[NamedDeviceKeys]
    keys: dict[str, dict[str, Any]]
    signatures: list[KeySignature]

    def cross_signing(self, *, owner: str, reader: str) -> CrossSigningKeys:
        """Return the cross-signing keys as the reader may see them."""
        keys = CrossSigningKeys(**self.keys)
        master = None if keys.master is None else public_key(keys.master)
        on_master = [made for made in self.signatures if made.target_key == master]
        return shown(keys, on_master, owner=owner, reader=reader)


class KeyQuery:
    """Looks keys up."""

    def __init__(self, store: Store, *, server_name: str) -> None:
        self._store = store
        self._server_name = server_name

    async def query(self, reader: str, wanted: dict[str, list[str]]) -> dict[str, Any]:
        """Return the answer of `/keys/query`; whom there is not is left out, no devices named means all."""
        answer: dict[str, Any] = {
            "device_keys": {},
            "master_keys": {},
            "self_signing_keys": {},
            "user_signing_keys": {},
            "failures": {server_of(name): {} for name in wanted if server_of(name) != self._server_name},
        }
        local = [user_id for user_id in wanted if server_of(user_id) == self._server_name]
        for start in range(0, len(local), PAGE):
            for owner, found in (await self._published(local[start : start + PAGE], reader)).items():
                _add(answer, found, owner=owner, reader=reader, device_ids=wanted[owner])
            await asyncio.sleep(0)
        return answer

    async def _published(self, user_ids: Sequence[str], reader: str) -> dict[str, Published]:
        known = await self._store.all(KNOWN_USERS, user_ids=user_ids)
        found = {row.user_id: Published([], {}, []) for row in known}
        for device in await self._store.all(DEVICE_KEYS_OF, user_ids=user_ids):
            found[device.user_id].devices.append(device)
        for key in await self._store.all(CROSS_SIGNING_KEYS_OF, user_ids=user_ids):
            found[key.user_id].keys[key.usage] = _decode(key.key)
        for made in await self._store.all(SIGNATURES_SEEN_BY, user_ids=user_ids, reader=reader):
            found[made.target_user].signatures.append(signature_of(made))
        return found


def signature_of(row: SignatureRow) -> KeySignature:
    """Read a stored signature."""
    return KeySignature(
        signer_user=row.signer_user,
        signer_key=row.signer_key,
        target_user=row.target_user,
        target_key=row.target_key,
        signature=row.signature,
    )


def _add(answer: dict[str, Any], found: Published, *, owner: str, reader: str, device_ids: list[str]) -> None:
    answer["device_keys"][owner] = {
        device.device_id: _shown_device(device, found.signatures, reader)
        for device in found.devices
        if not device_ids or device.device_id in device_ids
    }
    keys = found.cross_signing(owner=owner, reader=reader)
    for section, key in (
        ("master_keys", keys.master),
        ("self_signing_keys", keys.self_signing),
        ("user_signing_keys", keys.user_signing),
    ):
        if key is not None:
            answer[section][owner] = key


def _shown_device(device: NamedDeviceKeys, signatures: Sequence[KeySignature], reader: str) -> Raw:
    keys = device.keys
    on_device = [made for made in signatures if made.target_key == device.device_id]
    if on_device:
        keys = _encode(with_signatures(_decode(keys), on_device, owner=device.user_id, reader=reader))
    if device.display_name is not None:
        keys = keys[:-1] + b',"unsigned":{"device_display_name":' + _encode(device.display_name) + b"}}"
    return Raw(keys)

"""Cross-signing keys are published, and keys are signed. Spec: client-server-api#cross-signing."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct

from amanat.core.cross_signing import (
    CrossSigningKeys,
    Key,
    KeySignature,
    Signer,
    Upload,
    accept,
    needs_authentication,
    public_key,
    publish,
)
from amanat.core.device_keys import ed25519_of
from amanat.core.errors import BadJson, MatrixError, NotFound
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.device_lists import DeviceLists
from amanat.handlers.interactive_auth import InteractiveAuth
from amanat.store.cross_signing import (
    CROSS_SIGNING_KEYS,
    CROSS_SIGNING_KEYS_OF,
    KEY_SIGNATURES,
    CrossSigningRow,
    SignatureRow,
)
from amanat.store.device_keys import DEVICE_KEYS, DEVICE_KEYS_OF
from amanat.store.store import Store

# spec: client-server-api#oauth-20-account-management
RESET = "org.matrix.cross_signing_reset"
UNIT = 100
"""Signatures per unit, so that none holds the writer long."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode

Failures = dict[str, dict[str, Any]]


class _Identity(Struct, frozen=True):
    """What a person has published: keys per use and devices, as JSON."""

    keys: dict[str, bytes]
    devices: dict[str, bytes]

    def signer(self, user_id: str) -> Signer:
        return Signer(
            user_id=user_id,
            keys=CrossSigningKeys(**{use: _decode(key) for use, key in self.keys.items()}),
            devices={device_id: ed25519_of(_decode(keys)) for device_id, keys in self.devices.items()},
        )

    def find(self, key_id: str) -> Key | None:
        """Return the device keys or the master key of that id."""
        if key_id in self.devices:
            keys: Key = _decode(self.devices[key_id])
            return keys
        master: Key | None = _decode(self.keys["master"]) if "master" in self.keys else None
        return master if master is not None and public_key(master) == key_id else None


class CrossSigning:
    """Publishes people's identities, and what they sign with them."""

    def __init__(self, store: Store, *, device_lists: DeviceLists, interactive_auth: InteractiveAuth) -> None:
        self._store = store
        self._device_lists = device_lists
        self._interactive_auth = interactive_auth

    async def publish(self, requester: Requester, upload: Upload, *, auth: dict[str, Any] | None) -> None:
        """Publish cross-signing keys. To replace some, the requester has to prove who they are."""
        user_id, proved = requester.user_id, False
        needs: list[Need] = [
            (CROSS_SIGNING_KEYS, (user_id,)),
            (DEVICE_KEYS, (user_id,)),
            (KEY_SIGNATURES, (user_id, user_id)),
            *self._device_lists.needs(user_id),
        ]
        while True:
            before = await self._identity(user_id)
            owner = before.signer(user_id)
            after = publish(upload, owner=owner)
            if after == owner.keys:
                return
            if needs_authentication(owner.keys, after) and not proved:
                operation = f"publish cross-signing keys\n{sorted(after.public_keys().values())}"
                await self._interactive_auth.require(requester, auth, operation=operation, account_action=RESET)
                proved = True
            # Signatures are verified out here, where they hold up nobody; so somebody else may have been faster.
            if await self._store.write(
                partial(self._replace, user_id=user_id, before=before, after=after), needs=needs
            ):
                return

    def _replace(self, tx: Tx, *, user_id: str, before: _Identity, after: CrossSigningKeys) -> bool:
        """Store keys, if those that are there are still the ones that were looked at."""
        if _identity_in(tx, user_id) != before:
            return False
        published = {use: key for use, key in _by_use(after) if key is not None}
        if "master" in before.keys and published["master"] != _decode(before.keys["master"]):
            for made in list(tx.scan(KEY_SIGNATURES, user_id, user_id)):
                tx.delete(KEY_SIGNATURES, user_id, user_id, made.target_key, made.signer_key)
        for use in before.keys.keys() - published.keys():
            tx.delete(CROSS_SIGNING_KEYS, user_id, use)
        for use, key in published.items():
            tx.put(CROSS_SIGNING_KEYS, CrossSigningRow(user_id, use, _encode(key)))
        self._device_lists.changed(tx, user_id)
        return True

    async def sign(self, requester: Requester, signed: dict[str, dict[str, Any]]) -> Failures:
        """Store signatures on people's keys, by user and key id; return the errors of those that were refused."""
        failures: Failures = {}
        signer = (await self._identity(requester.user_id)).signer(requester.user_id)
        accepted: list[KeySignature] = []
        for target, keys in signed.items():
            identity = await self._identity(target)
            for key_id, key in keys.items():
                try:
                    accepted += _accept(key, signer=signer, target=target, key_id=key_id, identity=identity)
                except MatrixError as error:
                    failures.setdefault(target, {})[key_id] = error.body()
        for start in range(0, len(accepted), UNIT):
            await self._keep(requester.user_id, accepted[start : start + UNIT])
        return failures

    async def _keep(self, signer: str, made: Sequence[KeySignature]) -> None:
        rows = [
            SignatureRow(each.target_user, each.signer_user, each.target_key, each.signer_key, each.signature)
            for each in made
        ]
        keys = [(row.target_user, row.signer_user, row.target_key, row.signer_key) for row in rows]

        def run(tx: Tx) -> None:
            new = [row for row, key in zip(rows, keys, strict=True) if tx.get(KEY_SIGNATURES, *key) != row]
            for row in new:
                tx.put(KEY_SIGNATURES, row)
            for target in sorted({row.target_user for row in new}):
                if target == signer:
                    self._device_lists.changed(tx, signer)
                else:
                    self._device_lists.signed(tx, signer, target=target)

        needs: list[Need] = [(KEY_SIGNATURES, key) for key in keys]
        await self._store.write(run, needs=[*needs, *self._device_lists.needs(signer)])

    async def _identity(self, user_id: str) -> _Identity:
        keys = await self._store.all(CROSS_SIGNING_KEYS_OF, user_ids=[user_id])
        devices = await self._store.all(DEVICE_KEYS_OF, user_ids=[user_id])
        return _Identity({row.usage: row.key for row in keys}, {row.device_id: row.keys for row in devices})


def _identity_in(tx: Tx, user_id: str) -> _Identity:
    return _Identity(
        {row.usage: row.key for row in tx.scan(CROSS_SIGNING_KEYS, user_id)},
        {row.device_id: row.keys for row in tx.scan(DEVICE_KEYS, user_id)},
    )


def _accept(key: Any, *, signer: Signer, target: str, key_id: str, identity: _Identity) -> list[KeySignature]:
    if not isinstance(key, dict):
        raise BadJson("What is signed is a JSON object.")
    if "\0" in target or "\0" in key_id:
        raise NotFound("There is no key of that user by that id that you may sign.")
    return accept(key, signer=signer, target_user=target, target_key=key_id, stored=identity.find(key_id))


def _by_use(keys: CrossSigningKeys) -> Iterator[tuple[str, Key | None]]:
    yield from (("master", keys.master), ("self_signing", keys.self_signing), ("user_signing", keys.user_signing))

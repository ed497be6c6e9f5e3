"""Cross-signing keys, who may sign what, and who sees which signature. Pure; spec: client-server-api#cross-signing."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import BadJson, Forbidden, InvalidParam, InvalidSignature, MissingParam, NotFound
from amanat.core.signed_json import check_signature, is_key, signatures_by, without_signatures

Key = dict[str, Any]


class CrossSigningKeys(Struct, frozen=True, kw_only=True):
    """A user's keys: the objects as they were uploaded, the signatures that we keep included."""

    master: Key | None = None
    self_signing: Key | None = None
    user_signing: Key | None = None

    def public_keys(self) -> dict[str, str]:
        """Return the public key per use. No device may have one as its id."""
        by_use = (("master", self.master), ("self_signing", self.self_signing), ("user_signing", self.user_signing))
        return {use: public_key(key) for use, key in by_use if key is not None}


class Upload(Struct, frozen=True, kw_only=True):
    """The body of a request that publishes keys, less its `auth`."""

    master_key: Key | None = None
    self_signing_key: Key | None = None
    user_signing_key: Key | None = None


class Signer(Struct, frozen=True, kw_only=True):
    """Who signs: a user's cross-signing keys, and the ed25519 keys of their devices by device id."""

    user_id: str
    keys: CrossSigningKeys
    devices: Mapping[str, str]


class KeySignature(Struct, frozen=True, kw_only=True):
    """A verified signature on a device's keys or a master key; `target_key` is a device id or a public key."""

    signer_user: str
    signer_key: str
    target_user: str
    target_key: str
    signature: str


def public_key(key: Key) -> str:
    """Return the one public key of a cross-signing key that has been checked."""
    public: str = next(iter(key["keys"].values()))
    return public


def needs_authentication(current: CrossSigningKeys, uploaded: CrossSigningKeys) -> bool:
    """Whether publishing the keys replaces or adds to an identity, rather than makes or repeats it."""
    # spec: client-server-api#post_matrixclientv3keysdevice_signingupload
    return current.master is not None and uploaded.public_keys() != current.public_keys()


def publish(upload: Upload, *, owner: Signer) -> CrossSigningKeys:
    """Return the user's keys after the upload, equal to what they were if it holds nothing new.

    A new master key is a new identity: keys that only the old one had signed do not outlive it.
    """
    current = owner.keys
    master = _master(upload.master_key, owner)
    if master is None:
        if upload.self_signing_key is None and upload.user_signing_key is None:
            return current
        raise MissingParam("There is no master key, neither in this request nor from an earlier one.")
    kept = current if master is current.master else CrossSigningKeys()
    after = CrossSigningKeys(
        master=master,
        self_signing=_signed_by_master(upload.self_signing_key, "self_signing", kept.self_signing, master, owner),
        user_signing=_signed_by_master(upload.user_signing_key, "user_signing", kept.user_signing, master, owner),
    )
    _check_distinct(after, owner)
    return after


def accept(signed: Key, *, signer: Signer, target_user: str, target_key: str, stored: Key | None) -> list[KeySignature]:
    """Return the signatures that an uploaded object adds to what is `stored` under its key id, or say what is wrong.

    A user signs their own devices with the self-signing key, their own master key with their devices, and another's
    master key with the user-signing key; nothing else is accepted. `stored` is device keys or a master key.
    """
    if stored is None or ("usage" not in stored and target_user != signer.user_id):
        raise NotFound("There is no key of that user by that id that you may sign.")
    if without_signatures(signed) != without_signatures(stored):
        raise InvalidParam("What you signed is not the key that is published.")
    allowed = _signing_keys(signer, stored, is_own=target_user == signer.user_id)
    made = signatures_by(signed, signer.user_id)
    used = [key_id for key_id in allowed if key_id in made]
    if not used:
        raise InvalidSignature("None of the signatures is by a key of yours that may sign this.")
    for key_id in used:
        check_signature(signed, user_id=signer.user_id, key_id=key_id, public_key=allowed[key_id])
    return [
        KeySignature(
            signer_user=signer.user_id,
            signer_key=key_id,
            target_user=target_user,
            target_key=target_key,
            signature=made[key_id],
        )
        for key_id in used
    ]


def with_signatures(key: Key, signatures: Iterable[KeySignature], *, owner: str, reader: str) -> Key:
    """Return a key with the signatures that the reader may see: the owner's and the reader's own.

    Whom somebody else has verified is nobody's business. Spec: client-server-api#key-and-signature-security.
    """
    merged = {user: dict(by_key) for user, by_key in key.get("signatures", {}).items()}
    for each in signatures:
        if each.signer_user in (owner, reader):
            merged.setdefault(each.signer_user, {})[each.signer_key] = each.signature
    return {**key, "signatures": merged} if merged else key


def shown(keys: CrossSigningKeys, signatures: Iterable[KeySignature], *, owner: str, reader: str) -> CrossSigningKeys:
    """Return a user's keys as the reader may see them; `signatures` are those on the master key."""
    return replace(
        keys,
        master=None if keys.master is None else with_signatures(keys.master, signatures, owner=owner, reader=reader),
        user_signing=keys.user_signing if reader == owner else None,
    )


def _master(uploaded: Key | None, owner: Signer) -> Key | None:
    """Return the user's master key after an upload, with those of its signatures that are by the user's devices."""
    current = owner.keys.master
    if uploaded is None:
        return current
    _check_shape(uploaded, "master", owner.user_id)
    if current is not None and public_key(uploaded) == public_key(current):
        return current
    device_keys = {f"ed25519:{device_id}": key for device_id, key in owner.devices.items()}
    by_device = [key_id for key_id in signatures_by(uploaded, owner.user_id) if key_id in device_keys]
    for key_id in by_device:
        check_signature(uploaded, user_id=owner.user_id, key_id=key_id, public_key=device_keys[key_id])
    return _signed_only_by(uploaded, owner.user_id, by_device)


def _signed_by_master(uploaded: Key | None, use: str, current: Key | None, master: Key, owner: Signer) -> Key | None:
    if uploaded is None:
        return current
    _check_shape(uploaded, use, owner.user_id)
    if current is not None and public_key(uploaded) == public_key(current):
        return current
    key_id = f"ed25519:{public_key(master)}"
    check_signature(uploaded, user_id=owner.user_id, key_id=key_id, public_key=public_key(master))
    return _signed_only_by(uploaded, owner.user_id, [key_id])


def _signed_only_by(key: Key, user_id: str, key_ids: list[str]) -> Key:
    """Drop the signatures that were not checked, so that what is shown to others has been."""
    made = signatures_by(key, user_id)
    bare = without_signatures(key)
    return {**bare, "signatures": {user_id: {key_id: made[key_id] for key_id in key_ids}}} if key_ids else bare


def _check_shape(key: Key, use: str, user_id: str) -> None:
    if key.get("user_id") != user_id:
        raise InvalidParam(f"The {use} key is not of the user who uploads it.")
    usage, keys = key.get("usage"), key.get("keys")
    if not isinstance(usage, list) or use not in usage:
        raise InvalidParam(f"The usage of the {use} key does not name {use}.")
    if not isinstance(keys, dict) or len(keys) != 1:
        raise BadJson(f"The {use} key has exactly one public key.")
    key_id, public = next(iter(keys.items()))
    if not is_key(public) or key_id != f"ed25519:{public}":
        raise InvalidParam(f"The {use} key is called ed25519: and its public key, 32 bytes in unpadded base64.")


def _check_distinct(keys: CrossSigningKeys, owner: Signer) -> None:
    """A key id must name one thing, since devices and cross-signing keys share their names."""
    public = keys.public_keys().values()
    if not owner.devices.keys().isdisjoint(public):
        raise Forbidden("Key ID in use: one of your devices is called like one of the keys.")
    if len(set(public)) < len(public):
        raise InvalidParam("The master, self-signing and user-signing keys are three different keys.")


def _signing_keys(signer: Signer, target: Key, *, is_own: bool) -> dict[str, str]:
    """Return the public keys, by id, that may sign the target."""
    if is_own and "usage" in target:
        return {f"ed25519:{device_id}": key for device_id, key in signer.devices.items()}
    key = signer.keys.self_signing if is_own else signer.keys.user_signing
    if key is None:
        raise NotFound(f"You have no {'self' if is_own else 'user'}-signing key to sign this with.")
    return {f"ed25519:{public_key(key)}": public_key(key)}

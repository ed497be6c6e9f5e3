"""Whose devices they are: what an answer of `/keys/query` proves, and who may have a room's key. Pure.

spec: client-server-api#cross-signing. The server can list any device. One counts as a person's own if their
self-signing key has signed it, which their master key has signed, and that is the one that was seen first.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from msgspec import Struct

from amanat.core import cross_signing
from amanat.core.device_keys import check_device_keys
from amanat.core.errors import MatrixError
from amanat.core.signed_json import check_signature, is_key
from amanat.gateway.device.tables import DeviceRow, IdentityRow

Answers = Literal["writers", "everybody", "nobody"]
"""Which people without a published identity get room keys: those who wrote in the room, all of them, or none."""

UNVERIFIED: Final = "m.unverified"
"""spec: client-server-api#mroom_keywithheld: why a device gets no key."""

Json = dict[str, Any]


class Published(Struct, frozen=True, kw_only=True):
    """What a person has published, as far as it proves itself; no `master_key`: no identity."""

    master_key: str | None
    devices: list[DeviceRow]


def published_by(user_id: str, answer: Json) -> Published:
    """Read an answer of `/keys/query` for one person; devices and keys that prove nothing are left out."""
    master = _identity_key(answer.get("master_keys"), user_id, use="master", signer=None)
    self_signing = _identity_key(answer.get("self_signing_keys"), user_id, use="self_signing", signer=master)
    listed = _object(_object(answer.get("device_keys")).get(user_id))
    rows = [_device(user_id, device_id, _object(keys), self_signing) for device_id, keys in listed.items()]
    return Published(master_key=master, devices=[row for row in rows if row is not None])


def identity_after(held: IdentityRow | None, published: Published, *, user_id: str) -> IdentityRow:
    """Return what is kept of a person's identity: the first one stays until another is accepted."""
    if held is None or held.master_key is None:
        return IdentityRow(user_id, published.master_key, None)
    same = held.master_key == published.master_key
    return IdentityRow(user_id, held.master_key, None if same else published.master_key or "")


def devices_after(held: Iterable[DeviceRow], published: Published) -> list[DeviceRow]:
    """Return a person's devices; one that comes back with other keys stays what it was.

    spec: client-server-api#device-keys: the keys of a device never change.
    """
    known = {row.device_id: row for row in held}
    return [
        row if (old := known.get(row.device_id)) is None or _same_keys(old, row) else old for row in published.devices
    ]


class Verdict(Struct, frozen=True, kw_only=True):
    """Who gets a room's key and who does not; `changed`: people whose identity is another, which holds all back."""

    give: list[DeviceRow]
    refuse: list[DeviceRow]
    changed: list[str]


def who_gets_it(
    devices: Iterable[DeviceRow],
    *,
    identities: Mapping[str, IdentityRow],
    writers: Sequence[str],
    answers: Answers,
) -> Verdict:
    """Decide for each device in a room: those of an identity if it vouches for them; others as `answers` says."""
    give: list[DeviceRow] = []
    refuse: list[DeviceRow] = []
    for device in devices:
        identity = identities.get(device.user_id)
        if identity is None or identity.master_key is None:
            gets = answers == "everybody" or (answers == "writers" and device.user_id in writers)
        else:
            gets = bool(device.vouched)
        (give if gets else refuse).append(device)
    changed = sorted(user_id for user_id, identity in identities.items() if identity.changed_to is not None)
    return Verdict(give=give, refuse=refuse, changed=changed)


def _identity_key(keys: Any, user_id: str, *, use: str, signer: str | None) -> str | None:
    key = _object(_object(keys).get(user_id))
    usage, public = key.get("usage"), _object(key.get("keys"))
    if key.get("user_id") != user_id or not isinstance(usage, list) or use not in usage or len(public) != 1:
        return None
    name = cross_signing.public_key(key)
    if not is_key(name) or f"ed25519:{name}" not in public:
        return None
    if use == "master":
        return name
    return name if signer is not None and _is_signed(key, user_id, by=signer) else None


def _device(user_id: str, device_id: str, keys: Json, self_signing: str | None) -> DeviceRow | None:
    try:
        checked = check_device_keys(keys, user_id=user_id, device_id=device_id)["keys"]
    except (MatrixError, RecursionError):
        return None
    curve25519 = checked.get(f"curve25519:{device_id}")
    if curve25519 is None:
        return None
    vouched = self_signing is not None and _is_signed(keys, user_id, by=self_signing)
    return DeviceRow(user_id, device_id, curve25519, checked[f"ed25519:{device_id}"], int(vouched))


def _is_signed(signed: Json, user_id: str, *, by: str) -> bool:
    try:
        check_signature(signed, user_id=user_id, key_id=f"ed25519:{by}", public_key=by)
    except MatrixError:
        return False
    return True


def _same_keys(one: DeviceRow, other: DeviceRow) -> bool:
    return (one.curve25519, one.ed25519) == (other.curve25519, other.ed25519)


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}

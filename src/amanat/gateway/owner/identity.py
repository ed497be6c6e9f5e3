"""The identity of a service's owner: made, published, and used to sign the service's device.

spec: client-server-api#cross-signing. Whoever holds these keys can make any device pass for the service's own, so they
lie in a file apart from the gateway's data, best on another machine: the gateway needs them only while it is signed.
"""

from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import DecodeError, Struct, json

from amanat.core.signed_json import public_key_of, signed_by
from amanat.db.files import write_durably

Json: TypeAlias = dict[str, Any]
Post: TypeAlias = Callable[[str, Json], Awaitable[Json]]
"""Makes a POST to a path of the client-server API as the service, and returns the answer."""

UPLOAD = "/_matrix/client/v3/keys/device_signing/upload"
SIGN = "/_matrix/client/v3/keys/signatures/upload"
QUERY = "/_matrix/client/v3/keys/query"


class NoOwner(Exception):
    """The owner's file or the device is not there, or it is another identity's: its sentence says which."""


class OwnerKeys(Struct, frozen=True, kw_only=True):
    """The secret halves of a service's cross-signing keys: Ed25519 seeds in base64."""

    user_id: str
    master: str
    self_signing: str
    user_signing: str

    def __repr__(self) -> str:
        return f"OwnerKeys({self.user_id})"


def make(user_id: str) -> OwnerKeys:
    """Make the keys of a new identity."""
    master, self_signing, user_signing = (
        b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode() for _ in range(3)
    )
    return OwnerKeys(user_id=user_id, master=master, self_signing=self_signing, user_signing=user_signing)


def write(keys: OwnerKeys, file: Path) -> None:
    """Write the keys; raises `FileExistsError` rather than replace an identity."""
    if file.exists():
        raise FileExistsError(f"{file} holds an identity already, and identities are never replaced.")
    write_durably(file, json.encode(keys), mode=0o600)


def read(file: Path) -> OwnerKeys:
    """Read what `write` wrote; raises `NoOwner`."""
    try:
        return json.decode(file.read_bytes(), type=OwnerKeys)
    except FileNotFoundError:
        raise NoOwner(f"{file} is missing: the service's identity lies in it.") from None
    except DecodeError as error:
        raise NoOwner(f"{file} is damaged: {error}.") from None


async def publish(keys: OwnerKeys, post: Post) -> None:
    """Publish the identity. Repeating it changes nothing; raises `NoOwner` if the service has another identity."""
    held = (await post(QUERY, {"device_keys": {keys.user_id: []}})).get("master_keys", {}).get(keys.user_id)
    master = _key(keys.master)
    if held is not None:
        if f"ed25519:{public_key_of(master)}" not in held["keys"]:
            raise NoOwner(f"{keys.user_id} has another identity already. Use the file that it was made with.")
        return
    body = {"master_key": _public(keys, "master", master)}
    for use, seed in ("self_signing", keys.self_signing), ("user_signing", keys.user_signing):
        body[f"{use}_key"] = signed_by(_public(keys, use, _key(seed)), keys.user_id, key=master)
    await post(UPLOAD, body)


async def vouch(keys: OwnerKeys, post: Post, *, device_id: str) -> None:
    """Sign the service's device, so that people's apps give it keys; raises `NoOwner` if the server knows none."""
    known = await post(QUERY, {"device_keys": {keys.user_id: []}})
    device = known.get("device_keys", {}).get(keys.user_id, {}).get(device_id)
    if device is None:
        raise NoOwner(f"The server knows no keys of the device {device_id}: start its gateway once, then sign it.")
    signed = signed_by(device, keys.user_id, key=_key(keys.self_signing))
    answer = await post(SIGN, {keys.user_id: {device_id: signed}})
    if answer.get("failures"):
        raise NoOwner(f"The server refused the signature: {answer['failures']}.")


def _public(keys: OwnerKeys, use: str, key: Ed25519PrivateKey) -> Json:
    name = public_key_of(key)
    return {"user_id": keys.user_id, "usage": [use], "keys": {f"ed25519:{name}": name}}


def _key(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(b64decode(seed))

"""A cross-signing identity for a sample person: what makes their one device theirs to other people's apps.

spec: client-server-api#cross-signing. matrix-nio has none. The private keys are forgotten as soon as the device is
signed: a sample person never gets a second one.
"""

from typing import Any

import msgspec
import nio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from amanat.core.signed_json import public_key_of, signed_by


async def publish_identity(client: nio.AsyncClient) -> None:
    """Publish the person's public keys and sign their device, unless that was done at an earlier start."""
    user_id, device_id = client.user_id, client.device_id
    known = await _ask(client, "/_matrix/client/v3/keys/query", {"device_keys": {user_id: []}})
    if user_id in known.get("master_keys", {}):
        return
    master, self_signing, user_signing = (Ed25519PrivateKey.generate() for _ in range(3))
    keys = {"master_key": _public(user_id, "master", key=master)}
    for usage, key in ("self_signing", self_signing), ("user_signing", user_signing):
        keys[f"{usage}_key"] = signed_by(_public(user_id, usage, key=key), user_id, key=master)
    await _ask(client, "/_matrix/client/v3/keys/device_signing/upload", keys)
    device = signed_by(known["device_keys"][user_id][device_id], user_id, key=self_signing)
    await _ask(client, "/_matrix/client/v3/keys/signatures/upload", {user_id: {device_id: device}})


def _public(user_id: str, usage: str, *, key: Ed25519PrivateKey) -> dict[str, Any]:
    name = public_key_of(key)
    return {"user_id": user_id, "usage": [usage], "keys": {f"ed25519:{name}": name}}


async def _ask(client: nio.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {client.access_token}", "Content-Type": "application/json"}
    answer = await client.send("POST", path, msgspec.json.encode(body), headers)
    read: dict[str, Any] = msgspec.json.decode(await answer.read())
    if answer.status != 200:
        raise RuntimeError(f"{path} was answered with {answer.status}: {read}")
    return read

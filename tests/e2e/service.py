"""A service at another client: an identity of its own, which vouches for its device, and a statement of who runs it."""

import time
from typing import Any, Final

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from amanat.core.identifiers import BOT_FIELD, KEY_HOLDERS_FIELD
from amanat.core.key_statements import Device, Operator, Statement, countersigned, signed
from amanat.core.signed_json import public_key_of, signed_by
from tests.clients.nio_person import NioPerson

_DAY_MS: Final = 24 * 60 * 60 * 1000


class Service:
    """What a gateway and the service's owner do between them."""

    def __init__(self, person: NioPerson) -> None:
        self.person = person
        self._master = Ed25519PrivateKey.generate()
        self._self_signing = Ed25519PrivateKey.generate()

    async def publish_identity(self) -> None:
        """Publish cross-signing keys, and vouch for the one device."""
        user_id = self.person.user_id
        master = self._key("master", self._master)
        self_signing = signed_by(self._key("self_signing", self._self_signing), user_id, key=self._master)
        body = {"master_key": master, "self_signing_key": self_signing}
        await self._ask("POST", "/keys/device_signing/upload", body)
        await self.vouch_for(self.person)

    async def vouch_for(self, device: NioPerson) -> None:
        """Sign a device with the service's identity."""
        user_id = self.person.user_id
        found = await self._ask("POST", "/keys/query", {"device_keys": {user_id: []}})
        keys = found["device_keys"][user_id][device.device_id]
        by_service = signed_by({k: v for k, v in keys.items() if k != "unsigned"}, user_id, key=self._self_signing)
        await self._ask("POST", "/keys/signatures/upload", {user_id: {device.device_id: by_service}})

    async def state(self, seq: int, *, host: str | None, devices: list[NioPerson] | None = None) -> None:
        """Publish who runs the service: a host, who signs too, or nobody else."""
        key = Ed25519PrivateKey.generate()
        operator = None if host is None else Operator(name=host, key=public_key_of(key))
        now_ms = int(time.time() * 1000)
        statement = Statement(
            user_id=self.person.user_id,
            master_key=public_key_of(self._master),
            seq=seq,
            issued=now_ms,
            expires=now_ms + _DAY_MS,
            devices=[
                Device(id=each.device_id, ed25519=_ed25519(each), operator=operator, country="SG", purpose="Menu")
                for each in devices or [self.person]
            ],
        )
        published = signed(statement, master=self._master)
        if operator is not None:
            published = countersigned(published, key=key)
        path = f"/profile/{self.person.user_id}/{KEY_HOLDERS_FIELD}"
        await self._ask("PUT", path, {KEY_HOLDERS_FIELD: published})

    async def reads_number(self, user_id: str) -> Any:
        """Return the phone number of somebody who shared it."""
        path = f"/_amanat/v1/ledger/people/{user_id}?fields=phone&purpose=Test"
        return (await _ask(self.person, "GET", path, below=""))["fields"]["phone"]

    async def says(self, introduction: dict[str, Any]) -> None:
        """Say in the profile what it is for, as a bot's gateway does."""
        await self._ask("PUT", f"/profile/{self.person.user_id}/{BOT_FIELD}", {BOT_FIELD: introduction})

    async def hears_of(self) -> dict[str, Any]:
        """Return all that the server tells the service."""
        heard: dict[str, Any] = await _ask(self.person, "GET", "/sync")
        return heard

    def _key(self, use: str, key: Ed25519PrivateKey) -> dict[str, Any]:
        public = public_key_of(key)
        return {"user_id": self.person.user_id, "usage": [use], "keys": {f"ed25519:{public}": public}}

    async def _ask(self, method: str, path: str, body: dict[str, Any]) -> Any:
        return await _ask(self.person, method, path, body)


async def published(reader: NioPerson, user_id: str) -> Any:
    """Return the statement in somebody's profile, as another reads it."""
    return (await _ask(reader, "GET", f"/profile/{user_id}/{KEY_HOLDERS_FIELD}"))[KEY_HOLDERS_FIELD]


async def master_key(reader: NioPerson, user_id: str) -> str:
    """Return the key that stands for somebody, as another is told it."""
    found = await _ask(reader, "POST", "/keys/query", {"device_keys": {user_id: []}})
    (key,) = found["master_keys"][user_id]["keys"].values()
    return str(key)


async def _ask(
    person: NioPerson,
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
    *,
    below: str = "/_matrix/client/v3",
) -> Any:
    token = {"Authorization": f"Bearer {person.client.access_token}"}
    async with httpx.AsyncClient(base_url=person.client.homeserver, headers=token, timeout=30) as http:
        answer = await http.request(method, f"{below}{path}", json=body)
    answer.raise_for_status()
    assert not answer.json().get("failures")
    return answer.json()


def _ed25519(device: NioPerson) -> str:
    assert device.client.olm is not None
    return str(device.client.olm.account.identity_keys["ed25519"])

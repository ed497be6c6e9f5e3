"""Makes a service: its account on a server, its owner's identity, its data, and the statement of who runs it.

Each step leaves a file or something on the server that the next start of the same command finds, so that one that was
killed in the middle is gone on with.
"""

import secrets
import time
from base64 import b64decode
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from amanat.core.identifiers import KEY_HOLDERS_FIELD
from amanat.core.key_statements import MAX_LIFE_MS, Device, Statement, signed
from amanat.core.signed_json import public_key_of
from amanat.gateway.device import credentials
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.owner import identity
from amanat.gateway.service import shelf
from amanat.gateway.service.service import CREDENTIALS, Service
from amanat.gateway.service_files import load_service
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from amanat.outbound.origin import Origin

_CLIENT: Final = "/_matrix/client/v3"
_DUMMY: Final = "m.login.dummy"
_INVITED: Final = "m.login.registration_token"
_PURPOSE: Final = "Membalas chat / answers chats"


class NotMade(Exception):
    """The service could not be made: its sentence says why, and what to do."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What to make. `data` is the gateway's folder; the owner's file lies elsewhere."""

    name: str
    homeserver: str
    data: Path
    owner: Path
    flow: Path
    registration_token: str | None = None
    country: str = "ID"


class Made(Struct, frozen=True, kw_only=True):
    """What there is now."""

    user_id: str
    device_id: str
    homeserver: str
    data: str
    owner: str
    version: str


async def create(wanted: Wanted) -> Made:
    """Make a service, or go on with making it; raises `NotMade`, `FilesRefused` and `WrongData`."""
    folder = wanted.data / wanted.name
    # First of all, so that what nobody could speak makes no account.
    flow = load_service(read_folder(wanted.flow)).flow
    async with httpx.AsyncClient(base_url=wanted.homeserver, timeout=60, trust_env=False) as http:
        held = _held(folder) or await _register(http, wanted)
        _prepare(folder, held)
        version = shelf.publish(wanted.flow, folder)
        server = _Server(http, held)
        keys = _owner(wanted.owner, held.user_id)
        await identity.publish(keys, server.post)
        await _open_once(folder, held)
        await identity.vouch(keys, server.post, device_id=held.device_id)
        await state_holders(keys, server, country=wanted.country)
        await server.put(f"profile/{quote(held.user_id)}/displayname", {"displayname": flow.title[flow.languages[0]]})
    return Made(
        user_id=held.user_id,
        device_id=held.device_id,
        homeserver=wanted.homeserver,
        data=str(folder),
        owner=str(wanted.owner),
        version=version,
    )


async def renew(folder: Path, owner: Path, *, country: str = "ID") -> None:
    """State anew who runs the service, for another 30 days."""
    held = credentials.read(folder / CREDENTIALS)
    async with httpx.AsyncClient(base_url=held.homeserver, timeout=60, trust_env=False) as http:
        await state_holders(identity.read(owner), _Server(http, held), country=country)


async def state_holders(keys: identity.OwnerKeys, server: "_Server", *, country: str) -> None:
    """Publish that the service runs its device itself, above any statement before."""
    user_id, device_id = server.held.user_id, server.held.device_id
    known = await server.post(identity.QUERY, {"device_keys": {user_id: []}})
    device = known["device_keys"][user_id][device_id]
    master = Ed25519PrivateKey.from_private_bytes(b64decode(keys.master))
    now_ms = time.time_ns() // 1_000_000
    before = await server.field(KEY_HOLDERS_FIELD)
    statement = Statement(
        user_id=user_id,
        master_key=public_key_of(master),
        seq=int(before.get("seq", 0)) + 1,
        issued=now_ms,
        expires=now_ms + MAX_LIFE_MS,
        devices=[
            Device(
                id=device_id,
                ed25519=device["keys"][f"ed25519:{device_id}"],
                operator=None,
                country=country,
                purpose=_PURPOSE,
            )
        ],
    )
    field = {KEY_HOLDERS_FIELD: signed(statement, master=master)}
    await server.put(f"profile/{quote(user_id)}/{KEY_HOLDERS_FIELD}", field)


class _Server:
    """The server, as the service's account sees it while it is made."""

    def __init__(self, http: httpx.AsyncClient, held: Credentials) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {held.access_token}"}
        self.held = held

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Make a POST to a path of the client-server API."""
        return _object(await self._http.post(path, json=body, headers=self._headers))

    async def put(self, path: str, body: dict[str, Any]) -> None:
        """PUT below the client-server API."""
        _object(await self._http.put(f"{_CLIENT}/{path}", json=body, headers=self._headers))

    async def field(self, name: str) -> dict[str, Any]:
        """Return a field of the service's profile; empty if there is none."""
        path = f"{_CLIENT}/profile/{quote(self.held.user_id)}/{name}"
        answer = await self._http.get(path, headers=self._headers)
        return {} if answer.status_code == httpx.codes.NOT_FOUND else dict(_object(answer)[name])


def _held(folder: Path) -> Credentials | None:
    file = folder / CREDENTIALS
    return credentials.read(file) if file.exists() else None


async def _register(http: httpx.AsyncClient, wanted: Wanted) -> Credentials:
    """Register the service's account, by what the server asks for."""
    asked: dict[str, Any] = {
        "username": wanted.name,
        "password": secrets.token_urlsafe(32),
        "initial_device_display_name": "Gateway",
    }
    answer = await http.post(f"{_CLIENT}/register", json=asked)
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        asked["auth"] = {**_stage(answer.json(), wanted), "session": answer.json().get("session")}
        answer = await http.post(f"{_CLIENT}/register", json=asked)
    made = _object(answer)
    return Credentials(
        homeserver=wanted.homeserver,
        user_id=made["user_id"],
        device_id=made["device_id"],
        access_token=made["access_token"],
    )


def _stage(answer: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
    offered = [flow.get("stages") for flow in answer.get("flows", [])]
    if wanted.registration_token is not None and [_INVITED] in offered:
        return {"type": _INVITED, "token": wanted.registration_token}
    if [_DUMMY] in offered:
        return {"type": _DUMMY}
    raise NotMade(
        f"{wanted.homeserver} does not let anybody register. Its operator makes a token with `amanat user token`: "
        "give it as --registration-token."
    )


def _prepare(folder: Path, held: Credentials) -> None:
    kept = ServiceFolder(folder)
    if kept.stamp() is None:
        now_ms = time.time_ns() // 1_000_000
        kept.prepare(ServiceStamp(server_name=held.server_name, user_id=held.user_id, created_ts=now_ms))
    kept.make_key()
    credentials.write(held, folder / CREDENTIALS)


def _owner(file: Path, user_id: str) -> identity.OwnerKeys:
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        identity.write(identity.make(user_id), file)
    keys = identity.read(file)
    if keys.user_id != user_id:
        raise NotMade(f"{file} is of {keys.user_id}, and this is {user_id}: name another file.")
    return keys


async def _open_once(folder: Path, held: Credentials) -> None:
    """Have the device make and publish its keys, which its owner is to sign."""
    origin = Origin(held.homeserver)
    service = await Service.open(folder, asks=origin)
    await service.close()
    origin.close()


def _object(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_success:
        return dict(answer.json())
    said = (
        answer.json().get("error", "") if answer.headers.get("content-type", "").startswith("application/json") else ""
    )
    raise NotMade(f"The server answers {answer.status_code} to {answer.request.url.path}: {said}")

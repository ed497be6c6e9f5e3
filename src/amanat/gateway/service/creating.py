"""Makes a service: its account on a server, its owner's identity, its data, and the statement of who runs it.

Each step leaves a file or something on the server that the next start of the same command finds, so that one that was
killed in the middle is gone on with.
"""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import httpx
from msgspec import Struct

from amanat.gateway.device import credentials
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.ground import wall_clock_ms
from amanat.gateway.device.server_api import ServerApi
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.owner import identity
from amanat.gateway.service import shelf
from amanat.gateway.service.holders import Holders, Terms
from amanat.gateway.service.host import Hosted, make_host, read_host, read_hosted, write_hosted
from amanat.gateway.service.opened_folder import CREDENTIALS
from amanat.gateway.service.service import Service
from amanat.gateway.service.stating import PURPOSE, Stating
from amanat.gateway.service_files import load_service
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from amanat.outbound.origin import Origin

CLIENT: Final = "/_matrix/client/v3"
DISPLAY_NAME: Final = "displayname"

_DUMMY: Final = "m.login.dummy"
_INVITED: Final = "m.login.registration_token"


class NotMade(Exception):
    """The service could not be made: its sentence says why, and what to do."""


class WantedAccount(Struct, frozen=True, kw_only=True):
    """An account to make. `data` is the gateway's folder; the owner's file lies elsewhere."""

    name: str
    homeserver: str
    data: Path
    owner: Path
    registration_token: str | None = None
    country: str = "ID"
    run_by: str | None = None
    """The host that makes it for somebody else, and keeps its identity; without one, its owner makes it."""
    database: str | None = None
    """A PostgreSQL to keep its data in; by default SQLite in its folder."""


class Wanted(WantedAccount, frozen=True, kw_only=True):
    """A service to make."""

    flow: Path


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
    be_host(wanted)
    held = held_in(folder) or await register(wanted)
    prepare(folder, held, database=wanted.database)
    version = shelf.publish(wanted.flow, folder)
    note_host(wanted)
    async with account(held) as api:
        keys = owner_keys(wanted.owner, held.user_id)
        await identity.publish(keys, api.post)
        await open_once(folder, held)
        await identity.vouch(keys, api.post, device_id=held.device_id)
        await state(folder, keys, api=api, held=held, country=wanted.country)
        await api.set_profile_field(DISPLAY_NAME, flow.title[flow.languages[0]])
    return Made(
        user_id=held.user_id,
        device_id=held.device_id,
        homeserver=wanted.homeserver,
        data=str(folder),
        owner=str(wanted.owner),
        version=version,
    )


async def renew(folder: Path, owner: Path, *, country: str = "ID") -> bool:
    """State anew who runs the service, for another 30 days; `False` if a host has yet to sign it."""
    held = credentials.read(folder / CREDENTIALS)
    async with account(held) as api:
        return await state(folder, identity.read(owner), api=api, held=held, country=country)


async def accept(folder: Path, owner: Path, *, fingerprint: str, country: str = "ID") -> bool:
    """Vouch for a host's device, by the fingerprint that the host told, and state who runs each device.

    Returns `False` as long as the host has yet to sign; raises `NotMade` if no such device is offered.
    """
    held, keys = credentials.read(folder / CREDENTIALS), identity.read(owner)
    async with account(held) as api:
        holders = Holders(api, user_id=held.user_id)
        devices = await holders.devices()
        everyone = devices.vouched | devices.others
        found = [name for name in await holders.offers() if everyone.get(name) == fingerprint.replace(" ", "")]
        if not found:
            raise NotMade("No host offers to run a device with this fingerprint: have it read to you again.")
        await identity.vouch(keys, api.post, device_id=found[0])
        return await state(folder, keys, api=api, held=held, country=country)


async def state(folder: Path, keys: identity.OwnerKeys, *, api: ServerApi, held: Credentials, country: str) -> bool:
    """State who runs the devices of a service; `False` if a host has yet to sign."""
    hosted = read_hosted(folder)
    host = read_host(folder.parent) if hosted else None
    stating = Stating(keys, Holders(api, user_id=held.user_id), host=host, now_ms=wall_clock_ms)
    own = Terms(operator=None, country=country, purpose=PURPOSE)
    return await stating.state({held.device_id: host.terms(hosted) if host and hosted else own})


def be_host(wanted: WantedAccount) -> None:
    """Make a gateway a host's, if it is to run something for somebody else; raises `NoHost` if it is another's."""
    if wanted.run_by is not None:
        make_host(wanted.data, wanted.run_by)


def note_host(wanted: WantedAccount) -> None:
    """Write down that a host runs it and keeps its identity, if one does."""
    if wanted.run_by is not None:
        folder = wanted.data / wanted.name
        write_hosted(folder, Hosted(identity="operator", country=wanted.country, purpose=PURPOSE))


@asynccontextmanager
async def account(held: Credentials) -> AsyncIterator[ServerApi]:
    """Lend the server as the service's account sees it."""
    origin = Origin(held.homeserver)
    try:
        yield ServerApi(held, asks=origin)
    finally:
        origin.close()


def held_in(folder: Path) -> Credentials | None:
    """Return what a service's device signs in with, where it is made already."""
    file = folder / CREDENTIALS
    return credentials.read(file) if file.exists() else None


async def register(wanted: WantedAccount) -> Credentials:
    """Register the service's account, by what the server asks for."""
    async with httpx.AsyncClient(base_url=wanted.homeserver, timeout=60, trust_env=False) as http:
        return signed_in(wanted.homeserver, await _registered(http, wanted))


async def _registered(http: httpx.AsyncClient, wanted: WantedAccount) -> httpx.Response:
    asked: dict[str, Any] = {
        "username": wanted.name,
        "password": secrets.token_urlsafe(32),
        "initial_device_display_name": "Gateway",
    }
    answer = await http.post(f"{CLIENT}/register", json=asked)
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        asked["auth"] = {**_stage(answer.json(), wanted), "session": answer.json().get("session")}
        answer = await http.post(f"{CLIENT}/register", json=asked)
    return answer


def signed_in(homeserver: str, answer: httpx.Response) -> Credentials:
    """Return what a device signs in with from now on; raises `NotMade` if the server did not let it in."""
    made = _object(answer)
    return Credentials(
        homeserver=homeserver,
        user_id=made["user_id"],
        device_id=made["device_id"],
        access_token=made["access_token"],
    )


def _stage(answer: dict[str, Any], wanted: WantedAccount) -> dict[str, Any]:
    offered = [flow.get("stages") for flow in answer.get("flows", [])]
    if wanted.registration_token is not None and [_INVITED] in offered:
        return {"type": _INVITED, "token": wanted.registration_token}
    if [_DUMMY] in offered:
        return {"type": _DUMMY}
    raise NotMade(
        f"{wanted.homeserver} does not let anybody register. Its operator makes a token with `amanat user token`: "
        "give it as --registration-token."
    )


def prepare(folder: Path, held: Credentials, *, database: str | None = None) -> None:
    """Make a service's folder, its key and what its device signs in with."""
    kept = ServiceFolder(folder)
    if kept.stamp() is None:
        kept.prepare(ServiceStamp(server_name=held.server_name, user_id=held.user_id, created_ts=wall_clock_ms()))
    kept.keep_in(database)
    kept.make_key()
    credentials.write(held, folder / CREDENTIALS)


def owner_keys(file: Path, user_id: str) -> identity.OwnerKeys:
    """Return the keys of a service's owner, which are made the first time; raises `NotMade` for another's."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        identity.write(identity.make(user_id), file)
    keys = identity.read(file)
    if keys.user_id != user_id:
        raise NotMade(f"{file} is of {keys.user_id}, and this is {user_id}: name another file.")
    return keys


async def open_once(folder: Path, held: Credentials) -> None:
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

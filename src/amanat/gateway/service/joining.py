"""A host comes to a service whose owner keeps its identity, and goes: a device of its own on the owner's account.

The owner lets the host in by a login token, which the server gives on a page of its own (`m.login.sso`), and vouches
for the device by its fingerprint. Until then nobody's app gives it keys.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

import httpx
from msgspec import Struct

from amanat.gateway.device import credentials
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.server_api import LoggedOut, ServerApi
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.service import shelf
from amanat.gateway.service.creating import CLIENT, account, held_in, open_once, prepare, signed_in
from amanat.gateway.service.holders import Holders
from amanat.gateway.service.host import Hosted, make_host, read_host, read_hosted, write_hosted
from amanat.gateway.service.hosting import Hosting, Signed
from amanat.gateway.service.opened_folder import CREDENTIALS
from amanat.gateway.service.stating import PURPOSE
from amanat.gateway.service_files import load_service

NOWHERE: Final = "http://127.0.0.1:9/"
"""Where the owner's browser ends: nothing answers there, and its address line holds the token."""


class NotHosted(Exception):
    """The service is not run for somebody else, or not yet: its sentence says why."""


class WantedHost(Struct, frozen=True, kw_only=True):
    """Whom to run a service for. `login_token` may be the whole address at which the owner's browser ended."""

    name: str
    homeserver: str
    data: Path
    flow: Path
    run_by: str
    login_token: str
    country: str = "ID"
    database: str | None = None
    """A PostgreSQL to keep its data in; by default SQLite in its folder."""


class Joined(Struct, frozen=True, kw_only=True):
    """What there is now; the owner compares `fingerprint`."""

    user_id: str
    device_id: str
    fingerprint: str
    homeserver: str
    data: str
    version: str


def sign_in_link(homeserver: str) -> str:
    """Return the page on which an owner lets a host in."""
    return f"{homeserver}{CLIENT}/login/sso/redirect?redirectUrl={quote(NOWHERE, safe='')}"


async def join(wanted: WantedHost) -> Joined:
    """Sign in to the owner's account, make the device's keys, and offer to run it; or go on with that."""
    folder = wanted.data / wanted.name
    load_service(read_folder(wanted.flow))
    host = make_host(wanted.data, wanted.run_by)
    held = held_in(folder) or await _sign_in(wanted)
    prepare(folder, held, database=wanted.database)
    version = shelf.publish(wanted.flow, folder)
    hosted = Hosted(identity="owner", country=wanted.country, purpose=PURPOSE)
    write_hosted(folder, hosted)
    await open_once(folder, held)
    async with account(held) as api:
        fingerprint = await _fingerprint(api, held)
        holders = Holders(api, user_id=held.user_id)
        await Hosting(holders, device=(held.device_id, fingerprint), host=host, terms=host.terms(hosted)).offer()
    return Joined(
        user_id=held.user_id,
        device_id=held.device_id,
        fingerprint=fingerprint,
        homeserver=held.homeserver,
        data=str(folder),
        version=version,
    )


async def countersign(folder: Path) -> Signed:
    """Sign what the owner has stated of this host; a gateway that runs does it within a minute."""
    held = credentials.read(folder / CREDENTIALS)
    async with account(held) as api:
        return await (await _hosting(folder, held, api)).sign()


async def leave(folder: Path) -> None:
    """Run a service no longer: take the offer back, and sign the device out. Its data stays where it is."""
    held = credentials.read(folder / CREDENTIALS)
    async with account(held) as api:
        with suppress(LoggedOut):  # its owner was quicker, or this was interrupted
            await (await _hosting(folder, held, api)).withdraw()
            await api.log_out()
    # A gateway would take the folder for a service's, and not start.
    (folder / CREDENTIALS).unlink()


async def _hosting(folder: Path, held: Credentials, api: ServerApi) -> Hosting:
    hosted = read_hosted(folder)
    if hosted is None or hosted.identity != "owner":
        raise NotHosted(f"{folder.name} is not run for an owner who keeps its identity: there is nothing to sign.")
    host = read_host(folder.parent)
    device = (held.device_id, await _fingerprint(api, held))
    return Hosting(Holders(api, user_id=held.user_id), device=device, host=host, terms=host.terms(hosted))


async def _fingerprint(api: ServerApi, held: Credentials) -> str:
    devices = await Holders(api, user_id=held.user_id).devices()
    return (devices.vouched | devices.others)[held.device_id]


async def _sign_in(wanted: WantedHost) -> Credentials:
    given = parse_qs(urlsplit(wanted.login_token.strip()).query).get("loginToken", [wanted.login_token.strip()])
    body = {
        "type": "m.login.token",
        "token": given[0],
        "initial_device_display_name": f"Gateway ({wanted.run_by})",
    }
    async with httpx.AsyncClient(base_url=wanted.homeserver, timeout=60, trust_env=False) as http:
        return signed_in(wanted.homeserver, await http.post(f"{CLIENT}/login", json=body))

"""The sample services of `amanat/examples`, in a gateway of their own beside a lab or a demo.

They reach the server as every gateway does, over HTTP, and keep their keys, their owners' keys and what they are told
in a folder that is none of the server's. A demo has somebody who answers at their desk.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote

import httpx
from msgspec import json
from msgspec.structs import replace

from amanat import logs
from amanat.cli import sample_bots
from amanat.cli.beside import until_stdin_ends
from amanat.cli.loop import run
from amanat.cli.sample_desk import LEAD, LEAD_PASSWORD, WITH_LEAD
from amanat.gateway.desk.staff import Staff
from amanat.gateway.device.server_api import TryAgain
from amanat.gateway.service.bot_creating import MadeBot
from amanat.gateway.service.creating import Wanted, create
from amanat.gateway.service.running import Serving, run_services, services_in
from amanat.gateway.service.serving import listen_address

RETRY_S: Final = 1.0
LOOPBACK: Final = ("127.0.0.0/8", "::1/128")
"""Where the programs of a lab's bots have their webhooks."""
T = TypeVar("T")

EXAMPLES: Final = Path(__file__).parents[1] / "examples"


def samples() -> list[Path]:
    """Return the folders of the sample services."""
    return sorted(file.parent for file in EXAMPLES.glob("*/flow.yaml"))


async def live(url: str, folder: Path, *, desk: str, with_lead: bool) -> None:
    """Make the services that are not there yet, publish them as they are now, and run them until cancelled."""
    for sample in samples():
        owner = folder / "owners" / f"{sample.name}.json"
        wanted = Wanted(name=sample.name, homeserver=url, data=folder, owner=owner, flow=sample)
        await _surely(partial(create, wanted))
    # A demo shows offices to people; who writes programs starts a lab.
    bots = [] if with_lead else await sample_bots.make_bots(url, folder, surely=_surely)
    services = services_in(folder)
    if with_lead:
        lead = await _surely(partial(_lead, url))
        for service in services:
            Staff(service).put(lead, "lead")
    serving = Serving(
        desk=replace(listen_address(desk, None), or_any=True),
        bots=listen_address(sample_bots.ANY, None) if bots else None,
        private_networks=LOOPBACK,
    )
    await run_services(services, ready=partial(_print, bots=bots), serving=serving)


async def _surely(make: Callable[[], Awaitable[T]]) -> T:
    """Make something. A server that has just gone away is waited for: mostly whoever started both is stopping both."""
    while True:
        try:
            return await make()
        except (TryAgain, httpx.TransportError):
            await asyncio.sleep(RETRY_S)


async def _lead(url: str) -> str:
    """Return the user id of the sample member of staff; their account is made the first time."""
    account = {"username": LEAD, "password": LEAD_PASSWORD}
    login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": LEAD}, "password": LEAD_PASSWORD}
    async with httpx.AsyncClient(base_url=f"{url}/_matrix/client/v3", timeout=60, trust_env=False) as http:
        answer = await http.post("/register", json=account | {"auth": {"type": "m.login.dummy"}})
        if not answer.is_success:
            answer = (await http.post("/login", json=login)).raise_for_status()
        held = answer.json()
        user_id, headers = str(held["user_id"]), {"Authorization": f"Bearer {held['access_token']}"}
        await http.put(f"/profile/{quote(user_id)}/displayname", headers=headers, json={"displayname": LEAD.title()})
        await http.post("/logout", headers=headers, json={})
    return user_id


def _print(lines: list[str], *, bots: list[MadeBot]) -> None:
    for line in lines:
        told = sample_bots.TOLD
        if line.startswith(told):
            line = told + json.encode(sample_bots.access_to(bots, url=line.removeprefix(told))).decode()
        print(line, flush=True)


if __name__ == "__main__":
    logs.configure("console", level=logging.WARNING)
    _, url, folder, desk, *more = sys.argv
    run(until_stdin_ends(live(url, Path(folder), desk=desk, with_lead=more == [WITH_LEAD])))

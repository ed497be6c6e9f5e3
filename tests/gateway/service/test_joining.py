"""A service on the server of a lab, whose owner keeps its identity: one host runs it, then another."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from amanat.core.key_statements import Verdict, check
from amanat.gateway.device import credentials
from amanat.gateway.device.server_api import LoggedOut
from amanat.gateway.service.creating import Made, NotMade, Wanted, accept, account, create, prepare, renew, signed_in
from amanat.gateway.service.holders import Holders
from amanat.gateway.service.joining import (
    NOWHERE,
    Joined,
    NotHosted,
    WantedHost,
    countersign,
    join,
    leave,
    sign_in_link,
)
from amanat.gateway.service.opened_folder import CREDENTIALS
from amanat.gateway.service.running import run_services, services_in
from tests import processes
from tests.gateway.desk.web_browser import WebBrowser
from tests.gateway.service.at_work import SAMPLE

WORDS = "correct horse battery"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[processes.AmanatProcess]:
    with processes.lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


async def _ask(url: str, path: str, body: dict[str, Any], token: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(base_url=url, headers=headers, trust_env=False) as http:
        return await http.post(f"/_matrix/client/{path}", json=body)


async def _owner(url: str, folder: Path) -> Made:
    """Make a service of an account whose password its owner knows."""
    body = {"username": "toko", "password": WORDS, "auth": {"type": "m.login.dummy"}}
    held = signed_in(url, await _ask(url, "v3/register", body))
    prepare(folder / "own" / "toko", held)
    return await create(
        Wanted(name="toko", homeserver=url, data=folder / "own", owner=folder / "toko-owner.json", flow=SAMPLE)
    )


async def _let_in(url: str) -> str:
    """Let a host in as the owner does, on the server's own pages; return the address at which their browser ends."""
    pages = WebBrowser(url)
    await pages.sign_in_with("toko", WORDS)
    led = await pages.get(sign_in_link(url).removeprefix(url))
    asks = await pages.open(led.location)
    form = asks.forms[0]
    back = await pages.post(form["action"] or asks.url, form["fields"] | {"decision": "allow"})
    await pages.close()
    assert back.location.startswith(f"{NOWHERE}?loginToken="), back.location
    return back.location


async def _host(made: Made, folder: Path, name: str) -> Joined:
    wanted = WantedHost(
        name="toko",
        homeserver=made.homeserver,
        data=folder / name,
        flow=SAMPLE,
        run_by=name,
        login_token=f"{await _let_in(made.homeserver)}\n",
        country="SG",
    )
    joined = await join(wanted)
    assert await join(wanted) == joined
    return joined


async def _published(made: Made) -> Verdict:
    async with account(credentials.read(Path(made.data) / CREDENTIALS)) as api:
        holders = Holders(api, user_id=made.user_id)
        master_key = (await holders.devices()).master_key
        published = await holders.published()
    now_ms = time.time_ns() // 1_000_000
    return check(published, user_id=made.user_id, master_key=master_key, now_ms=now_ms, seen_seq=0)


def _run_by(verdict: Verdict) -> dict[str, str]:
    assert verdict.fault is None
    assert verdict.statement is not None
    return {device.id: device.operator.name if device.operator else "" for device in verdict.statement.devices}


async def test_an_owner_lets_a_host_run_a_service_and_changes_it_for_another(
    lab: processes.AmanatProcess, tmp_path: Path
) -> None:
    made = await _owner(lab.url, tmp_path)
    own, owners = Path(made.data), Path(made.owner)
    with pytest.raises(NotHosted):
        await countersign(own)
    first = await _host(made, tmp_path, "PT Satu")
    assert await countersign(Path(first.data)) == "nothing"
    with pytest.raises(NotMade, match="fingerprint"):
        await accept(own, owners, fingerprint="x" * 43)
    assert not await accept(own, owners, fingerprint=first.fingerprint)
    assert _run_by(await _published(made)) == {made.device_id: ""}
    assert await countersign(Path(first.data)) == "published"
    assert _run_by(await _published(made)) == {made.device_id: "", first.device_id: "PT Satu"}

    # A month later the owner signs again, and the gateway signs by itself. Then its owner lets it go, and it goes on
    # with its other service, until that is signed out, too.
    other = await _made_by_a_host(lab.url, tmp_path, "PT Satu")
    before = _seq(await _published(made))
    assert not await renew(own, owners)
    second = await _host(made, tmp_path, "PT Dua")
    gateway = asyncio.create_task(run_services(services_in(tmp_path / "PT Satu"), ready=lambda _: None))
    async with asyncio.timeout(20):
        while _seq(await _published(made)) == before:  # noqa: ASYNC110 - the gateway's own doing
            await asyncio.sleep(0.1)
    await leave(Path(first.data))
    assert services_in(tmp_path / "PT Satu") == [Path(other.data)]
    assert not await accept(own, owners, fingerprint=second.fingerprint)
    assert await countersign(Path(second.data)) == "published"
    assert _run_by(await _published(made)) == {made.device_id: "", second.device_id: "PT Dua"}
    assert not gateway.done()
    async with account(credentials.read(Path(other.data) / CREDENTIALS)) as api:
        await api.log_out()
    with pytest.raises(LoggedOut):
        await gateway


async def _made_by_a_host(url: str, folder: Path, host: str) -> Made:
    """Make a service whose identity its host keeps, which it says."""
    owner = folder / "kedai-owner.json"
    made = await create(
        Wanted(name="kedai", homeserver=url, data=folder / host, owner=owner, flow=SAMPLE, run_by=host, country="SG")
    )
    verdict = await _published(made)
    assert _run_by(verdict) == {made.device_id: host}
    assert verdict.statement is not None
    assert verdict.statement.master_kept_by == "operator"
    assert await renew(Path(made.data), owner)
    assert _seq(await _published(made)) == _seq(verdict) + 1
    return made


def _seq(verdict: Verdict) -> int:
    assert verdict.statement is not None
    return verdict.statement.seq


def test_the_owner_is_sent_to_the_servers_own_page() -> None:
    link = sign_in_link("https://chat.example.go.id")
    assert link.startswith(
        "https://chat.example.go.id/_matrix/client/v3/login/sso/redirect?redirectUrl=http%3A%2F%2F127"
    )

"""A person's whole life on the account pages, with a real browser: Indonesian first, then English."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from playwright.async_api import async_playwright

from tests import processes
from tests.e2e.walk import Walk
from tests.processes import AmanatProcess
from tests.product.accounts.oauth.app import DEVICE_GRANT, METADATA, OAUTH
from tests.product.consent.folder import publish

HOME = "/_amanat/account/"
NUMBER = "0812 3456 7890"
E164 = "+6281234567890"
SCOPE = "urn:matrix:client:api:* urn:matrix:client:device:TABLETTABLET"
PURPOSE = "Mencetak kartu anggota."


@pytest.fixture
def lab(tmp_path: Path) -> Any:
    """A lab with a policy."""
    publish(tmp_path / "policies", feature="suggestions")
    publish(tmp_path / "policies", version=2, effective="2024-01-01", feature="suggestions")
    with processes.lab(tmp_path, "--policies", str(tmp_path / "policies")) as process:
        yield process


@pytest.fixture
async def http(lab: AmanatProcess) -> AsyncIterator[httpx.AsyncClient]:
    """What asks the server as apps and partners do."""
    async with httpx.AsyncClient(base_url=lab.url, timeout=60) as client:
        yield client


@pytest.fixture(params=["with scripts", "without scripts"])
async def walk(http: httpx.AsyncClient, request: pytest.FixtureRequest) -> AsyncIterator[Walk]:
    """A browser of somebody who reads Indonesian."""
    url = (await http.get("/_matrix/client/v1/auth_metadata")).json()["issuer"].rstrip("/")
    async with async_playwright() as playwright:
        scripts = request.param == "with scripts"
        walk = await Walk.begin(playwright, url, language="id-ID", scripts=scripts)
        yield walk
        await walk.end()


async def test_an_account_from_its_first_to_its_last_day(walk: Walk, http: httpx.AsyncClient, tmp_path: Path) -> None:
    await _sign_up(walk, http)
    token = await _link_a_tablet(walk, http)
    await _refuse(walk)
    await _take_back(walk, http, token, data=tmp_path / "data")
    await walk.open(f"{HOME}?lang=en")
    await _take_a_copy(walk, tmp_path / "copy.zip")
    await _erase(walk)
    assert (await http.get("/_matrix/client/v3/account/whoami", headers=_bearer(token))).status_code == 401
    assert walk.strange == []


async def _sign_up(walk: Walk, http: httpx.AsyncClient) -> None:
    await walk.open(HOME)
    await walk.fill(Nomor_telepon=NUMBER)
    await walk.press("Kirim kode")
    await walk.fill(Kode_dari_SMS=await _code(http))
    await walk.press("Lanjut")
    await walk.fill(Nama="Ani", Nama_pengguna="ani")
    await walk.press("Lanjut")
    await walk.fill(PIN_baru="482915", Sekali_lagi="482915")
    await walk.press("Simpan")
    assert await walk.reads("Orang lain menemukanmu sebagai @ani")


async def _code(http: httpx.AsyncClient) -> str:
    texts = (await http.get("/_amanat/lab/inbox", params={"to": E164})).json()["texts"]
    found = re.search(r"#(\d{6})", texts[0]["text"])
    assert found is not None
    return found[1]


async def _link_a_tablet(walk: Walk, http: httpx.AsyncClient) -> str:
    """Let a device in by its code, as after a QR code was scanned; return its access token."""
    client_id = (await http.post(f"{OAUTH}/register", json=METADATA)).json()["client_id"]
    begun = (await http.post(f"{OAUTH}/device", data={"client_id": client_id, "scope": SCOPE})).json()
    await walk.open(begun["verification_uri_complete"])
    await walk.page.locator("#digits").fill(begun["user_code"][-2:])
    await walk.press("Izinkan perangkat ini")
    asked = {"grant_type": DEVICE_GRANT, "client_id": client_id, "device_code": begun["device_code"]}
    given = (await http.post(f"{OAUTH}/token", data=asked)).json()
    await walk.open(f"{HOME}devices")
    assert await walk.reads("Rindu (example.org)")
    token: str = given["access_token"]
    return token


async def _refuse(walk: Walk) -> None:
    await walk.open(HOME)
    await walk.follow("Kebijakan dan pilihanmu")
    await walk.follow("Versi 2")
    await walk.follow("Apa yang berubah sejak versi 1")
    assert await walk.reads("Dihapus Versi 1. Baru Versi 2.")
    await walk.follow("← Kembali ke naskah")
    boxes = [await button.bounding_box() for button in await walk.page.locator(".alike button").all()]
    assert len({(round(box["width"]), round(box["height"])) for box in boxes if box}) == 1
    await walk.press("Tolak")
    assert await walk.reads("Tersimpan. Kamu menolak")


async def _take_back(walk: Walk, http: httpx.AsyncClient, token: str, *, data: Path) -> None:
    partner_id, partner = await asyncio.to_thread(_admit, data)
    me = (await http.get("/_matrix/client/v3/account/whoami", headers=_bearer(token))).json()["user_id"]
    path = f"/_amanat/v1/ledger/grants/{partner_id}"
    assert (await http.put(path, json={"scopes": ["profile.basic"]}, headers=_bearer(token))).status_code == 200
    person, asked = f"/_amanat/v1/partner/people/{me}", {"fields": "handle,displayname", "purpose": PURPOSE}
    read = await http.get(person, params=asked, headers=_bearer(partner))
    assert read.json()["fields"] == {"handle": "ani", "displayname": "Ani"}
    await walk.open(HOME)
    await walk.follow("Siapa membaca datamu")
    assert await walk.reads(PURPOSE)
    await walk.press("Cabut izin Koperasi Contoh")
    assert await walk.reads("Kamu tidak mengizinkan siapa pun.")
    assert (await http.get(person, params=asked, headers=_bearer(partner))).status_code == 403


def _admit(data: Path) -> tuple[str, str]:
    create = ("partner", "create", "Koperasi Contoh", "--scope", "profile.basic", "--data", str(data))
    made = subprocess.run([sys.executable, "-m", "amanat", *create], capture_output=True, text=True, check=True)
    admitted, shown = made.stdout.splitlines()
    return admitted.removeprefix("Admitted ").removesuffix("."), shown.rpartition(" ")[2]


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def _take_a_copy(walk: Walk, file: Path) -> None:
    await walk.follow("A copy of your data")
    await walk.press("Make a copy")
    while await walk.page.get_by_role("link", name="See whether it is ready").count():
        await walk.follow("See whether it is ready")
    async with walk.page.expect_download() as downloading:
        await walk.page.get_by_role("link", name="Download").click()
    await (await downloading.value).save_as(file)
    with ZipFile(file) as archive:
        assert PURPOSE in archive.read("data/ledger.json").decode()
        assert "index.html" in archive.namelist()


async def _erase(walk: Walk) -> None:
    await walk.open(f"{HOME}data")
    await walk.follow("Close or erase the account")
    await walk.page.get_by_label("Erase all traces of me too").check()
    await walk.page.get_by_label("I understand that this cannot be undone").check()
    await walk.press("Close the account for ever")
    assert await walk.reads("The account is closed")

"""The page on which whoever writes a flow looks at it, at the address that pywa is told."""

from msgspec import json
from pywa_async import WhatsApp as AsyncWhatsApp

from amanat.gateway.cloud_api.flows.preview import GOOD_FOR_S
from tests.gateway.cloud_api.flows.samples import PASSPORT, PIXEL, flow, footer, screen
from tests.gateway.cloud_api.stand import Stand
from tests.gateway.cloud_api.test_pywa import wa

__all__ = ["wa"]


async def test_a_flow_can_be_looked_at_for_a_day_by_who_has_the_address(wa: AsyncWhatsApp, cloud: Stand) -> None:
    made = await wa.create_flow(name="paspor <b>", categories=["OTHER"], flow_json=PASSPORT)
    shown = (await wa.get_flow(made.id)).preview
    assert shown is not None
    address = shown.url.removeprefix(cloud.url)
    page = await cloud.ask("GET", address, token=None)
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    for words in (
        "<h1>paspor &lt;b&gt;</h1>",
        "<b>Nama lengkap</b> <span class=note>(a line, required)</span>",
        "<li>Paspor baru</li><li>Penggantian</li>",
        "Only under a condition:</p><b>Nomor lama</b>",
        "<p>Kapan kamu datang, {nama}?</p>",
        "opens WAKTU",
        "sends nama, layanan, lama, tanggal, sumber",
    ):
        assert words in page.text, words
    for wrong in address.replace("flow=61", "flow=62"), f"{address}0", address.partition("&ext")[0]:
        assert (await cloud.ask("GET", wrong, token=None)).status_code == 404
    cloud.ahead_ms = GOOD_FOR_S * 1000 + 1000
    assert (await cloud.ask("GET", address, token=None)).status_code == 404
    assert "preview" not in (await cloud.ask("GET", f"/v23.0/{made.id}?fields=name")).json()


async def test_what_a_flow_says_is_shown_and_never_run(cloud: Stand) -> None:
    evil = '"><script>alert(1)</script>'
    made = flow(screen("A", {"type": "TextBody", "text": evil}, {"type": "Image", "src": PIXEL}, footer(evil)))
    asked = {"name": evil, "categories": ["OTHER"], "flow_json": json.encode(made).decode()}
    flow_id = (await cloud.ask("POST", f"/v23.0/{cloud.business}/flows", json=asked)).json()["id"]
    told = (await cloud.ask("GET", f"/v23.0/{flow_id}?fields=preview.invalidate(false)")).json()["preview"]
    page = await cloud.ask("GET", told["preview_url"].removeprefix(cloud.url), token=None)
    assert page.status_code == 200
    assert "<script" not in page.text
    assert f"data:image/png;base64,{PIXEL}" in page.text

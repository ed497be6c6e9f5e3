"""Contract: uploads that can be resumed, by pywa and by hand, and what their handles are for."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import pytest
from pywa import WhatsApp
from pywa.types import templates as wa_templates
from pywa_async import WhatsApp as AsyncWhatsApp

from amanat.compat import pywa_session
from amanat.gateway.cloud_api.upload_shelf import file_of
from tests.gateway.cloud_api.stand import TOKEN, Stand
from tests.gateway.cloud_api.test_pywa import wa
from tests.gateway.device.town import until
from tests.gateway.telegram_bot_api.pictures import picture

__all__ = ["wa"]

PDF = b"%PDF-1.7 " + bytes(each % 251 for each in range(1_500_000))


async def begun(cloud: Stand, length: int = len(PDF)) -> str:
    """Announce a file."""
    asked = f"file_name=a.pdf&file_length={length}&file_type=application/pdf"
    return str((await cloud.ask("POST", f"/v23.0/{cloud.held['app_id']}/uploads?{asked}")).json()["id"])


async def send(cloud: Stand, upload: str, content: bytes, *, at: int) -> dict[str, Any]:
    """Send some of it, as Meta's own examples do."""
    headers = {"authorization": f"OAuth {TOKEN}", "file_offset": str(at)}
    answer = await cloud.client.post(f"{cloud.url}/v23.0/{upload}", content=content, headers=headers)
    return dict(answer.json())


async def breaks_off(cloud: Stand, upload: str, content: bytes) -> None:
    """Announce more than is sent, and hang up."""
    where = urlsplit(cloud.url)
    _, writer = await asyncio.open_connection(where.hostname, where.port)
    head = f"POST /v23.0/{upload} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {TOKEN}\r\nfile_offset: 0\r\n"
    writer.write(f"{head}Content-Length: {len(PDF)}\r\n\r\n".encode() + content)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def test_what_broke_off_goes_on_where_it_stood(cloud: Stand) -> None:
    upload = await begun(cloud)
    await breaks_off(cloud, upload, PDF[:400_000])

    async def offset() -> int:
        shown = (await cloud.ask("GET", f"/v23.0/{upload}")).json()
        assert shown["id"] == upload
        return int(shown["file_offset"])

    async def has_come() -> bool:
        return await offset() > 0

    await until(has_come)
    at = await offset()
    assert at <= 400_000
    refused = await send(cloud, upload, PDF, at=0)
    assert refused["error"]["error_data"]["details"] == f"Header file_offset must be {at}."
    assert await send(cloud, upload, PDF[at : at + 1000], at=at) == {"id": upload}
    handle = (await send(cloud, upload, PDF[at + 1000 :], at=at + 1000))["h"]
    assert (await send(cloud, upload, b"", at=len(PDF)))["h"] == handle
    file = await file_of(cloud.line, handle)
    assert file is not None
    assert (file.size, await cloud.line.open_file(file.number)) == (len(PDF), PDF)
    cloud.ahead_ms = 24 * 3_600_000
    assert (await cloud.ask("GET", f"/v23.0/{upload}")).json()["error"]["error_subcode"] == 33


async def test_what_cannot_be_uploaded(cloud: Stand) -> None:
    app = f"/v23.0/{cloud.held['app_id']}/uploads"
    for query in ("file_length=0", "file_length=16000001", "file_length=x", "", "file_length=9&file_type=text/html"):
        kind = "" if "file_type" in query else "&file_type=image/png"
        assert (await cloud.ask("POST", f"{app}?{query}{kind}")).status_code == 400, query
    assert (
        await cloud.ask("POST", f"/v23.0/{cloud.phone}/uploads?file_length=9&file_type=image/png")
    ).status_code == 400
    assert (await cloud.ask("POST", "/v23.0/upload:nix", content=b"a")).json()["error"]["error_subcode"] == 33
    upload = await begun(cloud, 5)
    assert "error" in await send(cloud, upload, b"123456", at=0)
    assert "h" in await send(cloud, upload, b"12345", at=0)


async def test_pywa_shows_examples_and_a_picture(wa: AsyncWhatsApp, cloud: Stand) -> None:
    def story() -> list[str]:
        held = cloud.held
        with pywa_session(cloud.url, verify=False) as session:
            program = WhatsApp(
                phone_id=held["phone_number_id"], token=TOKEN, waba_id=held["business_account_id"],
                app_id=held["app_id"], session=session,
            )  # fmt: skip
            header = wa_templates.HeaderDocument(example=PDF)
            made = program.create_template(
                wa_templates.Template(
                    name="surat",
                    language=wa_templates.TemplateLanguage.INDONESIAN,
                    category=wa_templates.TemplateCategory.UTILITY,
                    components=[header, wa_templates.BodyText("Ini suratnya.")],
                )
            )
            program.update_business_profile(about="Kantor", profile_picture=picture())
            (kept, _) = program.get_template(made.id).components
            assert isinstance(kept, wa_templates.HeaderDocument)
            return [str(kept.example), str(program.get_business_profile().profile_picture_url)]

    example, address = await asyncio.to_thread(story)
    assert example.startswith("4:")
    assert (await cloud.ask("GET", address.removeprefix(cloud.url))).content == picture()
    visitor = await cloud.visitor()
    shown = await visitor.citizen.person.get(f"/profile/{cloud.person.user_id}/avatar_url")
    assert str(shown.json["avatar_url"]).startswith("mxc://")


@pytest.mark.parametrize("handle", ["4:nix", 7, "4:OTk"])
async def test_a_picture_is_an_upload_of_the_bots(cloud: Stand, handle: object) -> None:
    path = f"/v23.0/{cloud.phone}/whatsapp_business_profile"
    refused = await cloud.ask("POST", path, json={"messaging_product": "whatsapp", "profile_picture_handle": handle})
    assert refused.json()["error"]["code"] == 100
    handle = (await send(cloud, await begun(cloud, 5), b"12345", at=0))["h"]
    refused = await cloud.ask("POST", path, json={"messaging_product": "whatsapp", "profile_picture_handle": handle})
    assert "JPEG or PNG" in refused.json()["error"]["error_data"]["details"]

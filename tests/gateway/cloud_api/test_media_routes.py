from base64 import b64encode
from hashlib import sha256

from amanat.gateway.spooling import Room
from tests.gateway.cloud_api.stand import TOKEN, Stand, served

OGG = b"OggS\x00 not quite"


async def test_a_file_is_left_asked_for_fetched_and_deleted(cloud: Stand) -> None:
    path = f"/v17.0/{cloud.phone}/media"
    left = await cloud.ask(
        "POST",
        path,
        files={"file": ("catatan suara.ogg", OGG, "audio/ogg")},
        data={"type": "audio/ogg; codecs=opus", "messaging_product": "whatsapp", "ttl_minutes": "60"},
    )
    media = left.json()["id"]
    assert media.isdigit()
    shown = (await cloud.ask("GET", f"/v21.0/{media}?phone_number_id={cloud.phone}")).json()
    assert {name: shown[name] for name in ("id", "mime_type", "file_size", "sha256", "messaging_product")} == {
        "id": media,
        "mime_type": "audio/ogg",
        "file_size": len(OGG),
        "sha256": b64encode(sha256(OGG).digest()).decode(),
        "messaging_product": "whatsapp",
    }
    address = shown["url"].removeprefix(cloud.url)
    fetched = await cloud.ask("GET", address)
    assert (fetched.content, fetched.headers["content-type"]) == (OGG, "audio/ogg")
    assert "catatan%20suara.ogg" in fetched.headers["content-disposition"]
    assert (await cloud.ask("GET", address, token=None)).status_code == 401
    assert (await cloud.ask("GET", f"{address}0")).status_code == 404
    cloud.ahead_ms = 301_000
    assert (await cloud.ask("GET", address)).status_code == 404, "five minutes are over"
    assert (await cloud.ask("DELETE", f"/v17.0/{media}")).json() == {"success": True}
    for method in ("GET", "DELETE"):
        assert (await cloud.ask(method, f"/v17.0/{media}")).json()["error"]["error_subcode"] == 33
    file = {"file": ("a", b"a", "text/plain")}
    refused = [
        (100, await cloud.ask("POST", path, json={"file": "a"})),
        (131008, await cloud.ask("POST", path, files={"other": ("a", b"a")})),
        (131053, await cloud.ask("POST", path, files={"file": ("a", b"", "text/plain")})),
        (100, await cloud.ask("POST", path, files=file, data={"messaging_product": "sms"})),
        (100, await cloud.ask("POST", "/v17.0/1999/media", files=file)),
        (190, await cloud.ask("POST", path, files=file, token=f"{TOKEN}x")),
    ]
    assert [answer.json()["error"]["code"] for _, answer in refused] == [code for code, _ in refused]


async def test_a_large_file_comes_as_it_was_and_there_is_room_for_so_many(cloud: Stand) -> None:
    large = bytes(each % 253 for each in range(3_000_000))
    path = f"/v17.0/{cloud.phone}/media"
    left = await cloud.ask("POST", path, files={"file": ("a.pdf", large, "application/pdf")})
    shown = (await cloud.ask("GET", f"/v21.0/{left.json()['id']}")).json()
    assert shown["sha256"] == b64encode(sha256(large).digest()).decode()
    assert (await cloud.ask("GET", shown["url"].removeprefix(cloud.url))).content == large
    async with served(cloud.bot, cloud.http, room=Room(2_000_000)) as url:
        headers = {"authorization": f"Bearer {TOKEN}"}
        for content, status in ((large, 429), (large[:1_900_000], 200), (large[:1_900_000], 200)):
            file = {"file": ("a.pdf", content, "application/pdf")}
            answer = await cloud.client.post(f"{url}{path}", files=file, headers=headers)
            assert (answer.status_code, answer.headers.get("retry-after")) == (status, "5" if status == 429 else None)
        assert (await cloud.client.post(f"{url}{path}", data={"a": "b" * 200_000}, headers=headers)).status_code == 400

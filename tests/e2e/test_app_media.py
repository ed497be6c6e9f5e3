"""Photos, files, voice notes and places in the web app, with people at other Matrix clients on the other side."""

import io
import random
import re
from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import nio
import pytest
from nio.crypto.attachments import decrypt_attachment
from PIL import ExifTags, Image
from playwright.async_api import FilePayload, Locator, Playwright, expect

from tests.clients.nio_person import NioPerson
from tests.e2e.web_app import AppPerson
from tests.processes import AmanatProcess

# Chromium's own beeping microphone, which it lends without asking.
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
MARK = b"dilarang dibaca server"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'>" + MARK + b"</svg>"


@pytest.fixture
async def ani(playwright: Playwright, lab: AmanatProcess) -> AsyncIterator[AppPerson]:
    """Somebody with the app, a microphone and a place in Jakarta."""
    url = lab.url.replace("127.0.0.1", "localhost")
    person = await AppPerson.arrive(playwright, url, switches=MICROPHONE)
    await person.context.grant_permissions(["geolocation", "microphone"])
    await person.context.set_geolocation({"latitude": -6.175392, "longitude": 106.827153, "accuracy": 12})
    await person.sign_up(number="+6281234567890", handle="ani", name="Ani")
    yield person
    await person.leave()


@pytest.fixture
async def budi(lab: AmanatProcess, tmp_path: Path) -> AsyncIterator[NioPerson]:
    """Somebody with another client."""
    async with await NioPerson.register(lab.url, "budi", tmp_path / "nio") as person:
        yield person


async def test_photos_go_both_ways_and_say_nothing_more(ani: AppPerson, budi: NioPerson, tmp_path: Path) -> None:
    room = await _meet(ani, budi)
    original = _photo(3_000, 1_500)
    assert b"amanat-camera" in original
    await _begin(ani, "halo Ani", "Reply")
    await _choose(ani, {"name": "pantai.jpg", "mimeType": "image/jpeg", "buffer": original})
    await ani.page.get_by_label("Write a caption").fill("Liburan kemarin")
    await ani.look()
    await ani.page.get_by_role("button", name="Send", exact=True).click()

    event = await _receives(budi, room, nio.RoomEncryptedImage)
    content = event.source["content"]
    assert (content["body"], content["filename"]) == ("Liburan kemarin", "pantai.jpg")
    assert (content["info"]["w"], content["info"]["h"]) == (2_560, 1_280)
    clear = await _fetch(budi, content["file"])
    picture = Image.open(io.BytesIO(clear))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (2_560, 1_280), {})
    assert b"amanat-camera" not in clear
    small = await _fetch(budi, content["info"]["thumbnail_file"])
    assert Image.open(io.BytesIO(small)).size == (640, 320)
    on_server = await _as_it_lies_on_the_server(budi, room, event.event_id)
    named = on_server["id.amanat.media"]
    assert set(named) == {content["file"]["url"], content["info"]["thumbnail_file"]["url"]}

    # It answers what was chosen; what is written next answers nothing.
    greeting = next(each.event_id for each in budi.events(room, nio.RoomMessageText) if each.body == "halo Ani")
    assert on_server["m.relates_to"] == {"m.in_reply_to": {"event_id": greeting}}
    shown = ani.page.get_by_role("button", name="Photo Liburan kemarin")
    await expect(shown).to_be_visible()
    await expect(ani.page.get_by_text("Replying to")).to_have_count(0)
    theirs = _photo(640, 480)
    await _send_file(budi, room, "bukit.jpg", theirs, kind="m.image", info={"w": 640, "h": 480})
    await ani.page.get_by_role("button", name="Photo bukit.jpg").click()
    viewer = ani.page.get_by_role("dialog", name="Photos")
    await expect(viewer.get_by_role("img", name="bukit.jpg")).to_be_visible()
    await ani.look()
    await ani.page.keyboard.press("ArrowLeft")
    await expect(viewer.get_by_role("img", name="Liburan kemarin")).to_be_visible()
    await ani.page.keyboard.press("Escape")
    await expect(viewer).to_be_hidden()
    await ani.look()

    for each in (original, clear, small, theirs):
        assert _hits(tmp_path / "data", each) == [], "The server has bytes of a clear picture."
    assert ani.strange == []


async def test_what_only_calls_itself_a_picture_is_only_saved(ani: AppPerson, budi: NioPerson, tmp_path: Path) -> None:
    room = await _meet(ani, budi)
    html = b"<!doctype html><script>document.title='owned'</script>" + MARK
    await _send_file(budi, room, "kucing.png", SVG, kind="m.image", info={"w": 100, "h": 100, "mimetype": "image/png"})
    await _send_file(budi, room, "struk.png", html, kind="m.image", info={"mimetype": "image/png"})
    await _send_file(budi, room, "surat.pdf", b"%PDF-1.7 " + MARK, kind="m.file", info={"mimetype": "application/pdf"})

    for name, sent in (("kucing.png", SVG), ("struk.png", html), ("surat.pdf", b"%PDF-1.7 " + MARK)):
        save = ani.page.get_by_role("button", name=f"Save {name}")
        async with ani.page.expect_download() as download:
            await save.click()
        saved = await download.value
        assert saved.suggested_filename == name
        assert await to_thread((await saved.path()).read_bytes) == sent
    await expect(_log(ani).get_by_role("img")).to_have_count(0)
    await expect(ani.page).to_have_title("Amanat")
    await ani.look()

    await _choose(ani, {"name": "asli.jpg", "mimeType": "image/jpeg", "buffer": (original := _photo(60, 40))})
    await ani.page.get_by_text("Send as a file").click()
    await ani.page.get_by_role("button", name="Send", exact=True).click()
    # His own is there too.
    file = await budi.until(lambda: next(iter(budi.events(room, nio.RoomEncryptedFile)[1:]), None), "receives a file")
    assert await _fetch(budi, file.source["content"]["file"]) == original
    assert _hits(tmp_path / "data", MARK) == []
    assert ani.strange == []


async def test_voice_notes_and_places(ani: AppPerson, budi: NioPerson) -> None:
    room = await _meet(ani, budi)
    record = ani.page.get_by_role("button", name="Record a voice note")
    await record.focus()
    await ani.page.keyboard.press("Enter")
    recorder = ani.page.get_by_role("group", name="Record a voice note")
    await expect(recorder.get_by_text(re.compile("0:(0[3-9]|[1-5])"))).to_be_visible()
    await ani.look()
    await ani.page.get_by_role("button", name="Send the recording").click()

    heard = await _receives(budi, room, nio.RoomEncryptedAudio)
    content = heard.source["content"]
    assert "org.matrix.msc3245.voice" in content
    assert 1_500 < content["info"]["duration"] < 60_000, "in milliseconds"
    assert max(content["org.matrix.msc1767.audio"]["waveform"]) == 1_024
    sound = await _fetch(budi, content["file"])
    assert b"Opus" in sound[:400]

    note = _log(ani).get_by_role("group", name="Voice note")
    await note.get_by_role("button", name="Play").click()
    await expect(note.get_by_role("button", name="Pause")).to_be_visible()
    await note.get_by_role("button", name="Speed").click()
    await expect(note.get_by_role("button", name="Speed 1.5×")).to_be_visible()
    await expect(note.get_by_role("button", name="Play")).to_be_visible()
    await ani.look()

    box = await record.bounding_box()
    assert box is not None
    await ani.page.mouse.move(box["x"] + 10, box["y"] + 10)
    await ani.page.mouse.down()
    await expect(recorder.get_by_text(re.compile("0:(0[1-9]|[1-5])"))).to_be_visible()
    await ani.page.mouse.up()
    await budi.until(lambda: len(budi.events(room, nio.RoomEncryptedAudio)) == 2 or None, "hears what was held")

    # In a branch, too.
    await _begin(ani, "halo Ani", "Reply in thread")
    beside = ani.page.get_by_role("region", name="Answers")
    await beside.get_by_role("button", name="Attach").click()
    await ani.page.get_by_role("button", name="Where I am now").click()
    await ani.page.get_by_role("dialog").get_by_role("button", name="Send").click()
    place = await budi.until(
        lambda: next(
            (each for each in budi.events(room, nio.RoomMessageUnknown) if each.msgtype == "m.location"), None
        ),
        "learns the place",
    )
    assert place.source["content"]["geo_uri"] == "geo:-6.17539,106.82715;u=12"
    relation = (await _as_it_lies_on_the_server(budi, room, place.event_id))["m.relates_to"]
    assert relation["rel_type"] == "m.thread"
    await expect(beside.get_by_role("link", name="Open on a map")).to_be_visible()
    await ani.look()
    assert ani.strange == []


async def _meet(ani: AppPerson, budi: NioPerson) -> str:
    """Begin a chat that both have said something in: each knows the other's devices."""
    await ani.start_chat("budi")
    room: str = await budi.until(lambda: next(iter(budi.client.invited_rooms), None), "is invited")
    await budi.join(room)
    await budi.say(room, "halo Ani")
    await ani.reads("halo Ani")
    await ani.say("halo Budi")
    # matrix-nio publishes no identity: the app asks once whether to send to it all the same.
    await ani.page.get_by_role("button", name="Send anyway").click()
    await budi.hears(room, "halo Budi")
    return room


def _log(person: AppPerson) -> Locator:
    return person.page.get_by_role("log")


async def _begin(person: AppPerson, text: str, act: str) -> None:
    """Choose something to do with a message."""
    message = person.page.get_by_role("log", name="Messages").get_by_role("article").filter(has_text=text).first
    await message.click(button="right")
    await person.page.get_by_role("menuitem", name=act, exact=True).click()


async def _choose(person: AppPerson, file: FilePayload) -> None:
    """Choose a file as from a phone's gallery."""
    await person.page.get_by_role("button", name="Attach").click()
    async with person.page.expect_file_chooser() as chooser:
        await person.page.get_by_role("button", name="Photos and videos").click()
    await (await chooser.value).set_files(file)
    await expect(person.page.get_by_role("button", name=f"Take out {file['name']}")).to_be_visible()


async def _receives(person: NioPerson, room: str, kind: type[Any]) -> Any:
    return await person.until(lambda: next(iter(person.events(room, kind)), None), f"receives {kind.__name__}")


async def _fetch(person: NioPerson, file: dict[str, Any]) -> bytes:
    downloaded = await person.client.download(file["url"])
    assert isinstance(downloaded, nio.MemoryDownloadResponse)
    return bytes(decrypt_attachment(downloaded.body, file["key"]["k"], file["hashes"]["sha256"], file["iv"]))


async def _as_it_lies_on_the_server(person: NioPerson, room: str, event_id: str) -> dict[str, Any]:
    """Return the content of an event, still encrypted."""
    headers = {"authorization": f"Bearer {person.client.access_token}"}
    async with httpx.AsyncClient(base_url=person.client.homeserver, headers=headers, timeout=30) as http:
        content: dict[str, Any] = (await http.get(f"/_matrix/client/v3/rooms/{room}/event/{event_id}")).json()[
            "content"
        ]
    return content


async def _send_file(person: NioPerson, room: str, name: str, data: bytes, *, kind: str, info: dict[str, Any]) -> None:
    """Send a file under whatever claim."""
    uploaded, keys = await person.client.upload(lambda *_: io.BytesIO(data), encrypt=True, filesize=len(data))
    assert isinstance(uploaded, nio.UploadResponse)
    assert keys is not None
    file = {"url": uploaded.content_uri, **keys}
    await person.send(room, {"msgtype": kind, "body": name, "file": file, "info": {"size": len(data), **info}})


def _photo(width: int, height: int) -> bytes:
    """Return a JPEG as a phone makes it: noise of its own, and where it was taken."""
    noise = random.Random(width)
    picture = Image.frombytes("RGB", (width // 20, height // 20), noise.randbytes(width // 20 * (height // 20) * 3))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "amanat-camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (6.0, 10.0, 31.0)
    out = io.BytesIO()
    picture.resize((width, height)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def _hits(folder: Path, clear: bytes) -> list[str]:
    """Return where the server's files hold a piece of clear bytes; not their beginning, which all pictures share."""
    pieces = [clear[at : at + 24] for at in range(len(clear) // 2, len(clear) - 24, max(24, len(clear) // 40))]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [f"{path}" for path in files for data in [path.read_bytes()] for piece in pieces or [clear] if piece in data]

"""A citizen on another client is handed to the staff, is answered once whatever is killed, and goes on."""

import asyncio
import os
import re
import signal
from pathlib import Path
from shutil import copytree
from urllib.parse import quote

import httpx
import nio

from amanat.gateway.desk.staff import Staff
from amanat.gateway.service.creating import Wanted, create
from tests import processes
from tests.clients.nio_person import NioPerson
from tests.gateway.desk.web_browser import WebBrowser
from tests.gateway.service.at_work import SAMPLE
from tests.processes import AmanatProcess

CANARY = "kenari-di-meja-4711"
SERVICE = "/desk/v1/services/paspor"
CARD = b"GIF89a kartu keluarga 4713"
LETTER = b"%PDF-1.7 surat panggilan 4714"
ANSWER = "Berkas Ibu sudah siap diambil 4712"
_ALWAYS = "    open:\n      mon-sun: 00:00-23:59\n"


def _open_all_day(folder: Path) -> Path:
    """Return the sample office with staff who are there at any time."""
    copied = copytree(SAMPLE, folder / "office")
    flow = copied / "flow.yaml"
    text = re.sub(r"    open:\n(?:      .*\n)+    closed: .*\n", _ALWAYS, flow.read_text(), count=1)
    assert _ALWAYS in text
    flow.write_text(text)
    return copied


def _desk_of(gateway: AmanatProcess) -> str:
    found = re.findall(r"desk: (http://[^\s,]+)", gateway.log.read_text())
    return str(found[-1])


def _texts(person: NioPerson, room_id: str) -> list[str]:
    return [event.body for event in person.events(room_id, nio.RoomMessageText)]


async def _hears(person: NioPerson, room_id: str, words: str) -> None:
    await person.until(lambda: any(words in text for text in _texts(person, room_id)) or None, f"hears {words!r}")


async def _shows(desk: httpx.AsyncClient, chat: str, *, text: str, state: str | None) -> None:
    """Wait until a line stands in a chat, as the desk's page does: it asks again when something has changed."""
    since = 0
    async with asyncio.timeout(60):
        while True:
            opened = (await desk.get(chat)).json()
            if (text, state) in [(line["text"], line["state"]) for line in opened.get("lines", [])]:
                return
            news = await desk.get(f"{SERVICE}/changes", params={"since": since})
            since = news.json()["next"]


async def _sends_a_file(citizen: NioPerson, desk: httpx.AsyncClient, *, chat: str, room_id: str) -> None:
    """Let the citizen send a picture that the staff open, and the staff a letter that the citizen opens."""
    await citizen.send_file(room_id, name="kartu.gif", data=CARD)
    since, found = 0, None
    async with asyncio.timeout(60):
        while found is None:
            since = (await desk.get(f"{SERVICE}/changes", params={"since": since})).json()["next"]
            lines = (await desk.get(chat)).json()["lines"]
            found = next((line for line in lines if line["file"] and line["file"]["name"] == "kartu.gif"), None)
    opened = await desk.get(f"{chat}/files/{found['position']}")
    assert (opened.content, opened.headers["content-type"]) == (CARD, "image/gif")
    own = {"content-type": "application/octet-stream"}
    sent = await desk.post(f"{chat}/files", params={"name": "surat.pdf", "txn_id": "f"}, content=LETTER, headers=own)
    assert sent.status_code == 200, sent.text
    assert await citizen.receives_file(room_id, name="surat.pdf") == LETTER


async def test_a_reply_is_said_once_though_the_gateway_is_killed_before_it_was_sent(tmp_path: Path) -> None:
    with processes.lab(tmp_path, "--gate") as lab:
        data, flow = tmp_path / "gateway", _open_all_day(tmp_path)
        made = await create(
            Wanted(name="paspor", homeserver=lab.url, data=data, owner=tmp_path / "owner.json", flow=flow)
        )
        command = ("gateway", "--data", str(data), "--desk", f"127.0.0.1:{processes.free_port()}")
        with AmanatProcess(*command, log=tmp_path / "gateway.log") as gateway:
            async with (
                await NioPerson.register(lab.url, "warga", tmp_path / "citizen") as citizen,
                await NioPerson.register(lab.url, "budi", tmp_path / "staff") as budi,
            ):
                Staff(data / "paspor").put(budi.user_id, "agent")
                room_id = await citizen.create_room(invite=[made.user_id])
                await citizen.knows_members(room_id, [citizen.user_id, made.user_id])
                await citizen.knows_devices(made.user_id, [made.device_id])
                await citizen.say(room_id, "halo")
                await _hears(citizen, room_id, "Selamat datang")
                await citizen.say(room_id, "petugas")
                await _hears(citizen, room_id, "Petugas akan menjawab")
                await citizen.say(room_id, CANARY)

                pages = WebBrowser(lab.url)
                await pages.sign_in_with("budi", budi.password)
                chat = f"{SERVICE}/chats/{quote(room_id, safe='')}"
                async with pages.sign_in_at(_desk_of(gateway), service="paspor") as desk:
                    await _shows(desk, chat, text=CANARY, state=None)
                    await _sends_a_file(citizen, desk, chat=chat, room_id=room_id)
                    os.kill(lab.pid, signal.SIGSTOP)
                    reply = {"text": ANSWER, "txn_id": "1"}
                    first = await desk.post(f"{chat}/replies", json=reply)
                    assert first.status_code == 200, first.text
                    await asyncio.to_thread(gateway.kill)
                    os.kill(lab.pid, signal.SIGCONT)
                await asyncio.to_thread(gateway.start)
                await _hears(citizen, room_id, ANSWER)

                async with pages.sign_in_at(_desk_of(gateway), service="paspor") as desk:
                    again = await desk.post(f"{chat}/replies", json=reply)
                    assert again.json() == first.json()
                    await _shows(desk, chat, text=ANSWER, state="sent")
                    assert (await desk.post(f"{chat}/hand_back", json={})).status_code == 200
                await _hears(citizen, room_id, "Petugas sudah selesai")
                assert _texts(citizen, room_id).count(ANSWER) == 1
                await pages.close()
    # What the two wrote lies with the office, and nowhere on the server's side.
    written = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert written
    for words in (CANARY, ANSWER, CARD.decode(), LETTER.decode()):
        assert [file for file in written if words.encode() in file.read_bytes()] == []

"""Real clients plant markers in everything they can say; what of it the server wrote is what its page says it sees."""

import base64
import re
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import httpx
import nio
import pytest
import pytest_asyncio
from msgspec import Struct

from tests.clients.canary import Canary, files_in
from tests.clients.js_person import JsHost, JsPerson
from tests.clients.nio_person import NioPerson, expect
from tests.clients.person import meet
from tests.postgres_cluster import Cluster
from tests.processes import AmanatProcess, free_port

_PAGE = Path(__file__).parents[2] / "docs" / "what-the-server-sees.md"
_PASSWORD = re.compile(r"shown this once: (\S+)")
_MATRIX = "/_matrix/client/v3"


class Service(Struct):
    """An `amanat serve` with a configuration file, and where it keeps everything."""

    process: AmanatProcess
    folder: Path
    data: Path
    database: str | None

    @property
    def config(self) -> Path:
        return self.folder / "amanat.toml"

    def command(self, *words: str) -> str:
        """Run a command of the operator's beside the server."""
        line = [sys.executable, "-m", "amanat", *words, "--config", str(self.config)]
        return subprocess.run(line, check=True, capture_output=True, text=True).stdout

    def account(self, name: str) -> str:
        """Make an account; return its password."""
        shown = _PASSWORD.search(self.command("user", "create", name))
        assert shown is not None
        return shown[1]


@pytest.fixture(params=["sqlite", "postgres"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """A server as people run it, once on each database."""
    database = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    process = AmanatProcess("serve", "--config", str(tmp_path / "amanat.toml"), log=tmp_path / "log")
    service = Service(process, tmp_path, tmp_path / "data", database)
    settings = {"listen": f"127.0.0.1:{free_port()}", "data": str(service.data)}
    settings |= {} if database is None else {"database": database}
    service.config.write_text("".join(f'{name} = "{value}"\n' for name, value in settings.items()))
    with process:
        yield service


class Cast(Struct):
    """The people of the story."""

    ani: NioPerson
    budi: JsPerson
    citra: JsPerson
    passwords: dict[str, str]


@pytest_asyncio.fixture(loop_scope="session")
async def cast(service: Service, js_host: JsHost) -> AsyncIterator[Cast]:
    """Ani at a matrix-nio client, Budi and Citra at matrix-js-sdk clients."""
    url, passwords = service.process.url, {name: service.account(name) for name in ("ani", "budi", "citra")}
    async with AsyncExitStack() as here:
        ani = await NioPerson.log_in(url, "ani", passwords["ani"], service.folder / "nio")
        here.push_async_callback(ani.close)
        budi = await JsPerson.log_in(js_host, url, "budi", passwords["budi"])
        here.push_async_callback(budi.close)
        citra = await JsPerson.log_in(js_host, url, "citra", passwords["citra"])
        here.push_async_callback(citra.close)
        yield Cast(ani, budi, citra, passwords)


@pytest.mark.parametrize("before", [b"", b"x", b"xy", b"xyz"])
def test_the_search_finds_a_marker_in_every_form_wherever_it_begins(before: bytes) -> None:
    canary = Canary()
    raw = before + canary.hide("a word", "").encode() + b" and more"
    wide = raw.decode().encode("utf-16-be")
    for written in raw, wide, base64.b64encode(raw), base64.urlsafe_b64encode(raw), raw.hex().encode():
        assert canary.found_in(b"..." + written) == {"a word"}
    assert canary.found_in(b"another word") == set()


async def test_the_server_wrote_what_its_page_says_and_nothing_else(
    service: Service, cast: Cast, request: pytest.FixtureRequest
) -> None:
    canary = Canary()
    room_id = await meet(cast.ani, cast.budi)
    await _say_everything(canary, cast, room_id)
    await _name_everything(canary, cast, room_id)
    await _try_in_clear(canary, cast, service.process.url, room_id)
    await _open_room(canary, cast)
    await _recovery(canary, cast)
    for name, password in cast.passwords.items():
        canary.keep(f"{name}'s password", password, "What it does not get")

    page = " ".join(_PAGE.read_text().split())
    for planted in canary.seen + canary.hidden:
        assert planted.page_says in page, planted
    found = await _search(canary, service, request)
    assert {planted.what for planted in canary.hidden} & found.keys() == set(), found
    assert {planted.what for planted in canary.seen} - found.keys() == set()


_TEXT = "the text of a message"
_BYTES = "the bytes of a file sent in it"


async def _say_everything(canary: Canary, cast: Cast, room_id: str) -> None:
    """What is encrypted: texts, edits, replies, threads, files, reactions, messages to a device."""
    ani, budi = cast.ani, cast.budi
    first = await ani.say(room_id, canary.hide("a text of nio's", _TEXT))
    await budi.say(room_id, canary.hide("a text of js-sdk's", _TEXT))
    edited = canary.hide("an edit", _TEXT)
    new = {"msgtype": "m.text", "body": edited}
    await ani.send(room_id, {**new, "m.new_content": new, "m.relates_to": {"rel_type": "m.replace", "event_id": first}})
    reply = {"msgtype": "m.text", "body": canary.hide("a reply", _TEXT), "formatted_body": canary.hide("HTML", _TEXT)}
    await budi.send(room_id, {**reply, "m.relates_to": {"m.in_reply_to": {"event_id": first}}})
    thread = {"msgtype": "m.text", "body": canary.hide("a thread", _TEXT)}
    await budi.send(room_id, {**thread, "m.relates_to": {"rel_type": "m.thread", "event_id": first}})
    # nio names its uploads, also encrypted ones; the page says that such a name is seen.
    named = canary.show("the name of nio's upload", "the name that an app gives with any upload")
    await ani.send_file(room_id, name=named, data=canary.hide("a file of nio's", _BYTES).encode() * 50)
    name = canary.hide("the name of js-sdk's file", _TEXT)
    await budi.send_file(room_id, name=name, data=canary.hide("a file of js-sdk's", _BYTES).encode() * 50)
    await budi.react(room_id, first, f"mxc://localhost/{canary.show('a picture to react with', 'the picture used as')}")
    reaction = {"rel_type": "m.annotation", "event_id": first, "key": "👍"}
    content = {"m.relates_to": reaction, "shortcode": canary.hide("an encrypted reaction", "encrypted reaction")}
    await ani.send_encrypted(room_id, content, kind="m.reaction")
    doomed = await ani.say(room_id, canary.hide("a text taken back", _TEXT))
    reason = canary.hide("the reason of a redaction", "does not store: the reason of a redaction")
    expect(nio.RoomRedactResponse, await ani.client.room_redact(room_id, doomed, reason=reason))
    await budi.whisper(
        ani.user_id, ani.device_id, canary.hide("a whisper to a device", "to whom to-device messages go")
    )


async def _name_everything(canary: Canary, cast: Cast, room_id: str) -> None:
    """What the server has to see."""
    client = cast.ani.client
    device = {"display_name": canary.show("a device's name", "which devices a person has, their names")}
    expect(nio.UpdateDeviceResponse, await client.update_device(cast.ani.device_id, device))
    shown = canary.show("a person's name", "a person's name, picture and handle")
    expect(nio.ProfileSetDisplayNameResponse, await client.set_displayname(shown))
    for kind, key, says in (
        ("m.room.name", "name", "The room's name."),
        ("m.room.topic", "topic", "What the room is for."),
    ):
        response = await client.room_put_state(room_id, kind, {key: canary.show(kind, says)})
        expect(nio.RoomPutStateResponse, response)
    picture = canary.show("a file in clear", "a file that an app uploads without encrypting it").encode()
    uploaded, _ = await client.upload(lambda *_: picture, content_type="image/png", filesize=len(picture))
    expect(nio.UploadResponse, uploaded)
    expect(nio.RoomInviteResponse, await client.room_invite(room_id, cast.citra.user_id))
    reason = canary.show("the reason of a removal", "Said to somebody who is not in the room")
    expect(nio.RoomKickResponse, await client.room_kick(room_id, cast.citra.user_id, reason=reason))
    note = canary.show("account data in clear", "account data that apps keep in clear")
    await cast.budi.set_account_data("org.example.note", {"text": note})


async def _try_in_clear(canary: Canary, cast: Cast, url: str, room_id: str) -> None:
    """What an old app would send, which is refused."""
    says = "refuses everything else with"
    message = {"msgtype": "m.text", "body": canary.hide("a text in clear", says)}
    whisper = {cast.budi.user_id: {"*": {"text": canary.hide("a whisper in clear", says)}}}
    state = {"text": canary.hide("state of an unknown kind", says)}
    reaction = {"event_id": "$e", "rel_type": "m.annotation", "key": canary.hide("a reaction in words", says)}
    room = f"{_MATRIX}/rooms/{quote(room_id)}"
    attempts: list[tuple[str, Any]] = [
        (f"{room}/send/m.room.message/c1", message),
        (f"{room}/send/m.reaction/c2", {"m.relates_to": reaction}),
        (f"{room}/state/org.example.note/", state),
        (f"{_MATRIX}/sendToDevice/org.example.whisper/c3", {"messages": whisper}),
    ]
    async with httpx.AsyncClient(
        base_url=url, headers={"Authorization": f"Bearer {cast.ani.client.access_token}"}
    ) as app:
        for path, body in attempts:
            refused = await app.put(path, json=body)
            assert (refused.status_code, refused.json()["errcode"]) == (403, "M_FORBIDDEN"), path


async def _open_room(canary: Canary, cast: Cast) -> None:
    """A public room: in clear the server sees all, and once it is encrypted it does not."""
    client = cast.ani.client
    made = expect(nio.RoomCreateResponse, await client.room_create(preset=nio.RoomPreset.public_chat))
    room_id = str(made.room_id)
    await cast.ani.until(lambda: client.rooms.get(room_id), "is in the public room")
    says = "the server sees everything that is sent"
    await cast.ani.say(room_id, canary.show("a text in a public room", says))
    encryption = nio.EnableEncryptionBuilder().as_dict()
    response = await client.room_put_state(room_id, encryption["type"], encryption["content"])
    expect(nio.RoomPutStateResponse, response)
    await cast.ani.until(lambda: client.rooms[room_id].encrypted or None, "knows that the room is encrypted")
    await cast.ani.say(
        room_id, canary.hide("a text in an encrypted public room", "Any room with `m.room.encryption` is gated")
    )


async def _recovery(canary: Canary, cast: Cast) -> None:
    """The secrets that js-sdk makes, stores encrypted, and backs up."""
    await cast.budi.set_up_recovery()
    for what, secret in (await cast.budi.secrets()).items():
        canary.keep(f"js-sdk: {what}", secret, "room keys, cross-signing secrets, the key of a key backup")
    canary.keep("nio: access token", cast.ani.client.access_token, "What it does not get")


async def _search(canary: Canary, service: Service, request: pytest.FixtureRequest) -> dict[str, list[str]]:
    """Return where each thing was found, among all that the server wrote."""
    service.command("backup", str(service.folder / "backup.tar"))
    written = list(files_in(service.data, service.folder / "backup.tar", service.process.log))
    service.process.stop()
    written += [(path.with_suffix(".stopped"), data) for path, data in files_in(service.data)]
    if service.database is None:
        written.append((Path("rows"), _sqlite_rows(service.data / "amanat.db")))
    else:
        cluster: Cluster = request.getfixturevalue("postgres")
        written += files_in(cluster.folder)
        written.append((Path("rows"), await _postgres_rows(service.database)))
    service.process.start()
    found: dict[str, list[str]] = {}
    for path, data in written:
        for what in canary.found_in(data):
            found.setdefault(what, []).append(path.name)
    return found


def _sqlite_rows(path: Path) -> bytes:
    """Return all values of all rows: in the file itself, a long one lies in pieces."""
    with sqlite3.connect(path) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in database.execute(f"SELECT * FROM {table}")]
    database.close()
    return _joined(rows)


async def _postgres_rows(url: str) -> bytes:
    """Return all values of all rows: in the files themselves, a long one is compressed."""
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = [row for (table,) in tables for row in await connection.fetch(f"SELECT * FROM {table}")]
    finally:
        await connection.close()
    return _joined(rows)


def _joined(rows: list[Any]) -> bytes:
    values = (value for row in rows for value in row)
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)

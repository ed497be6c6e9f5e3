"""What the tests of media share: requests answered with bytes and headers, pictures, and a server with small limits."""

import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from PIL import Image

from amanat.app import Amanat, Clock, Mode
from amanat.config import Config
from amanat.core.identifiers import MEDIA_KEY
from tests.edge.asking import Answered, Client, ask, asking
from tests.server import FakeClock, Person, Server

UPLOAD = "/_matrix/media/v3/upload"
V1 = "/_matrix/client/v1/media"


async def raw(
    person: Person,
    method: str,
    path: str,
    *,
    body: bytes | Sequence[bytes] = b"",
    headers: dict[str, str] | None = None,
    query: dict[str, Any] | None = None,
) -> Answered:
    """Make one request as somebody, and return all of the answer."""
    target = path + (f"?{urlencode(query)}" if query else "")
    sent = {"Host": "localhost"} | (headers or {})
    return await ask(person.server.amanat.client_app, method, target, body=body, headers=sent, token=person.token)


async def upload(
    person: Person, data: bytes, *, kind: str = "application/octet-stream", name: str | None = None
) -> str:
    """Upload a file and return its `mxc:` address."""
    query = None if name is None else {"filename": name}
    answered = await raw(person, "POST", UPLOAD, body=data, headers={"Content-Type": kind}, query=query)
    assert answered.status == 200, answered.body
    uri: str = answered.json["content_uri"]
    return uri


async def unfinished(person: Person, client: Client) -> None:
    """Begin an upload that never ends: after its pieces the client is gone, or silent."""
    headers = {"Host": "localhost", "Content-Length": "2000000", "Authorization": f"Bearer {person.token}"}
    answer = await person.server.amanat.client_app(asking("POST", UPLOAD, headers, incoming=client.incoming))
    assert answer is None, "Nobody is left to be answered."


async def download(person: Person, uri: str, *, name: str = "", method: str = "GET", **headers: str) -> Answered:
    """Ask for a file; headers are written with `_` for `-`."""
    path = f"{V1}/download/{uri.removeprefix('mxc://')}" + (f"/{quote(name, safe='')}" if name else "")
    return await raw(person, method, path, headers={key.replace("_", "-"): value for key, value in headers.items()})


async def show(person: Person, room: str, text: str, uris: list[str]) -> str:
    """Send an encrypted message that declares these media, and return its id."""
    declared: dict[str, Any] = {MEDIA_KEY: uris}
    return await person.send(room, text, **declared)


async def thumbnail(person: Person, uri: str, **query: Any) -> Answered:
    """Ask for a thumbnail."""
    asked = {"width": 96, "height": 96} | query
    return await raw(person, "GET", f"{V1}/thumbnail/{uri.removeprefix('mxc://')}", query=asked)


def picture(size: tuple[int, int] = (1000, 500), *, form: str = "PNG", mode: str = "RGB", **saved: Any) -> bytes:
    """Draw a picture: its left half red, its right half blue."""
    drawn = Image.new(mode, size, "blue")
    drawn.paste(Image.new(mode, (size[0] // 2, size[1]), "red"), (0, 0))
    written = io.BytesIO()
    drawn.save(written, form, **saved)
    return written.getvalue()


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Write a PNG by hand: what its header says, and these chunks."""
    header = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (header, *chunks, (b"IEND", b""))
    )


def opened(data: bytes) -> Image.Image:
    """Read a picture."""
    with Image.open(io.BytesIO(data)) as read:
        read.load()
        return read.copy()


def files(server: Server) -> list[Path]:
    """List all files of media on disk."""
    return sorted(path for path in server.amanat.folder.media.rglob("*") if path.is_file())


async def start_small(folder: Path, *, database: str | None = None) -> Server:
    """Open a server where a file has at most 100,000 bytes and a person 200,000."""
    clock = FakeClock()
    config = Config(data=str(folder), database=database, max_upload_bytes=100_000, media_quota_bytes=200_000)
    amanat = Amanat(config, mode=Mode.LAB, clock=Clock(now_ms=clock.now_ms))
    await amanat.open()
    return Server(amanat, clock)

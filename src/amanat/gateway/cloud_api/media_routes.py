"""Files: left by a bot, asked for, fetched and deleted."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from amanat.edge.request import Request
from amanat.edge.responses import Response, Stream
from amanat.edge.routes import get, post
from amanat.gateway.bots.api import KeptFile, NotNow
from amanat.gateway.cloud_api import media_rules
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.forms import Part, read_form
from amanat.gateway.cloud_api.ids import node_id
from amanat.gateway.cloud_api.media_links import PATH, link, read_link
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, for_bots
from amanat.gateway.spooling import Full, Opened, Room, Spools, sent

_FORM_BYTES: Final = 100_000
"""Beside the file."""
RETRY_MS: Final = 5_000


class MediaRoutes:
    """The files of bots. `base_url` is where bots reach the gateway."""

    def __init__(self, visits: Visits, *, base_url: str, now_ms: Callable[[], int], room: Room) -> None:
        self.visits = visits
        self._base_url = base_url
        self._room = room
        self._now_ms = now_ms

    @post("/{version}/{node}/media", auth="none", body_limit=media_rules.LARGEST + _FORM_BYTES)
    @for_bots("phone")
    async def upload(self, visit: Visit) -> dict[str, str]:
        """Keep a file for 30 days."""
        declared = min(visit.request.content_length or 0, media_rules.LARGEST + _FORM_BYTES)
        try:
            with Spools(self._room, declared=declared) as spools:
                return await self._keep(visit, await read_form(visit.request, spools=spools))
        except Full:
            # Who is hung up on while they send does not read why.
            async for _ in visit.request.stream(media_rules.LARGEST + _FORM_BYTES):
                pass
            raise _full() from None

    async def _keep(self, visit: Visit, parts: dict[str, Part]) -> dict[str, str]:
        if "messaging_product" in parts and parts["messaging_product"].text != "whatsapp":
            raise GraphError(100, "Param messaging_product must be whatsapp.")
        file = parts.get("file")
        if file is None:
            raise GraphError(131008, "The parameter file is required.")
        mimetype = media_rules.mimetype_of(parts["type"].text if "type" in parts else file.mimetype)
        if not 0 < len(file.content) <= media_rules.LARGEST:
            raise GraphError(131053, f"A file has 1 to {media_rules.LARGEST} bytes.")
        name = (file.filename or "").rpartition("/")[2][:255] or "file"
        try:
            number = await visit.line.keep_file(file.content, name=name, mimetype=mimetype)
        except NotNow:
            raise GraphError(131016, "The homeserver cannot take files at the moment.") from None
        return {"id": node_id("media", number)}

    async def one(self, visit: Visit, number: int) -> dict[str, Any]:
        """Say where a file can be fetched: `GET /{media}`. It is opened for its hash, as nobody else knows it."""
        with self._spools() as spools:
            file, opened = await self._open(visit, number, spools=spools)
            digest = sha256()
            async for piece in opened.pieces():
                digest.update(piece)
        now_s = self._now_ms() // 1000
        return {
            "messaging_product": "whatsapp",
            "url": link(self._base_url, number, secret=visit.line.secret, now_s=now_s),
            "mime_type": file.mimetype,
            "sha256": b64encode(digest.digest()).decode(),
            "file_size": opened.size,
            "id": node_id("media", number),
        }

    async def drop(self, visit: Visit, number: int) -> dict[str, bool]:
        """Forget a file: `DELETE /{media}`."""
        if not await visit.line.drop_file(number):
            raise _gone()
        return DONE

    @get(PATH, auth="none")
    async def fetch(self, request: Request) -> Response | Stream:
        """Fetch a file: with the token, at the address that was good for five minutes."""
        visit = self.visits.receive(request)
        query = (request.query("mid") or "", request.query("ext") or "", request.query("hash") or "")
        number = read_link(query, secret=visit.line.secret, now_s=self._now_ms() // 1000)
        if number is None:
            return Response(404, b"", [(b"content-type", b"text/plain")])
        spools = self._spools()
        try:
            file, opened = await self._open(visit, number, spools=spools)
        except BaseException:
            spools.close()
            raise
        return Stream(200, [*_headers(file), (b"content-length", b"%d" % opened.size)], await sent(opened, spools))

    def _spools(self) -> Spools:
        return Spools(self._room)

    async def _open(self, visit: Visit, number: int, *, spools: Spools) -> tuple[KeptFile, Opened]:
        file = await visit.line.file(number)
        if file is None:
            raise _gone()
        try:
            opened = await visit.line.read_file(number, spool=spools.new())
        except NotNow:
            raise GraphError(131016, "The homeserver cannot be asked for the file at the moment.") from None
        except Full:
            raise _full() from None
        if opened is None:
            raise _gone()
        return file, opened


def _headers(file: KeptFile) -> list[tuple[bytes, bytes]]:
    # What somebody sent is never a page: whoever opens the address in a browser is to save it.
    return [
        (b"content-type", media_rules.mimetype_of(file.mimetype).encode()),
        (b"content-disposition", f"attachment; filename*=UTF-8''{quote(file.name)}".encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]


def _full() -> GraphError:
    return GraphError(4, "The gateway takes no more files at the moment.", retry_ms=RETRY_MS)


def _gone() -> GraphError:
    return GraphError(100, "There is no file of this id, or it is gone.", subcode=33)

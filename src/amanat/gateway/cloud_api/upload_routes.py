"""Uploads that can be resumed: announced, sent in one request or several, and named by a handle once they are whole.

Source: developers.facebook.com, "Resumable Upload API".
"""

import asyncio
import secrets
from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import TooSlow
from amanat.edge.incoming import ClientGone
from amanat.edge.routes import post
from amanat.gateway.bots.api import NotNow
from amanat.gateway.cloud_api import media_rules, upload_shelf
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.media_routes import RETRY_MS
from amanat.gateway.cloud_api.reading import read
from amanat.gateway.cloud_api.upload_shelf import MOST_PIECES, PREFIX, Piece, Upload, handle_of
from amanat.gateway.cloud_api.visits import Visit, Visits, for_bots
from amanat.gateway.spooling import Full, Room, Spool, Spools

LARGEST: Final = 16 * media_rules.MB
"""The largest that a template's header takes of what is shown there."""
TYPES: Final = ("application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4")
_NAME: Final = 255


class _Announced(Struct):
    file_length: int
    file_type: str
    file_name: str = ""


class UploadRoutes:
    """The uploads of bots."""

    def __init__(self, visits: Visits, *, now_ms: Callable[[], int], room: Room) -> None:
        self.visits = visits
        self._now_ms = now_ms
        self._room = room
        self._one_at_a_time = asyncio.Lock()

    @post("/{version}/{node}/uploads", auth="none")
    @for_bots("app")
    async def begin(self, visit: Visit) -> dict[str, str]:
        """Announce a file."""
        fields = await visit.fields()
        length = fields.get("file_length")
        if isinstance(length, str) and length.isascii() and length.isdigit() and len(length) < 16:
            fields = fields | {"file_length": int(length)}
        asked = read(fields, _Announced, at="")
        if not 0 < asked.file_length <= LARGEST:
            raise GraphError(100, f"Param file_length must be 1 to {LARGEST}.")
        if asked.file_type not in TYPES:
            raise GraphError(100, f"Param file_type must be one of {', '.join(TYPES)}.")
        made = Upload(
            id=f"{PREFIX}{secrets.token_urlsafe(18)}",
            name=asked.file_name.rpartition("/")[2][:_NAME] or "file",
            mimetype=asked.file_type.replace("/jpg", "/jpeg"),
            length=asked.file_length,
            ts=self._now_ms(),
        )
        async with self._one_at_a_time:
            await upload_shelf.put(visit.line, made, now_ms=self._now_ms())
        return {"id": made.id}

    async def show(self, visit: Visit, upload_id: str) -> dict[str, Any]:
        """Say how much has come: `GET /upload:…`."""
        found = await self._find(visit, upload_id)
        return {"id": found.id, "file_offset": found.offset}

    async def take(self, visit: Visit, upload_id: str) -> dict[str, str]:
        """Take what is still to come, or some of it: `POST /upload:…`. What came of a request that broke off counts."""
        found = await self._find(visit, upload_id)
        offset = visit.request.header("file_offset") or "0"
        if offset != str(found.offset):
            raise GraphError(100, f"Header file_offset must be {found.offset}.")
        left = found.length - found.offset
        try:
            with Spools(self._room, declared=min(visit.request.content_length or 0, left)) as spools:
                whole = await self._receive(visit, spools.new(), left=left)
                async with self._one_at_a_time:
                    found = await self._joined(visit, found, spools=spools, piece=whole)
        except Full:
            raise GraphError(4, "The gateway takes no more files at the moment.", retry_ms=RETRY_MS) from None
        except NotNow:
            raise GraphError(131016, "The homeserver cannot take files at the moment.") from None
        return {"h": handle_of(found.file)} if found.file is not None else {"id": found.id}

    async def _receive(self, visit: Visit, spool: Spool, *, left: int) -> Spool:
        try:
            async for piece in visit.request.stream(left):
                spool.write(piece)
        except (ClientGone, TooSlow):
            if not len(spool):
                raise
        return spool

    async def _joined(self, visit: Visit, before: Upload, *, spools: Spools, piece: Spool) -> Upload:
        """Keep what came, and put the whole together once it is there."""
        line, found = visit.line, await self._find(visit, before.id)
        if found.offset != before.offset:
            raise GraphError(100, f"Header file_offset must be {found.offset}.")
        if len(piece):
            if len(found.pieces) >= MOST_PIECES:
                raise GraphError(100, f"An upload may come in {MOST_PIECES} requests.")
            number = await line.keep_file(piece, name=found.name, mimetype=found.mimetype)
            found = replace(found, pieces=(*found.pieces, Piece(number, len(piece))))
            await upload_shelf.put(line, found, now_ms=self._now_ms())
        if found.offset == found.length and found.file is None:
            found = replace(found, file=await self._whole(visit, found, spools.new()))
            await upload_shelf.put(line, found, now_ms=self._now_ms())
        return found

    async def _whole(self, visit: Visit, upload: Upload, spool: Spool) -> int:
        if len(upload.pieces) == 1:
            return upload.pieces[0].file
        for piece in upload.pieces:
            content = await visit.line.open_file(piece.file)
            if content is None:
                raise GraphError(100, "What came first of this upload is gone: begin it again.")
            spool.write(content)
        number = await visit.line.keep_file(spool, name=upload.name, mimetype=upload.mimetype)
        for piece in upload.pieces:
            await visit.line.drop_file(piece.file)
        return number

    async def _find(self, visit: Visit, upload_id: str) -> Upload:
        found = await upload_shelf.find(visit.line, upload_id, now_ms=self._now_ms())
        if found is None:
            raise GraphError(100, "There is no upload of this id, or it is older than a day.", subcode=33)
        return found

"""Downloads and thumbnails, for whoever is logged in. Spec: client-server-api#content-repository."""

from typing import Final, NoReturn

from amanat.client_api.media_content import Content, answer
from amanat.core.errors import NotFound, Unrecognized
from amanat.core.media import file_name
from amanat.core.requester import Requester
from amanat.core.thumbnails import variant_for
from amanat.edge.request import Request
from amanat.edge.responses import Response, Stream
from amanat.edge.routes import get
from amanat.handlers.media import Media
from amanat.handlers.thumbnails import Thumbnails
from amanat.store.media import MediaRow

WAIT_MS: Final = 20_000
"""How long a client waits that does not say, as the specification has it."""
MAX_WAIT_MS: Final = 60_000
_EXTENSIONS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}


class AuthedContentRepoRoutes:
    """`/_matrix/client/v1/media`."""

    def __init__(self, media: Media, *, thumbnails: Thumbnails) -> None:
        self._media = media
        self._thumbnails = thumbnails

    @get("/_matrix/client/v1/media/download/{serverName}/{mediaId}", limit="read", spec="getContentAuthed")
    async def download(self, request: Request, _requester: Requester) -> Response | Stream:
        """Serve a file under the name it was uploaded with."""
        found = await self._find(request)
        return await self._serve(request, _content(found, name=found.file_name))

    @get(
        "/_matrix/client/v1/media/download/{serverName}/{mediaId}/{fileName}",
        limit="read",
        spec="getContentOverrideNameAuthed",
    )
    async def download_as(self, request: Request, _requester: Requester) -> Response | Stream:
        """Serve a file under a name of the reader's."""
        name = file_name(request.params["fileName"])
        return await self._serve(request, _content(await self._find(request), name=name))

    @get(
        "/_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}",
        limit="read",
        spec="getContentThumbnailAuthed",
    )
    async def thumbnail(self, request: Request, _requester: Requester) -> Response | Stream:
        """Serve a smaller copy of a picture; one that moves becomes still, as a server may have it."""
        variant = variant_for(
            width=_pixels(request, "width"),
            height=_pixels(request, "height"),
            method=request.query("method") or "scale",
        )
        request.query_bool("animated")
        found = await self._find(request)
        made = await self._thumbnails.get(found, variant)
        assert made.blob is not None
        assert made.content_type is not None
        content = Content(
            blob=made.blob,
            size=made.size,
            content_type=made.content_type,
            file_name=f"thumbnail.{_EXTENSIONS[made.content_type]}",
        )
        return await self._serve(request, content)

    @get("/_matrix/client/v1/media/config", spec="getConfigAuthed")
    async def config(self, _request: Request, _requester: Requester) -> dict[str, int]:
        """Tell how large a file may be."""
        return {"m.upload.size": self._media.limits.max_upload_bytes}

    @get("/_matrix/client/v1/media/preview_url", spec="getUrlPreviewAuthed")
    async def preview_url(self, _request: Request, _requester: Requester) -> NoReturn:
        """Refuse: a preview would tell the server which page a private chat speaks of."""
        raise Unrecognized("This server makes no previews of links.")

    async def _find(self, request: Request) -> MediaRow:
        return await self._media.find(
            request.params["serverName"],
            request.params["mediaId"],
            timeout_ms=request.query_int("timeout_ms", WAIT_MS, minimum=0, maximum=MAX_WAIT_MS),
            hang_up=request.on_disconnect,
        )

    async def _serve(self, request: Request, content: Content) -> Response | Stream:
        if not await self._media.is_there(content.blob):
            raise NotFound("This server has lost this file.")
        return answer(request, content, read=self._media.read)


def _content(found: MediaRow, *, name: str | None) -> Content:
    return Content(blob=found.blob, size=found.size, content_type=found.content_type, file_name=name)


def _pixels(request: Request, name: str) -> int:
    request.query_required(name)
    return request.query_int(name, 0, minimum=1, maximum=100_000)

"""Downloads and thumbnails, for whoever is logged in. Spec: client-server-api#content-repository."""

from typing import Final, NoReturn

from amanat.client_api.media_content import answer
from amanat.core.errors import Unrecognized
from amanat.core.media import file_name
from amanat.core.requester import Requester
from amanat.core.thumbnails import variant_for
from amanat.edge.request import Request
from amanat.edge.responses import Response, Stream
from amanat.edge.routes import get
from amanat.handlers.media import Media, Wanted
from amanat.handlers.thumbnails import Thumbnails

WAIT_MS: Final = 20_000
"""How long a client waits that does not say, as the specification has it."""
MAX_WAIT_MS: Final = 60_000


class AuthedContentRepoRoutes:
    """`/_matrix/client/v1/media`."""

    def __init__(self, media: Media, *, thumbnails: Thumbnails) -> None:
        self._media = media
        self._thumbnails = thumbnails

    @get("/_matrix/client/v1/media/download/{serverName}/{mediaId}", limit="read", spec="getContentAuthed")
    async def download(self, request: Request, _requester: Requester) -> Response | Stream:
        """Serve a file under the name it was uploaded with."""
        return answer(request, await self._media.content(_wanted(request)), read=self._media.read)

    @get(
        "/_matrix/client/v1/media/download/{serverName}/{mediaId}/{fileName}",
        limit="read",
        spec="getContentOverrideNameAuthed",
    )
    async def download_as(self, request: Request, _requester: Requester) -> Response | Stream:
        """Serve a file under a name of the reader's."""
        content = await self._media.content(_wanted(request), file_name=file_name(request.params["fileName"]))
        return answer(request, content, read=self._media.read)

    @get("/_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}", limit="read", spec="getContentThumbnailAuthed")
    async def thumbnail(self, request: Request, _requester: Requester) -> Response | Stream:
        """Serve a smaller copy of a picture; one that moves becomes still, as a server may have it."""
        request.query_bool("animated")
        variant = variant_for(
            width=_pixels(request, "width"),
            height=_pixels(request, "height"),
            method=request.query("method") or "scale",
        )
        return answer(request, await self._thumbnails.content(_wanted(request), variant), read=self._media.read)

    @get("/_matrix/client/v1/media/config", spec="getConfigAuthed")
    async def config(self, _request: Request, _requester: Requester) -> dict[str, int]:
        """Tell how large a file may be."""
        return {"m.upload.size": self._media.limits.max_upload_bytes}

    @get("/_matrix/client/v1/media/preview_url", spec="getUrlPreviewAuthed")
    async def preview_url(self, _request: Request, _requester: Requester) -> NoReturn:
        """Refuse: a preview would tell the server which page a private chat speaks of."""
        raise Unrecognized("This server makes no previews of links.")


def _wanted(request: Request) -> Wanted:
    return Wanted(
        server_name=request.params["serverName"],
        media_id=request.params["mediaId"],
        timeout_ms=request.query_int("timeout_ms", WAIT_MS, minimum=0, maximum=MAX_WAIT_MS),
        hang_up=request.on_disconnect,
    )


def _pixels(request: Request, name: str) -> int:
    request.query_required(name)
    return request.query_int(name, 0, minimum=1, maximum=100_000)

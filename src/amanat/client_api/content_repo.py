"""Uploads, and what is left of media without authentication. Spec: client-server-api#content-repository."""

from typing import NoReturn

from amanat.core.errors import NotFound, Unrecognized
from amanat.core.media import content_type, file_name
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get, post, put
from amanat.handlers.media import Described, Media


class ContentRepoRoutes:
    """`/_matrix/media`."""

    def __init__(self, media: Media) -> None:
        self._media = media

    @post("/_matrix/media/v3/upload", limit="media", spec="uploadContent", allows="free")
    async def upload(self, request: Request, requester: Requester) -> dict[str, str]:
        """Take in a file."""
        pieces = request.stream(self._media.limits.max_upload_bytes)
        return {"content_uri": await self._media.upload(requester, pieces, described=_described(request))}

    @post("/_matrix/media/v1/create", limit="media", spec="createContent", allows="free")
    async def create(self, _request: Request, requester: Requester) -> dict[str, str | int]:
        """Give out an address for a file that will follow."""
        created = await self._media.create(requester)
        return {"content_uri": created.uri, "unused_expires_at": created.expires_ts}

    @put("/_matrix/media/v3/upload/{serverName}/{mediaId}", limit="media", spec="uploadContentToMXC", allows="free")
    async def upload_to(self, request: Request, requester: Requester) -> dict[str, str]:
        """Take in the file that an address was made for."""
        pieces = request.stream(self._media.limits.max_upload_bytes)
        address = (request.params["serverName"], request.params["mediaId"])
        await self._media.upload_to(requester, pieces, described=_described(request), address=address)
        return {}

    @get("/_matrix/media/v3/config", spec="getConfig")
    async def config(self, _request: Request, _requester: Requester) -> dict[str, int]:
        """Tell how large a file may be."""
        return {"m.upload.size": self._media.limits.max_upload_bytes}

    @get("/_matrix/media/v3/preview_url", spec="getUrlPreview")
    async def preview_url(self, _request: Request, _requester: Requester) -> NoReturn:
        """Refuse: a preview would tell the server which page a private chat speaks of."""
        raise Unrecognized("This server makes no previews of links.")

    @get("/_matrix/media/v3/download/{serverName}/{mediaId}", auth="none", limit="read", spec="getContent")
    @get(
        "/_matrix/media/v3/download/{serverName}/{mediaId}/{fileName}",
        auth="none",
        limit="read",
        spec="getContentOverrideName",
    )
    @get("/_matrix/media/v3/thumbnail/{serverName}/{mediaId}", auth="none", limit="read", spec="getContentThumbnail")
    async def refuse(self, _request: Request) -> NoReturn:
        """Refuse: all media of this server is newer than the freeze."""
        # spec: client-server-api#content-repo-client-behaviour
        raise NotFound("Media needs an access token: ask at /_matrix/client/v1/media instead.")


def _described(request: Request) -> Described:
    return Described(
        content_type=content_type(request.header("content-type")),
        file_name=file_name(request.query("filename")),
        declared_bytes=request.content_length,
    )

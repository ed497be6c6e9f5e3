"""Taking a copy of all that is held about oneself."""

from typing import Any

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.openapi import described
from amanat.edge.request import Request
from amanat.edge.responses import CORS, Headers, Stream
from amanat.edge.routes import get, post
from amanat.handlers.interactive_auth import InteractiveAuth
from amanat.product.rights.exports import Exports
from amanat.product.rights.tables import ExportRow


class Asking(Struct, frozen=True, kw_only=True):
    """Proof of who asks: all that is held about a person is worth more than a stolen token."""

    auth: dict[str, Any] | None = None


class Export(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A copy; `state` is "making" or "ready"."""

    export_id: str
    state: str
    requested_ts: int
    expires_ts: int
    size: int = 0


class ExportRoutes:
    """`/_amanat/v1/export`."""

    def __init__(self, exports: Exports, *, interactive_auth: InteractiveAuth) -> None:
        self._exports = exports
        self._interactive_auth = interactive_auth

    @post("/_amanat/v1/export", limit="export")
    @described(takes=Asking)
    async def ask(self, request: Request, requester: Requester) -> Export:
        """Ask for a copy of all that is held about oneself; asked again, return the one under way."""
        body = await request.struct(Asking, optional=True)
        await self._interactive_auth.require(requester, body.auth, operation="export")
        return _export(await self._exports.request(requester.user_id))

    @get("/_amanat/v1/export/{export_id}", limit="read")
    async def state(self, request: Request, requester: Requester) -> Export:
        """Tell whether a copy is ready."""
        return _export(await self._exports.of(requester.user_id, request.params["export_id"]))

    @get("/_amanat/v1/export/{export_id}/download", limit="media")
    async def download(self, request: Request, requester: Requester) -> Stream:
        """Return the copy, a ZIP with JSON files and a page to read them by."""
        row = await self._exports.of(requester.user_id, request.params["export_id"])
        chunks = await self._exports.read(row)
        return Stream(200, [*CORS, *download_headers(row)], chunks)


def download_headers(row: ExportRow) -> Headers:
    """Return what is said of a copy's file to who downloads it."""
    return [
        (b"content-type", b"application/zip"),
        (b"content-length", b"%d" % row.size),
        (b"content-disposition", b'attachment; filename="amanat-export.zip"'),
        (b"cache-control", b"no-store"),
    ]


def _export(row: ExportRow) -> Export:
    return Export(
        export_id=row.export_id,
        state="making" if row.blob is None else "ready",
        requested_ts=row.requested_ts,
        expires_ts=row.expires_ts,
        size=row.size,
    )

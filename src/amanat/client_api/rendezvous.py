"""Where two devices meet, of which one is not signed in yet: MSC4108 as of 2024, which apps in use speak.

The messages are ciphertext to the server. Entity tags keep the two from writing over each other.
"""

from email.utils import formatdate
from typing import Final

from msgspec import json

from amanat.core.errors import InvalidParam, MissingParam
from amanat.edge.addresses import block
from amanat.edge.request import Request
from amanat.edge.responses import CORS, Headers, Response
from amanat.edge.routes import delete, get, post, put
from amanat.handlers.rendezvous import MAX_BYTES, Meeting, Rendezvous

PATH: Final = "/_matrix/client/unstable/org.matrix.msc4108/rendezvous"
ONE: Final = f"{PATH}/{{meetingId}}"
_EXPOSED: Final[Headers] = [*CORS, (b"access-control-expose-headers", b"ETag, Expires, Last-Modified")]


class RendezvousRoutes:
    """`/rendezvous`."""

    def __init__(self, rendezvous: Rendezvous, *, base_url: str) -> None:
        """Let `base_url` be where devices reach this server."""
        self._rendezvous = rendezvous
        self._url = base_url.rstrip("/") + PATH

    @post(PATH, auth="none", limit="rendezvous", body_limit=MAX_BYTES)
    async def begin(self, request: Request) -> Response:
        """Begin a meeting; the answer says where it is."""
        message = await _message(request)
        meeting = self._rendezvous.begin(message, address_block=block(request.client_address))
        where = json.encode({"url": f"{self._url}/{meeting.id}"})
        return Response(201, where, [(b"content-type", b"application/json"), *_headers(meeting)])

    @get(ONE, auth="none", limit="rendezvous")
    async def receive(self, request: Request) -> Response:
        """Answer with the message that lies there, unless it has been seen."""
        meeting = self._rendezvous.get(request.params["meetingId"])
        if request.header("if-none-match") == meeting.tag:
            return Response(304, b"", _headers(meeting))
        # Apps compare this type letter by letter, so it says no charset.
        return Response(200, meeting.message, [(b"content-type", b"text/plain"), *_headers(meeting)])

    @put(ONE, auth="none", limit="rendezvous", body_limit=MAX_BYTES)
    async def leave(self, request: Request) -> Response:
        """Replace the message that was seen by another."""
        seen = request.header("if-match")
        if seen is None:
            raise MissingParam("The header If-Match is missing.")
        meeting = self._rendezvous.leave(request.params["meetingId"], await _message(request), seen=seen)
        return Response(202, b"", _headers(meeting))

    @delete(ONE, auth="none", limit="rendezvous")
    async def end(self, request: Request) -> Response:
        """End a meeting."""
        self._rendezvous.end(request.params["meetingId"])
        return Response(204, b"", _EXPOSED)


async def _message(request: Request) -> bytes:
    if (request.header("content-type") or "").partition(";")[0].strip().lower() != "text/plain":
        raise InvalidParam("The body must be text/plain.")
    return await request.body(MAX_BYTES)


def _headers(meeting: Meeting) -> Headers:
    return [
        *_EXPOSED,
        (b"etag", meeting.tag.encode()),
        (b"expires", formatdate(meeting.expires_ts / 1000, usegmt=True).encode()),
        (b"last-modified", formatdate(meeting.changed_ts / 1000, usegmt=True).encode()),
        (b"cache-control", b"no-store, no-transform"),
        (b"pragma", b"no-cache"),
    ]

"""Serving the bytes of media: headers that let no file act in the page's name, ranges, and what a cache may keep."""

from collections.abc import AsyncGenerator
from typing import Final, Protocol

from amanat.core.media import disposition
from amanat.edge.ranges import Unsatisfiable, requested
from amanat.edge.request import Request
from amanat.edge.responses import CORS, Headers, Response, Stream, json_response
from amanat.handlers.media import Content

# spec: client-server-api#content-repository, and the files of a page's own origin that a player in it needs.
_POLICY: Final = (
    b"sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf; "
    b"style-src 'unsafe-inline'; media-src 'self'; object-src 'self';"
)
_SAFE: Final[Headers] = [
    *CORS,
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex, nofollow, noarchive, noimageindex"),
]


class Read(Protocol):
    """Reads a part of a blob."""

    def __call__(self, blob: str, *, start: int, end: int) -> AsyncGenerator[bytes, None]: ...


def answer(request: Request, content: Content, *, read: Read) -> Response | Stream:
    """Answer with the content, with the part of it that is asked for, or with the news that there is none."""
    tag = f'"{content.blob}"'
    kept = [(b"etag", tag.encode()), (b"cache-control", b"private, max-age=31536000, immutable")]
    if _names(request.header("if-none-match"), tag):
        # Not a `Response`: a length of 0 would be said of the file.
        return Stream(304, [*_SAFE, *kept], read(content.blob, start=0, end=0))
    try:
        part = requested(_range(request, tag), size=content.size)
    except Unsatisfiable:
        beyond = {"errcode": "M_INVALID_PARAM", "error": f"The file has {content.size} bytes."}
        return json_response(416, beyond, headers=[(b"content-range", b"bytes */%d" % content.size)])
    start, end = (0, content.size) if part is None else (part.start, part.end)
    headers = [
        *_SAFE,
        *kept,
        (b"accept-ranges", b"bytes"),
        (b"content-type", content.content_type.encode()),
        (b"content-disposition", disposition(content.content_type, content.file_name).encode()),
        (b"content-length", b"%d" % (end - start)),
    ]
    if part is not None:
        headers.append((b"content-range", b"bytes %d-%d/%d" % (start, end - 1, content.size)))
    return Stream(200 if part is None else 206, headers, read(content.blob, start=start, end=end))


def _range(request: Request, tag: str) -> str | None:
    """A part is asked for on the condition that the rest, which the client has, is of the same bytes."""
    condition = request.header("if-range")
    return request.header("range") if condition is None or condition.strip() == tag else None


def _names(header: str | None, tag: str) -> bool:
    """Whether one of the tags in an If-None-Match is this; a weak one is as good."""
    if header is None:
        return False
    return header.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in header.split(",")}

"""What an endpoint may answer with, and the headers that every answer carries."""

from collections.abc import AsyncGenerator
from typing import Any, Final, TypeAlias

from msgspec import Struct, json

from amanat.core.errors import LimitExceeded, MatrixError

Headers: TypeAlias = list[tuple[bytes, bytes]]

# spec: client-server-api#web-browser-clients
CORS: Final[Headers] = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, POST, PUT, DELETE, OPTIONS"),
    (b"access-control-allow-headers", b"X-Requested-With, Content-Type, Authorization"),
]
# A browser may keep a preflight's answer; two hours is the most that Chromium honours. Only there it looks for headers.
PREFLIGHT: Final[Headers] = [
    *CORS[:2],
    (b"access-control-allow-headers", CORS[2][1] + b", If-Match, If-None-Match"),
    (b"access-control-max-age", b"7200"),
]
JSON_HEADERS: Final[Headers] = [*CORS, (b"content-type", b"application/json")]

_encoder = json.Encoder()


class Response(Struct, frozen=True):
    """An answer with a body in one piece. `headers` are complete but for the length; None means JSON's."""

    status: int
    body: bytes = b""
    headers: Headers | None = None


class Stream(Struct, frozen=True):
    """An answer whose body is made while it is sent. Give `content-length` where it is known.

    The chunks are closed when they are sent, or when the client is gone: free there what they hold.
    """

    status: int
    headers: Headers
    chunks: AsyncGenerator[bytes, None]


Answer: TypeAlias = Response | Stream


def encode(answer: Any) -> Answer:
    """Turn what an endpoint returned into what is sent: bytes are JSON already, other values become it."""
    if isinstance(answer, bytes):
        return Response(200, answer)
    if isinstance(answer, Response | Stream):
        return answer
    return Response(200, _encoder.encode(answer))


def html(page: str, *, status: int = 200, headers: Headers | None = None) -> Response:
    """Answer with a page for a person to read."""
    # No script and no frame: a page of the server's own origin must be worth nothing to whoever injects into it.
    policy = b"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'"
    own = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", policy),
        (b"x-content-type-options", b"nosniff"),
    ]
    return Response(status, page.encode(), [*CORS, *own, *(headers or [])])


def json_response(status: int, value: Any, *, headers: Headers | None = None) -> Response:
    """Answer with JSON under another status than 200, or with headers of its own."""
    return Response(status, _encoder.encode(value), [*JSON_HEADERS, *(headers or [])])


def refusal(error: MatrixError, *, headers: Headers | None = None) -> Response:
    """Turn an error into the specification's answer.

    spec: client-server-api#standard-error-response
    """
    own = list(headers or [])
    if isinstance(error, LimitExceeded):
        # spec: client-server-api#rate-limiting
        seconds = -(-int(error.fields.get("retry_after_ms", 1000)) // 1000)
        own.append((b"retry-after", b"%d" % seconds))
    return json_response(error.status, error.body(), headers=own)

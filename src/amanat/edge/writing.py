"""The bytes of an answer's head. HTTP/1.1 (RFC 9112)."""

from functools import cache
from http import HTTPStatus
from typing import Final

from amanat.edge.responses import JSON_HEADERS, Headers, Response

CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
LAST_CHUNK: Final = b"0\r\n\r\n"
_CLOSE: Final = b"connection: close\r\n"
_CHUNKED: Final = b"transfer-encoding: chunked\r\n"
_WITHOUT_BODY: Final = frozenset({204, 304})


def whole(answer: Response, *, with_body: bool = True, last: bool = False) -> bytes:
    """Write an answer in one piece; `last` tells the client that the connection ends with it."""
    body = answer.body
    start = _json_start(answer.status) if answer.headers is None else _start(answer.status, answer.headers)
    close = _CLOSE if last else b""
    if answer.status in _WITHOUT_BODY:
        return b"%b%b\r\n" % (start, close)
    return b"%bcontent-length: %d\r\n%b\r\n%b" % (start, len(body), close, body if with_body else b"")


def head(status: int, headers: Headers, *, chunked: bool, last: bool) -> bytes:
    """Write the head of an answer whose body follows."""
    return b"%b%b%b\r\n" % (_start(status, headers), _CHUNKED if chunked else b"", _CLOSE if last else b"")


def chunk(piece: bytes) -> bytes:
    """Write one chunk of a body whose length is not known beforehand."""
    return b"%x\r\n%b\r\n" % (len(piece), piece)


def _start(status: int, headers: Headers) -> bytes:
    return b"".join([_status_line(status), *[b"%b: %b\r\n" % header for header in headers]])


@cache
def _json_start(status: int) -> bytes:
    return _start(status, JSON_HEADERS)


@cache
def _status_line(status: int) -> bytes:
    return b"HTTP/1.1 %d %b\r\n" % (status, HTTPStatus(status).phrase.encode())

"""Requests as parameters: a query, a form, JSON, or parts, of which some are files."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final
from urllib.parse import parse_qsl

from msgspec import DecodeError, json
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from amanat.edge.request import Request
from amanat.gateway.spooling import Spool, Spools
from amanat.gateway.telegram_bot_api.errors import BadRequest, TooLargeRequest
from amanat.gateway.telegram_bot_api.fields import Fields, Upload

MAX_UPLOAD: Final = 50 * 1024 * 1024
"""Of one file, in bytes; source: core.telegram.org/bots/api#sending-files."""
MAX_FORM: Final = 1024 * 1024
"""Of a body without files: a hundred times what the longest text with its entities needs."""
MAX_BODY: Final = MAX_UPLOAD + MAX_FORM
MAX_PARTS: Final = 64
_MULTIPART: Final = "multipart/form-data"


async def fields_of(request: Request, *, spools: Spools) -> Fields:
    """Read a request's parameters; what stands in the body goes before what stands in the query.

    Files are in `spools`, and last as long.
    """
    query = _pairs(request.query_string)
    if request.method == "GET" or request.method == "HEAD":
        return Fields(query)
    content_type = request.header("content-type") or ""
    if content_type.lower().startswith(_MULTIPART):
        given = await _parts(request.stream(MAX_BODY), content_type, spools=spools)
    else:
        given = parsed(await request.body(MAX_FORM), content_type)
    return Fields(query | given.values, given.files)


def parsed(body: bytes, content_type: str) -> Fields:
    """Return the parameters of a whole body: that of a request, or of a webhook's answer."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == _MULTIPART:
        reader = _Parts(content_type)
        reader.feed(body)
        return reader.end()
    if kind == "application/json":
        return Fields(_object(body))
    try:
        return Fields(_pairs(body.decode()))
    except UnicodeDecodeError:
        raise BadRequest("strings must be encoded in UTF-8") from None


async def _parts(stream: AsyncIterator[bytes], content_type: str, *, spools: Spools) -> Fields:
    reader = _Parts(content_type, spools)
    async for piece in stream:
        if spools.on_disk:
            await asyncio.to_thread(reader.feed, piece)
        else:
            reader.feed(piece)
    return reader.end()


def _pairs(text: str) -> dict[str, Any]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200))
    except ValueError:
        raise BadRequest("strings must be encoded in UTF-8") from None


def _object(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        value = json.decode(body)
    except (DecodeError, RecursionError):
        raise BadRequest("can't parse request JSON object") from None
    if not isinstance(value, dict):
        raise BadRequest("can't parse request JSON object")
    return value


class _Parts:
    """The parts of a body, as they come. Files and values share one limit, which the request's stream keeps."""

    def __init__(self, content_type: str, spools: Spools | None = None) -> None:
        """Without `spools` files stay in memory: in a webhook's answer, which is small."""
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if not boundary:
            raise BadRequest("there is no boundary in the Content-Type header")
        self._values: dict[str, Any] = {}
        self._files: dict[str, Upload] = {}
        self._headers: dict[bytes, bytes] = {}
        self._spools = spools
        self._spool: Spool | None = None
        self._value_bytes = 0
        self._name, self._value, self._content = b"", b"", bytearray()
        self._count = 0
        self._is_whole = False
        with _refusing():
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_part_data": self._data,
                    "on_part_end": self._end,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_finished,
                    "on_end": self._whole,
                },
            )

    def feed(self, piece: bytes) -> None:
        """Take the next bytes of the body."""
        with _refusing():
            self._parser.write(piece)

    def end(self) -> Fields:
        """Return what came; raises if the body ended too early."""
        if not self._is_whole:
            raise BadRequest("the request ended before its last part")
        return Fields(self._values, self._files)

    def _begin(self) -> None:
        self._count += 1
        if self._count > MAX_PARTS:
            raise BadRequest("there are too many parts in the request")
        self._headers, self._content, self._spool = {}, bytearray(), None

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name, self._value = b"", b""

    def _headers_finished(self) -> None:
        if self._spools is not None and b"filename" in self._options():
            self._spool = self._spools.new()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._spool is not None:
            self._spool.write(data[start:end])
            return
        self._value_bytes += end - start
        if self._spools is not None and self._value_bytes > MAX_FORM:
            raise TooLargeRequest
        self._content += data[start:end]

    def _options(self) -> dict[bytes, bytes]:
        return parse_options_header(self._headers.get(b"content-disposition", b""))[1]

    def _end(self) -> None:
        options = self._options()
        name = options.get(b"name", b"").decode(errors="replace")
        if b"filename" in options:
            kind = self._headers.get(b"content-type", b"application/octet-stream").decode("latin-1")
            self._files[name] = Upload(
                name=options[b"filename"].decode(errors="replace"),
                mimetype=kind.partition(";")[0].strip().lower(),
                content=bytes(self._content) if self._spool is None else self._spool,
            )
            return
        try:
            self._values[name] = self._content.decode()
        except UnicodeDecodeError:
            raise BadRequest("strings must be encoded in UTF-8") from None

    def _whole(self) -> None:
        self._is_whole = True


class _refusing:  # noqa: N801 - it reads as a verb where it is used
    """Turns the parser's errors into the API's."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, FormParserError):
            raise BadRequest("can't parse the parts of the request") from None

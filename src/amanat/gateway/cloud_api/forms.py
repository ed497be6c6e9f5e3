"""Forms of several parts, as files come in (RFC 7578). What is no file is small; files go to spools, if any."""

import asyncio
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from amanat.edge.request import Request
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.spooling import Content, Spool, Spools

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks  # There for type checkers alone.

MOST_PARTS: Final = 20


class Part(Struct):
    """A field of a form; `filename` is None where it is no file."""

    name: str
    content: Content
    filename: str | None = None
    mimetype: str = ""

    @property
    def text(self) -> str:
        """What it says, as a field that is no file, or a small one."""
        content = self.content.reader().read(MOST_TEXT) if isinstance(self.content, Spool) else self.content
        return content.decode("utf-8", "replace")


MOST_TEXT: Final = 1024 * 1024
MOST_VALUES: Final = 100_000
"""Of all that is no file, in bytes."""


async def read_form(request: Request, *, spools: Spools | None = None) -> dict[str, Part]:
    """Return the parts of a form by their names; of several, the last. Files are in `spools`, and last as long."""
    kind, options = parse_options_header(request.header("content-type") or "")
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise GraphError(100, "The body must be multipart/form-data.")
    collector = _Collector(spools)
    parser = MultipartParser(boundary, collector.callbacks())
    try:
        async for piece in request.stream():
            if spools is not None and spools.on_disk:
                await asyncio.to_thread(parser.write, piece)
            else:
                parser.write(piece)
        parser.finalize()
    except FormParserError:
        raise GraphError(100, "The body is no multipart/form-data.") from None
    return {part.name: part for part in collector.parts}


class _Collector:
    """Puts parts together from what the parser finds, piece by piece."""

    def __init__(self, spools: Spools | None) -> None:
        self.parts: list[Part] = []
        self._spools = spools
        self._spool: Spool | None = None
        self._value_bytes = 0
        self._field = b""
        self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._content = bytearray()

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def _begin(self) -> None:
        if len(self.parts) >= MOST_PARTS:
            raise GraphError(100, f"A form may have {MOST_PARTS} parts.")
        self._headers, self._content, self._spool = {}, bytearray(), None

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def _headers_finished(self) -> None:
        if self._spools is not None and b"filename" in self._options():
            self._spool = self._spools.new()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._spool is not None:
            self._spool.write(data[start:end])
            return
        self._value_bytes += end - start
        if self._spools is not None and self._value_bytes > MOST_VALUES:
            raise GraphError(100, f"The fields beside the file may have {MOST_VALUES} bytes.")
        self._content += data[start:end]

    def _options(self) -> dict[bytes, bytes]:
        return parse_options_header(self._headers.get(b"content-disposition", b""))[1]

    def _end(self) -> None:
        options = self._options()
        filename = options.get(b"filename")
        self.parts.append(
            Part(
                name=options.get(b"name", b"").decode("utf-8", "replace"),
                content=bytes(self._content) if self._spool is None else self._spool,
                filename=None if filename is None else filename.decode("utf-8", "replace"),
                mimetype=self._headers.get(b"content-type", b"").decode("latin-1"),
            )
        )

"""Forms of several parts, as files come in (RFC 7578). They are read whole: a file is encrypted in one piece."""

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from amanat.edge.request import Request
from amanat.gateway.cloud_api.errors import GraphError

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks  # There for type checkers alone.

MOST_PARTS: Final = 20


class Part(Struct):
    """A field of a form; `filename` is None where it is no file."""

    name: str
    content: bytes
    filename: str | None = None
    mimetype: str = ""


async def read_form(request: Request) -> dict[str, Part]:
    """Return the parts of a form by their names; of several, the last."""
    kind, options = parse_options_header(request.header("content-type") or "")
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise GraphError(100, "The body must be multipart/form-data.")
    collector = _Collector()
    parser = MultipartParser(boundary, collector.callbacks())
    try:
        async for piece in request.stream():
            parser.write(piece)
        parser.finalize()
    except FormParserError:
        raise GraphError(100, "The body is no multipart/form-data.") from None
    return {part.name: part for part in collector.parts}


class _Collector:
    """Puts parts together from what the parser finds, piece by piece."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
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
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def _begin(self) -> None:
        if len(self.parts) >= MOST_PARTS:
            raise GraphError(100, f"A form may have {MOST_PARTS} parts.")
        self._headers, self._content = {}, bytearray()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def _end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        filename = options.get(b"filename")
        self.parts.append(
            Part(
                name=options.get(b"name", b"").decode("utf-8", "replace"),
                content=bytes(self._content),
                filename=None if filename is None else filename.decode("utf-8", "replace"),
                mimetype=self._headers.get(b"content-type", b"").decode("latin-1"),
            )
        )

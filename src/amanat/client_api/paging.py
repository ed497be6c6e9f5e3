"""What the endpoints that page through events read alike from a query: tokens, directions, filters, limits."""

from amanat.core import canonical_json, filters, stream_token
from amanat.core.errors import BadJson, InvalidParam
from amanat.core.filters import MAX_LIMIT, RoomEventFilter
from amanat.core.stream_token import StreamToken
from amanat.edge.request import Request

DEFAULT_LIMIT = 10


def token(request: Request, name: str) -> StreamToken | None:
    """Read a token; an empty one is none."""
    value = request.query(name)
    return stream_token.parse(value) if value else None


def is_backwards(request: Request, *, default: str | None = None) -> bool:
    """Read `dir`: whether the page goes backwards in time."""
    direction = request.query("dir") or default or request.query_required("dir")
    if direction not in ("b", "f"):
        raise InvalidParam("`dir` is b or f.")
    return direction == "b"


def limit(request: Request, *, minimum: int = 1) -> int:
    """Read `limit`, within what the server sends at once."""
    return request.query_int("limit", DEFAULT_LIMIT, minimum=minimum, maximum=MAX_LIMIT)


def event_filter(request: Request) -> RoomEventFilter:
    """Read `filter`, JSON in the query."""
    value = request.query("filter")
    if not value:
        return RoomEventFilter()
    content = canonical_json.decode(value.encode("utf-8", "surrogatepass"))
    if not isinstance(content, dict):
        raise BadJson("A filter is a JSON object.")
    return filters.read(content, RoomEventFilter)

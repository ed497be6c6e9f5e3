"""What an endpoint may ask of a request. Everything but the path is read when it is asked for."""

from asyncio import get_running_loop
from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from secrets import token_hex
from typing import Any, Final, TypeVar

from msgspec import Struct, ValidationError, convert

from amanat.core import canonical_json
from amanat.core.errors import BadJson, InvalidParam, MissingParam, MissingToken, NotJson, TooLarge, TooSlow
from amanat.edge.addresses import Proxies
from amanat.edge.asgi import HangUp, Receive, Scope, receive_by
from amanat.edge.percent import parse_query

T = TypeVar("T")

_BOOLEANS: Final = {"true": True, "false": False}


class ClientGone(Exception):
    """The client hung up before its request was whole; nobody is left to answer."""


class BodyRules(Struct, frozen=True, kw_only=True):
    """How large and how slow a body may be.

    A body has `grace_s` and one second more for every `bytes_per_s` that came: a slow phone gets through, a
    connection that is kept open with a byte now and then does not.
    """

    limit: int = 256 * 1024
    grace_s: float = 30.0
    bytes_per_s: int = 1024


class Request:
    """One HTTP request. Its parameters are percent-decoded; its body comes once."""

    __slots__ = (
        "_body",
        "_body_began",
        "_body_whole",
        "_hang_up",
        "_id",
        "_proxies",
        "_query",
        "_receive",
        "_received",
        "_rules",
        "_scope",
        "disconnected",
        "method",
        "params",
        "path",
    )

    def __init__(self, scope: Scope, receive: Receive, *, rules: BodyRules, proxies: Proxies) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["raw_path"].decode("ascii")
        self.params: dict[str, str] = {}
        self.disconnected = False
        self._scope = scope
        self._receive = receive
        self._rules = rules
        self._proxies = proxies
        self._query: dict[str, list[str]] | None = None
        self._body: bytes | None = None
        self._body_whole = False
        self._body_began: float | None = None
        self._received = 0
        self._hang_up: HangUp | None = None
        self._id: str | None = None

    @property
    def id(self) -> str:
        """A name for this request in logs; it is made when somebody first asks."""
        if self._id is None:
            self._id = token_hex(8)
        return self._id

    def header(self, name: str) -> str | None:
        """Return a header's value; of several, the first."""
        value = self._raw_header(name.lower().encode("latin-1"))
        return None if value is None else value.decode("latin-1")

    def headers(self, name: str) -> list[str]:
        """Return all values of a header."""
        wanted = name.lower().encode("latin-1")
        return [value.decode("latin-1") for key, value in self._scope["headers"] if key == wanted]

    def _raw_header(self, name: bytes) -> bytes | None:
        for key, value in self._scope["headers"]:
            if key == name:
                found: bytes = value
                return found
        return None

    @property
    def client_address(self) -> str:
        """The address of the client, behind our own proxies; empty on a Unix socket."""
        client = self._scope.get("client")
        peer: str = client[0] if client else ""
        if not self._proxies:
            return peer
        forwarded = self.headers("x-forwarded-for")
        return self._proxies.client(peer, forwarded=",".join(forwarded))

    @property
    def bearer_token(self) -> str | None:
        """The access token, which is taken from the Authorization header and from nowhere else."""
        # spec: client-server-api#using-access-tokens
        value = self._raw_header(b"authorization")
        if value is None:
            return None
        scheme, _, token = value.partition(b" ")
        if scheme.lower() != b"bearer" or not token.strip():
            raise MissingToken("The Authorization header must be: Bearer, a space, and the access token.")
        return token.strip().decode("latin-1")

    # The query

    def query(self, name: str) -> str | None:
        """Return a query parameter; of several, the first."""
        values = self._parsed_query().get(name)
        return None if values is None else values[0]

    def getlist(self, name: str) -> list[str]:
        """Return all values of a query parameter."""
        return self._parsed_query().get(name, [])

    def query_required(self, name: str) -> str:
        """Return a query parameter that the endpoint cannot do without."""
        value = self.query(name)
        if value is None:
            raise MissingParam(f"The query parameter {name} is missing.")
        return value

    def query_int(self, name: str, default: int, *, minimum: int | None = None, maximum: int | None = None) -> int:
        """Return a number; one above `maximum` is lowered to it, one below `minimum` is refused."""
        value = self.query(name)
        if value is None:
            return default
        # ASCII digits alone: int() would take spaces, underscores and other scripts' digits too.
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 16):
            raise InvalidParam(f"The query parameter {name} must be an integer.")
        number = int(value)
        if minimum is not None and number < minimum:
            raise InvalidParam(f"The query parameter {name} must be at least {minimum}.")
        return number if maximum is None else min(number, maximum)

    def query_bool(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean, which is written `true` or `false`."""
        value = self.query(name)
        if value is None:
            return default
        if value not in _BOOLEANS:
            raise InvalidParam(f"The query parameter {name} must be true or false.")
        return _BOOLEANS[value]

    def _parsed_query(self) -> dict[str, list[str]]:
        if self._query is None:
            self._query = parse_query(self._scope["query_string"].decode("latin-1"))
        return self._query

    # The body

    @property
    def content_length(self) -> int | None:
        """The length that the client declares, or None where it does not."""
        value = self._raw_header(b"content-length")
        if value is None:
            return None
        if not value.isdigit():
            raise InvalidParam("The Content-Length header must be a number.")
        return int(value)

    @property
    def body_unread(self) -> bool:
        """Whether bytes of the body may still come that nobody will read."""
        if self._body_whole:
            return False
        return self._raw_header(b"transfer-encoding") is not None or bool(self.content_length)

    async def body(self, limit: int | None = None) -> bytes:
        """Read the whole body."""
        if self._body is None:
            limit = self._admit(limit)
            self._body = b"" if self._body_whole else await self._piece(limit)
            if not self._body_whole:
                self._body = b"".join([self._body, *[piece async for piece in self.stream(limit)]])
        return self._body

    async def json(self, *, optional: bool = False) -> Any:
        """Read the body as JSON under the rules of `canonical_json`; an `optional` one that is empty is `{}`."""
        body = await self.body()
        if optional and not body:
            return {}
        if not body:
            raise NotJson("The body is empty; this endpoint takes a JSON object.")
        return canonical_json.decode(body)

    async def struct(self, shape: type[T], *, optional: bool = False) -> T:
        """Read the body as JSON of one shape; what does not fit is refused by the name of its field."""
        value = await self.json(optional=optional)
        try:
            return convert(value, shape, strict=True)
        except ValidationError as error:
            raise BadJson(f"The body does not have the right shape: {error}.") from None

    async def stream(self, limit: int | None = None) -> AsyncIterator[bytes]:
        """Read the body piece by piece; it is cut when it is larger than `limit`, or too slow."""
        limit = self._admit(limit)
        while not self._body_whole:
            piece = await self._piece(limit)
            if piece:
                yield piece

    def _admit(self, limit: int | None) -> int:
        """Refuse at once a body that is declared too large; return the limit that holds."""
        limit = self._rules.limit if limit is None else limit
        declared = self.content_length
        if declared is not None and declared > limit:
            raise TooLarge(f"The body is larger than {limit} bytes.")
        return limit

    async def _piece(self, limit: int) -> bytes:
        if self._body_began is None:
            self._body_began = get_running_loop().time()
        patience = self._rules.grace_s + self._received / self._rules.bytes_per_s
        try:
            message = await receive_by(self._receive, self._body_began + patience)
        except TimeoutError:
            raise TooSlow from None
        if message["type"] == "http.disconnect":
            self.disconnected = True
            raise ClientGone
        self._body_whole = not message.get("more_body", False)
        piece: bytes = message.get("body", b"")
        self._received += len(piece)
        if self._received > limit:
            raise TooLarge(f"The body is larger than {limit} bytes.")
        return piece

    # The connection

    def on_disconnect(self, told: Callable[[], object]) -> None:
        """Call `told` when the client hangs up before its answer; for a parked poll, at the price of no task.

        Read the body first: what comes of it afterwards is dropped. The watch ends with the request.
        """

        def gone() -> None:
            self.disconnected = True
            told()

        self.release()
        self._hang_up = HangUp(self._receive, gone)

    def release(self) -> None:
        """End the watch for a hang-up, if there is one."""
        if self._hang_up is not None:
            self._hang_up.close()
            self._hang_up = None

    def limit_body(self, limit: int) -> None:
        """Let this request's body be as large as its route says."""
        self._rules = BodyRules(limit=limit, grace_s=self._rules.grace_s, bytes_per_s=self._rules.bytes_per_s)


# For logs only: what happens under a request can name it without carrying it along.
current_request: ContextVar[Request | None] = ContextVar("current_request", default=None)

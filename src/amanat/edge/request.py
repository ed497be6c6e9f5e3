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
from amanat.edge.incoming import Incoming
from amanat.edge.percent import parse_query

T = TypeVar("T")

# For more than this, hanging up is cheaper.
_DRAINED: Final = 64 * 1024
_BOOLEANS: Final = {"true": True, "false": False}


class BodyRules(Struct, frozen=True, kw_only=True):
    """How large and how slow a body may be.

    A body has `grace_s` and one second more for every `bytes_per_s` that came: a slow phone gets through, a
    connection that is kept open with a byte now and then does not.
    """

    limit: int = 256 * 1024
    grace_s: float = 30.0
    bytes_per_s: int = 1024


_NO_PROXIES: Final = Proxies()
_BODY_RULES: Final = BodyRules()


class Request:
    """One HTTP request. Its parameters are percent-decoded; its body comes once.

    `headers` have lower-case names; values of the same name are one, with commas between them (RFC 9110, 5.3).
    `rules` and `proxies` are the application's, which sets them before anything is asked.
    """

    __slots__ = (
        "_body",
        "_body_began",
        "_body_whole",
        "_headers",
        "_id",
        "_peer",
        "_query",
        "_query_string",
        "_received",
        "incoming",
        "last",
        "method",
        "params",
        "path",
        "proxies",
        "rules",
    )

    def __init__(
        self, method: str, target: bytes, *, headers: dict[bytes, bytes], peer: str, incoming: Incoming
    ) -> None:
        """`target` is what stands in the request line, in ASCII."""
        path, _, self._query_string = target.partition(b"?")
        self.method = method
        self.path = path.decode("ascii")
        self.params: dict[str, str] = {}
        self.rules = _BODY_RULES
        self.proxies = _NO_PROXIES
        self.incoming = incoming
        self.last = False
        """Whether the client asks nothing after this on its connection."""
        self._headers = headers
        self._peer = peer
        self._query: dict[str, list[str]] | None = None
        self._body: bytes | None = None
        self._body_whole = False
        self._body_began: float | None = None
        self._received = 0
        self._id: str | None = None

    @property
    def target(self) -> str:
        """The path and query as they came."""
        return f"{self.path}?{self.query_string}" if self._query_string else self.path

    @property
    def disconnected(self) -> bool:
        """Whether the client has hung up."""
        return self.incoming.gone

    @property
    def id(self) -> str:
        """A name for this request in logs; it is made when somebody first asks."""
        if self._id is None:
            self._id = token_hex(8)
        return self._id

    def header(self, name: str) -> str | None:
        """Return a header's value."""
        value = self._headers.get(name.lower().encode("latin-1"))
        return None if value is None else value.decode("latin-1")

    @property
    def client_address(self) -> str:
        """The address of the client, behind our own proxies; empty on a Unix socket."""
        if not self.proxies:
            return self._peer
        return self.proxies.client(self._peer, forwarded=self.header("x-forwarded-for") or "")

    @property
    def bearer_token(self) -> str | None:
        """The access token, which is taken from the Authorization header and from nowhere else."""
        # spec: client-server-api#using-access-tokens
        value = self._headers.get(b"authorization")
        if value is None:
            return None
        scheme, _, token = value.partition(b" ")
        if scheme.lower() != b"bearer" or not token.strip():
            raise MissingToken("The Authorization header must be: Bearer, a space, and the access token.")
        return token.strip().decode("latin-1")

    # The query

    @property
    def query_string(self) -> str:
        """The query as it came."""
        return self._query_string.decode("latin-1")

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
            self._query = parse_query(self.query_string)
        return self._query

    # The body

    @property
    def content_length(self) -> int | None:
        """The length that the client declares, or None where it does not."""
        value = self._headers.get(b"content-length")
        if value is None:
            return None
        if not value.isdigit():
            raise InvalidParam("The Content-Length header must be a number.")
        return int(value)

    @property
    def is_over_soon(self) -> bool:
        """Whether what is left of the body, if anything, is little enough to be taken and dropped."""
        return self.incoming.whole or (self.content_length is not None and self.content_length <= _DRAINED)

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
        limit = self.rules.limit if limit is None else limit
        declared = self.content_length
        if declared is not None and declared > limit:
            raise TooLarge(f"The body is larger than {limit} bytes.")
        return limit

    async def _piece(self, limit: int) -> bytes:
        if self._body_began is None:
            self._body_began = get_running_loop().time()
        patience = self.rules.grace_s + self._received / self.rules.bytes_per_s
        try:
            piece = await self.incoming.read(self._body_began + patience)
        except TimeoutError:
            raise TooSlow from None
        self._body_whole = self.incoming.whole
        self._received += len(piece)
        if self._received > limit:
            raise TooLarge(f"The body is larger than {limit} bytes.")
        return piece

    # The connection

    def on_disconnect(self, told: Callable[[], object]) -> None:
        """Call `told` when the client hangs up before its answer; for a parked poll, at the price of no task.

        The watch ends with the request.
        """
        self.incoming.watch(told)

    def release(self) -> None:
        """End the watch for a hang-up, if there is one."""
        self.incoming.watch(None)

    def limit_body(self, limit: int) -> None:
        """Let this request's body be as large as its route says."""
        self.rules = BodyRules(limit=limit, grace_s=self.rules.grace_s, bytes_per_s=self.rules.bytes_per_s)


# For logs only: what happens under a request can name it without carrying it along.
current_request: ContextVar[Request | None] = ContextVar("current_request", default=None)

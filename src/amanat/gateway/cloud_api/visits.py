"""Who asks the Cloud API for what: a token, a version of the address, and an id of the bot's own."""

import hmac
import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from msgspec import Struct, json

from amanat.core.errors import Unrecognized
from amanat.edge.percent import parse_query
from amanat.edge.request import Request
from amanat.edge.responses import JSON_HEADERS, Response
from amanat.gateway.bots.api import Bots, Line
from amanat.gateway.bots.tokens import Token
from amanat.gateway.cloud_api.access import app_token, proof
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import Kind, Node, read_node
from amanat.gateway.cloud_api.reading import as_object, read, read_json
from amanat.gateway.cloud_api.scopes import scope_of

T = TypeVar("T")

VERSION: Final = re.compile(r"v\d{1,3}\.\d{1,3}", re.ASCII)
_OAUTH: Final = "OAuth "
_FORM: Final = "application/x-www-form-urlencoded"
_OF_THE_TOKEN: Final = ("access_token", "appsecret_proof")


class Visit(Struct, frozen=True, kw_only=True):
    """A request by a bot. `node` is what the address names; `is_app`: the token is the app's, and not the bot's."""

    request: Request
    line: Line
    token: str
    node: Node | None = None
    is_app: bool = False

    async def fields(self) -> dict[str, Any]:
        """Read what is asked for, wherever it stands: in the address, as a form, or as JSON."""
        asked: dict[str, Any] = {
            name: values[0]
            for name, values in parse_query(self.request.query_string).items()
            if name not in _OF_THE_TOKEN
        }
        body = await self.request.body()
        if not body:
            return asked
        if (self.request.header("content-type") or "").startswith(_FORM):
            return asked | {name: values[0] for name, values in parse_query(body.decode("latin-1")).items()}
        return asked | as_object(read_json(body, at="The body"), at="body")

    async def read(self, shape: type[T]) -> T:
        """Read what is asked for in one shape."""
        return read(await self.fields(), shape, at="")

    def is_own(self, kind: Kind) -> bool:
        """Whether the address names the bot itself, as one of its phone, business or app."""
        return self.node == Node(kind, self.line.me.number)


class Visits:
    """Receives bots."""

    def __init__(self, bots: Bots) -> None:
        self.bots = bots

    def receive(self, request: Request) -> Visit:
        """Return who asks; raises `GraphError` for who may not."""
        if "version" in request.params:
            check_version(request)
        token = token_of(request)
        line, held = self._line(token)
        given = request.query("appsecret_proof")
        if given is not None and not hmac.compare_digest(given.encode(), proof(token, secret=line.secret).encode()):
            raise GraphError(100, "Invalid appsecret_proof provided in the API argument.")
        needs = scope_of(request.method, request.path)
        if held is not None and needs is not None and needs not in held.scopes:
            raise GraphError(10, f"This access token has no scope {needs}.")
        named = request.params.get("node")
        node = read_node(named) if named else None
        return Visit(request=request, line=line, token=token, node=node, is_app=held is None)

    def _line(self, token: str) -> tuple[Line, Token | None]:
        """Return whose token it is, and the token; none for the app's own."""
        admitted = self.bots.of_token(token)
        if admitted is not None:
            return admitted.line, admitted.token
        app = read_node(token.partition("|")[0]) if "|" in token else None
        line = self.bots.of_number(app.number) if app is not None else None
        if line is None or not hmac.compare_digest(token.encode(), app_token(line.me, secret=line.secret).encode()):
            raise GraphError(190, "The access token is unknown, expired or revoked.")
        return line, None


def check_version(request: Request) -> None:
    """Refuse an address that does not begin with a version: any is taken."""
    if not VERSION.fullmatch(request.params["version"]):
        raise Unrecognized


def token_of(request: Request) -> str:
    """Return the token: of the header, or of the address where there is none."""
    header = request.header("authorization") or ""
    if header.startswith(_OAUTH):  # as Meta's own examples of uploads have it
        return header.removeprefix(_OAUTH).strip()
    token = request.bearer_token or request.query("access_token")
    if not token:
        raise GraphError(190, "The request has no access token.")
    return token


class HasVisits(Protocol):
    """Routes of the API."""

    visits: Visits


Page: TypeAlias = Callable[[Any, Visit], Awaitable[Any]]
Endpoint: TypeAlias = Callable[[Any, Request], Awaitable[Response]]


def for_bots(*kinds: Kind, by_app: bool = False) -> Callable[[Page], Endpoint]:
    """Declare what answers bots about something of their own, or about nothing in particular where no kind is given.

    `by_app`: the app's own token will do.
    """

    def mark(page: Page) -> Endpoint:
        @wraps(page)
        async def endpoint(self: HasVisits, request: Request) -> Response:
            visit = self.visits.receive(request)
            if visit.is_app and not by_app:
                raise GraphError(10, "The app's own token only says where webhooks go: use the bot's.")
            if kinds and not any(visit.is_own(kind) for kind in kinds):
                raise no_such(request)
            answer = await page(self, visit)
            return answer if isinstance(answer, Response) else answered(answer)

        return endpoint

    return mark


def no_such(request: Request) -> GraphError:
    """Return the refusal of an id that is of nothing of the bot's, or of something else."""
    named = request.params.get("node", "")[:64]
    return GraphError(
        100,
        f"Unsupported {request.method.lower()} request. Object with ID '{named}' does not exist, cannot be loaded due "
        "to missing permissions, or does not support this operation.",
        subcode=33,
    )


def answered(value: Any) -> Response:
    """Answer with JSON."""
    return Response(200, json.encode(value), JSON_HEADERS)


DONE: Final = {"success": True}

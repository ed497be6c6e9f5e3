"""The ASGI application: find the route, ask who calls, count it, and turn whatever comes of it into an answer."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Iterable
from contextlib import aclosing
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

import structlog
from msgspec import Struct

from amanat.core.errors import Forbidden, InternalError, MatrixError, MissingToken
from amanat.edge.addresses import Proxies, block
from amanat.edge.asgi import Headers, Receive, Scope, Send
from amanat.edge.rate_limit import RateLimiter
from amanat.edge.request import BodyRules, ClientGone, Request, current_request
from amanat.edge.responses import PREFLIGHT, Answer, Response, Stream, encode, json_response, refusal
from amanat.edge.routes import BoundRoute, MethodRefused, Router

log = structlog.get_logger()

Hook: TypeAlias = Callable[[], Awaitable[None]]


class Caller(Protocol):
    """What the edge must know of who is calling: the account that a limit counts."""

    @property
    def user_id(self) -> str:
        """Name the account."""
        ...


R = TypeVar("R", bound=Caller)
Authenticate: TypeAlias = Callable[[str, Request], Awaitable[R]]

# An unread body up to this size is drained by the server; for more, hanging up is cheaper.
_DRAINED: Final = 64 * 1024
_CLOSE: Final = (b"connection", b"close")
_STOPPING: Final = json_response(
    503, {"errcode": "M_UNKNOWN", "error": "The server is stopping; ask again."}, headers=[(b"retry-after", b"1")]
)


class EdgeRules(Struct, frozen=True, kw_only=True):
    """What the edge believes and takes. `hosts`, where given, are the only names it answers to."""

    body: BodyRules = BodyRules()
    proxies: tuple[str, ...] = ()
    hosts: frozenset[str] | None = None


class App(Generic[R]):
    """The application of one HTTP surface. `authenticate` says who a token belongs to, or raises."""

    def __init__(
        self,
        routes: Iterable[BoundRoute],
        *,
        authenticate: Authenticate[R],
        limiter: RateLimiter | None = None,
        rules: EdgeRules | None = None,
        lifespan: tuple[Iterable[Hook], Iterable[Hook]] = ((), ()),
    ) -> None:
        self.routes = list(routes)
        self._rules = rules or EdgeRules()
        self._router = Router(self.routes)
        self._authenticate = authenticate
        self._limiter = limiter
        self._proxies = Proxies(self._rules.proxies)
        self._startup, self._shutdown = (list(hooks) for hooks in lifespan)
        if limiter is not None:
            unknown = {bound.route.limit for bound in self.routes} - limiter.classes
            if unknown:
                raise ValueError(f"The table of limits has no row for {sorted(unknown)}.")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or run the lifespan."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        request = Request(scope, receive, rules=self._rules.body, proxies=self._proxies)
        current_request.set(request)
        answer = await self._answer(request)
        if answer is not None:
            await _send(request, answer, send)

    async def _answer(self, request: Request) -> Answer | None:
        """Turn every outcome into an answer; this is the one place where errors become HTTP."""
        try:
            if request.method == "OPTIONS":
                return Response(204, b"", PREFLIGHT)
            return encode(await self._call(request))
        except MethodRefused as error:
            return refusal(error, headers=[(b"allow", error.allow.encode())])
        except MatrixError as error:
            return refusal(error)
        except ClientGone:
            return None
        except CancelledError:
            # Only a stop that ran out of patience cancels a request. The server's task ends right after this answer,
            # so nobody waits for the cancellation to come through.
            return _STOPPING
        except Exception:
            log.exception("request_failed", request_id=request.id, method=request.method)
            return refusal(InternalError(request_id=request.id))
        finally:
            request.release()

    async def _call(self, request: Request) -> Any:
        if self._rules.hosts is not None:
            self._check_host(request, self._rules.hosts)
        bound, request.params = self._router.find(request.method, request.path)
        route, limiter = bound.route, self._limiter
        if route.body_limit is not None:
            request.limit_body(route.body_limit)
        if limiter is not None:
            limiter.check_address(route.limit, block(request.client_address))
        if route.auth == "none":
            return await bound.endpoint(request)
        token = request.bearer_token
        if token is None:
            if route.auth == "optional":
                return await bound.endpoint(request, None)
            raise MissingToken
        requester = await self._authenticate(token, request)
        if limiter is not None:
            limiter.check_account(route.limit, requester.user_id)
        return await bound.endpoint(request, requester)

    def _check_host(self, request: Request, hosts: frozenset[str]) -> None:
        # A page in the user's browser can make any name resolve to loopback; the Host header tells.
        host = (request.header("host") or "").lower()
        if not host.endswith("]"):
            head, colon, port = host.rpartition(":")
            host = head if colon and port.isdigit() else host
        if host not in hosts:
            raise Forbidden("This server does not answer to that Host.")

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            raise RuntimeError(f"This application does not speak {scope['type']!r}.")
        for hooks, name in ((self._startup, "startup"), (self._shutdown, "shutdown")):
            await receive()
            try:
                for hook in hooks:
                    await hook()
            except Exception as error:
                log.exception("lifespan_failed", during=name)
                await send({"type": f"lifespan.{name}.failed", "message": str(error)})
                return
            await send({"type": f"lifespan.{name}.complete"})


def _closing(request: Request) -> Headers:
    """Hang up after the answer where a large body would otherwise keep coming."""
    if request.body_unread and (request.content_length is None or request.content_length > _DRAINED):
        return [_CLOSE]
    return []


async def _send(request: Request, answer: Answer, send: Send) -> None:
    if isinstance(answer, Response):
        headers = answer.start()
        if request.method not in ("GET", "HEAD"):
            headers += _closing(request)
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else answer.body})
        return
    await _send_stream(request, answer, send)


async def _send_stream(request: Request, answer: Stream, send: Send) -> None:
    async with aclosing(answer.chunks) as chunks:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        # The server swallows what is sent to nobody: without asking, a whole file would be read for a client long gone.
        request.on_disconnect(lambda: None)
        try:
            if request.method != "HEAD":
                async for chunk in chunks:
                    if request.disconnected:
                        return
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        except Exception:
            # The status is out already: all that is left is to end it short, so that the client notices.
            log.exception("stream_failed", request_id=request.id)
            return
        finally:
            request.release()
        await send({"type": "http.response.body", "body": b""})

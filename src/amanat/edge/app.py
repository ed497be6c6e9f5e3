"""The application: find the route, ask who calls, count it, and turn whatever comes of it into an answer."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

import structlog
from msgspec import Struct

from amanat.core.errors import Forbidden, InternalError, LimitExceeded, MatrixError, MissingToken
from amanat.core.requester import AccountState
from amanat.edge.addresses import Proxies, block
from amanat.edge.incoming import ClientGone
from amanat.edge.rate_limit import RateLimiter
from amanat.edge.request import BodyRules, Request, current_request
from amanat.edge.responses import PREFLIGHT, Answer, Headers, Response, encode, json_response, refusal
from amanat.edge.routes import BoundRoute, MethodRefused, Router

log = structlog.get_logger()


class Caller(Protocol):
    """What the edge must know of who is calling: the account that a limit counts, and what is left to it."""

    @property
    def user_id(self) -> str:
        """Name the account."""
        ...

    @property
    def state(self) -> AccountState:
        """Say whether the account is restricted."""
        ...

    def check(self, allows: AccountState) -> None:
        """Refuse what is only for accounts in a better state."""
        ...


R = TypeVar("R", bound=Caller)


class Refuse(Protocol):
    """Turns an error into an answer."""

    def __call__(self, error: MatrixError, *, headers: Headers | None = None) -> Response: ...


Authenticate: TypeAlias = Callable[[str, Request], Awaitable[R]]

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
        refuse: Refuse = refusal,
    ) -> None:
        """`refuse` gives errors the surface's own form; the specification's where nothing is said."""
        self._refuse = refuse
        self.routes = list(routes)
        self._rules = rules or EdgeRules()
        self._router = Router(self.routes)
        self._authenticate = authenticate
        self._limiter = limiter
        self._proxies = Proxies(self._rules.proxies)
        if limiter is not None:
            unknown = {bound.route.limit for bound in self.routes} - limiter.classes
            if unknown:
                raise ValueError(f"The table of limits has no row for {sorted(unknown)}.")

    async def __call__(self, request: Request) -> Answer | None:
        """Answer one request; None where nobody is left to answer. This is the one place where errors become HTTP."""
        request.rules, request.proxies = self._rules.body, self._proxies
        current_request.set(request)
        try:
            if request.method == "OPTIONS":
                return Response(204, b"", PREFLIGHT)
            return encode(await self._call(request))
        except MethodRefused as error:
            return self._refuse(error, headers=[(b"allow", error.allow.encode())])
        except MatrixError as error:
            return self._refuse(error)
        except ClientGone:
            return None
        except CancelledError:
            # Only a stop that ran out of patience cancels a request. The server's task ends right after this answer,
            # so nobody waits for the cancellation to come through.
            return _STOPPING
        except Exception:
            log.exception("request_failed", request_id=request.id, method=request.method)
            return self._refuse(InternalError(request_id=request.id))
        finally:
            request.release()

    async def _call(self, request: Request) -> Any:
        self._check_host(request)
        bound, request.params = self._router.find(request.method, request.path)
        route, limiter = bound.route, self._limiter
        if route.body_limit is not None:
            request.limit_body(route.body_limit)
        if limiter is not None:
            try:
                limiter.check_address(route.limit, block(request.client_address))
            except LimitExceeded as error:
                if bound.refused is None:
                    raise
                return await bound.refused(request, error)
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
        if requester.state != "free":
            requester.check(route.allows)
        return await bound.endpoint(request, requester)

    def _check_host(self, request: Request) -> None:
        hosts = self._rules.hosts
        if hosts is None:
            return
        # A page in the user's browser can make any name resolve to loopback; the Host header tells.
        host = (request.header("host") or "").lower()
        if not host.endswith("]"):
            head, colon, port = host.rpartition(":")
            host = head if colon and port.isdigit() else host
        if host not in hosts:
            raise Forbidden("This server does not answer to that Host.")

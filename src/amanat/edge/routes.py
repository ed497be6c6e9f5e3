"""Routes: how an endpoint declares its address, and the tries that find it. Nothing about what an endpoint does."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, Literal, TypeAlias, TypeVar

from msgspec import Struct

from amanat.core.errors import MatrixError, MethodNotAllowed, Unrecognized
from amanat.core.requester import AccountState
from amanat.edge.percent import decode
from amanat.edge.request import Request

Auth: TypeAlias = Literal["required", "optional", "none"]
Endpoint: TypeAlias = Callable[..., Awaitable[Any]]
Refused: TypeAlias = Callable[[Request, MatrixError], Awaitable[Any]]
F = TypeVar("F", bound=Endpoint)

_DECLARED: Final = "__edge_routes__"
_REFUSED: Final = "__edge_refused__"


class Route(Struct, frozen=True, kw_only=True):
    """What an endpoint declares. `spec` is the operationId of the specification's OpenAPI file.

    `allows` names the worst state that an account may be in whose owner asks.
    """

    method: str
    paths: tuple[str, ...]
    auth: Auth = "required"
    limit: str = "default"
    body_limit: int | None = None
    spec: str | None = None
    allows: AccountState = "suspended"


class BoundRoute(Struct, frozen=True):
    """A route and the bound method that answers it. `refused` shows a refusal that comes before it, if not as JSON."""

    route: Route
    endpoint: Endpoint
    refused: Refused | None = None


class MethodRefused(MethodNotAllowed):
    """This endpoint does not take that method."""

    def __init__(self, allow: Iterable[str]) -> None:
        super().__init__()
        self.allow = ", ".join(sorted({*allow, "OPTIONS"}))


def _declare(route: Route) -> Callable[[F], F]:
    def mark(endpoint: F) -> F:
        setattr(endpoint, _DECLARED, (*getattr(endpoint, _DECLARED, ()), route))
        return endpoint

    return mark


def get(*paths: str, auth: Auth = "required", limit: str = "default", spec: str | None = None) -> Callable[[F], F]:
    """Answer GET, and HEAD, at these paths."""
    return _declare(Route(method="GET", paths=paths, auth=auth, limit=limit, spec=spec))


class _WithBody:
    """A decorator for a method whose requests may have a body."""

    def __init__(self, method: str) -> None:
        self._method = method

    def __call__(
        self,
        *paths: str,
        auth: Auth = "required",
        limit: str = "default",
        body_limit: int | None = None,
        spec: str | None = None,
        allows: AccountState = "suspended",
    ) -> Callable[[F], F]:
        """Answer this method at these paths."""
        return _declare(
            Route(
                method=self._method,
                paths=paths,
                auth=auth,
                limit=limit,
                body_limit=body_limit,
                spec=spec,
                allows=allows,
            )
        )


put: Final = _WithBody("PUT")
post: Final = _WithBody("POST")
delete: Final = _WithBody("DELETE")


def refuses_by(refused: Callable[[Any], Refused]) -> Callable[[F], F]:
    """Let a method show who is over their limit what `refused` of its object makes of it: a person reads no JSON."""

    def mark(endpoint: F) -> F:
        setattr(endpoint, _REFUSED, refused)
        return endpoint

    return mark


def declared(cls: type) -> list[tuple[str, Route]]:
    """List the methods of a class that answer routes, each with its route, in the order of their declaration."""
    names = {name: None for base in reversed(cls.__mro__) for name in vars(base)}
    return [(name, route) for name in names for route in getattr(getattr(cls, name, None), _DECLARED, ())]


def collect(*instances: object) -> list[BoundRoute]:
    """List the routes that the methods of these objects declare, bound to the objects."""
    return [_bound(instance, name, route) for instance in instances for name, route in declared(type(instance))]


def _bound(instance: object, name: str, route: Route) -> BoundRoute:
    endpoint = getattr(instance, name)
    refused = getattr(endpoint, _REFUSED, None)
    return BoundRoute(route, endpoint, None if refused is None else refused(instance))


class Leaf(Struct, frozen=True):
    """Where a path ends: the route, and which segments are which parameters."""

    bound: BoundRoute
    parameters: tuple[tuple[str, int], ...]


class _Node:
    __slots__ = ("children", "leaf", "parameter")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.parameter: _Node | None = None
        self.leaf: Leaf | None = None


class Router:
    """One trie of path segments per method. A literal segment goes before a parameter, segment by segment."""

    def __init__(self, routes: Iterable[BoundRoute]) -> None:
        self._roots: dict[str, _Node] = {}
        for bound in routes:
            root = self._roots.setdefault(bound.route.method, _Node())
            for path in bound.route.paths:
                _insert(root, path, bound=bound)
        if "GET" in self._roots:
            self._roots["HEAD"] = self._roots["GET"]

    def find(self, method: str, path: str) -> tuple[BoundRoute, dict[str, str]]:
        """Find who answers; the path is still percent-encoded, so that an encoded slash stays in its segment."""
        segments = path.split("/")
        if "%" in path:
            segments = [decode(segment) for segment in segments]
        root = self._roots.get(method)
        leaf = None if root is None else _walk(root, segments, index=1)
        if leaf is None:
            raise self._miss(segments)
        return leaf.bound, {name: segments[index] for name, index in leaf.parameters}

    def _miss(self, segments: list[str]) -> Unrecognized | MethodRefused:
        # spec: client-server-api#common-error-codes
        allow = [method for method, root in self._roots.items() if _walk(root, segments, index=1)]
        return MethodRefused(allow) if allow else Unrecognized()


def _insert(root: _Node, path: str, *, bound: BoundRoute) -> None:
    segments, node, parameters = path.split("/"), root, []
    if segments[0]:
        raise ValueError(f"The path {path!r} does not begin with a slash.")
    for index, segment in enumerate(segments[1:], start=1):
        if segment.startswith("{") and segment.endswith("}"):
            parameters.append((segment[1:-1], index))
            node.parameter = node.parameter or _Node()
            node = node.parameter
        else:
            node = node.children.setdefault(segment, _Node())
    if node.leaf is not None:
        raise ValueError(f"{bound.route.method} {path} is declared twice.")
    node.leaf = Leaf(bound, tuple(parameters))


def _walk(node: _Node, segments: list[str], *, index: int) -> Leaf | None:
    """Follow the segments. An empty segment is a trailing slash, never an empty parameter."""
    for at in range(index, len(segments)):
        segment = segments[at]
        literal = node.children.get(segment)
        if literal is not None:
            if node.parameter is None:
                node = literal
                continue
            # Only here can the two ways lead to different ends.
            found = _walk(literal, segments, index=at + 1)
            if found is not None:
                return found
        if node.parameter is None or not segment:
            return None
        node = node.parameter
    return node.leaf

"""Routes as OpenAPI 3.1: what they declare, what their methods return, and what their docstrings say. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar, get_type_hints

from msgspec import Struct
from msgspec.json import schema_components

from amanat.edge.routes import BoundRoute

F = TypeVar("F", bound=Callable[..., Any])

_DESCRIBED: Final = "__edge_described__"
_SCHEMA: Final = "#/components/schemas/{name}"
_TOKEN: Final[Mapping[str, list[str]]] = {"accessToken": []}
_REFUSAL: Final[Mapping[str, Any]] = {
    "description": "A refusal. While authentication is under way it has `flows` and `session` instead of an errcode.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {"errcode": {"type": "string"}, "error": {"type": "string"}},
            }
        }
    },
}


class Described(Struct, frozen=True, kw_only=True):
    """What a method's declaration does not say: the shape of the body, and the names of parameters in the query."""

    takes: type | None = None
    query: tuple[str, ...] = ()


_NOTHING: Final = Described()


def described(*, takes: type | None = None, query: tuple[str, ...] = ()) -> Callable[[F], F]:
    """Say of a method what it takes."""

    def mark(endpoint: F) -> F:
        setattr(endpoint, _DESCRIBED, Described(takes=takes, query=query))
        return endpoint

    return mark


def document(bounds: Iterable[BoundRoute], *, title: str, version: str) -> dict[str, Any]:
    """Describe routes."""
    listed = list(bounds)
    shapes = list(dict.fromkeys(shape for bound in listed for shape in _shapes(bound)))
    schemas, components = schema_components(shapes, ref_template=_SCHEMA)
    schema_of = dict(zip(shapes, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for bound in listed:
        for path in bound.route.paths:
            paths.setdefault(path, {})[bound.route.method.lower()] = _operation(bound, path, schema_of)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": {"Refusal": _REFUSAL},
            "securitySchemes": {"accessToken": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(bound: BoundRoute, path: str, schema_of: Mapping[type, Any]) -> dict[str, Any]:
    route, about = bound.route, _about(bound)
    operation: dict[str, Any] = {
        "operationId": getattr(bound.endpoint, "__qualname__", path),
        "summary": (bound.endpoint.__doc__ or "").strip().split("\n")[0],
        "parameters": _parameters(path, about.query),
        "responses": {"200": _answer(bound, schema_of), "4XX": {"$ref": "#/components/responses/Refusal"}},
    }
    if route.auth != "none":
        operation["security"] = [_TOKEN] if route.auth == "required" else [{}, _TOKEN]
    if about.takes is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema_of[about.takes]}},
        }
    return operation


def _parameters(path: str, query: tuple[str, ...]) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    text = {"type": "string"}
    return [
        *({"name": name, "in": "path", "required": True, "schema": {**text, "minLength": 1}} for name in names),
        *({"name": name, "in": "query", "schema": text} for name in query),
    ]


def _answer(bound: BoundRoute, schema_of: Mapping[type, Any]) -> dict[str, Any]:
    shape = _returned(bound)
    if shape is not None:
        about = (shape.__doc__ or "").strip().split("\n")[0]
        return {"description": about or "Done.", "content": {"application/json": {"schema": schema_of[shape]}}}
    return {"description": "Done."}


def _about(bound: BoundRoute) -> Described:
    return getattr(bound.endpoint, _DESCRIBED, _NOTHING)


def _shapes(bound: BoundRoute) -> Sequence[type]:
    return [shape for shape in (_about(bound).takes, _returned(bound)) if shape is not None]


def _returned(bound: BoundRoute) -> type | None:
    """Return the Struct that a method answers with; None where it sends something else than JSON of one shape."""
    hint = get_type_hints(bound.endpoint).get("return")
    is_shape = isinstance(hint, type) and issubclass(hint, Struct) and not hint.__module__.startswith("amanat.edge.")
    return hint if is_shape else None

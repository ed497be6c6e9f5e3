"""`/_amanat/v1/openapi.json`: what this server's own API takes and answers with, made from its routes."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec import json

import amanat
from amanat.edge.openapi import document
from amanat.edge.request import Request
from amanat.edge.responses import Response
from amanat.edge.routes import BoundRoute, get

BELOW: Final = "/_amanat/v1/"
PATH: Final = f"{BELOW}openapi.json"


class ApiDescriptionRoutes:
    """The description, which is made when it is first asked for."""

    def __init__(self, routes: Callable[[], Sequence[BoundRoute]]) -> None:
        """Let `routes` return all routes of the application."""
        self._routes = routes
        self._made: bytes | None = None

    @get(PATH, auth="none")
    async def describe(self, _request: Request) -> Response:
        """Describe this API as OpenAPI 3.1."""
        if self._made is None:
            self._made = json.encode(description(self._routes()))
        return Response(200, self._made)


def description(routes: Sequence[BoundRoute]) -> dict[str, Any]:
    """Describe those of these routes that are this server's own API."""
    own = [bound for bound in routes if bound.route.paths[0].startswith(BELOW) and bound.route.paths[0] != PATH]
    return document(own, title="Amanat", version=amanat.__version__)

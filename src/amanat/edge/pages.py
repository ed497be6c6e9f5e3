"""Pages of features that know nothing of accounts: who visits, how they are answered, and how a page is declared.

Whoever signs people in to pages fulfils `Visits`, and the composition root hands it to the features.
"""

from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any, Protocol, TypeAlias

from amanat.core.errors import MatrixError
from amanat.edge.request import Request
from amanat.edge.responses import Answer, Response
from amanat.edge.routes import Refused, refuses_by


class Form(Protocol):
    """What somebody typed into a form that is theirs."""

    def text(self, name: str) -> str:
        """Return a field without spaces around it; empty if there is none."""
        ...


class Visit(Protocol):
    """A request for a page by somebody who is signed in."""

    @property
    def request(self) -> Request:
        """What was asked."""
        ...

    @property
    def form(self) -> Form:
        """What was sent, on POST; it was made for this session."""
        ...

    @property
    def user_id(self) -> str:
        """Who is signed in."""
        ...

    @property
    def language(self) -> str:
        """What the visitor reads: "id" or "en"."""
        ...

    def page(self, template: str, **values: Any) -> Response:
        """Answer with a page in the visitor's language."""
        ...

    def go(self, path: str) -> Response:
        """Lead to another page."""
        ...


class Visits(Protocol):
    """Receives visitors; a refusal becomes a page too."""

    async def receive_signed_in(
        self, request: Request, answer: Callable[[Visit], Awaitable[Answer]], *, recently: bool = False
    ) -> Answer:
        """Answer who is signed in, where `recently` not long ago; others sign in first and come back."""
        ...

    async def refuse(self, request: Request, error: MatrixError) -> Response:
        """Tell somebody why their request is not looked at; it costs no look into the data."""
        ...


class HasVisits(Protocol):
    """Routes of pages."""

    visits: Visits


# Of routes and a visit: a feature may know more of its visits than `Visit` says.
Page: TypeAlias = Callable[[Any, Any], Awaitable[Answer]]
Endpoint: TypeAlias = Callable[[Any, Request], Awaitable[Answer]]


def refuse(routes: HasVisits) -> Refused:
    """Return what refuses with a page what the edge lets nobody see."""
    return routes.visits.refuse


def signed_in(page: Page) -> Endpoint:
    """Declare a page for somebody who is signed in."""

    @refuses_by(refuse)
    @wraps(page)
    async def endpoint(self: HasVisits, request: Request) -> Answer:
        return await self.visits.receive_signed_in(request, partial(page, self))

    return endpoint


def recently_signed_in(page: Page) -> Endpoint:
    """Declare a page for somebody who has proved not long ago who they are."""

    @refuses_by(refuse)
    @wraps(page)
    async def endpoint(self: HasVisits, request: Request) -> Answer:
        return await self.visits.receive_signed_in(request, partial(page, self), recently=True)

    return endpoint

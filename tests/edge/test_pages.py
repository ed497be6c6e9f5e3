"""Pages are declared for who is signed in; whoever receives visitors sees to it."""

from collections.abc import Awaitable, Callable

from amanat.core.errors import LimitExceeded, MatrixError
from amanat.edge.incoming import Incoming
from amanat.edge.pages import Visit, Visits, recently_signed_in, signed_in
from amanat.edge.request import Request
from amanat.edge.responses import Answer, Response
from amanat.edge.routes import collect, get
from tests.edge.asking import Client, asking


class Doorkeeper:
    """Lets nobody in, and writes down who would have had to prove what."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bool]] = []

    async def receive_signed_in(
        self, request: Request, answer: Callable[[Visit], Awaitable[Answer]], *, recently: bool = False
    ) -> Answer:
        """Turn everybody away."""
        self.asked.append((request.path, recently))
        return Response(303)

    async def refuse(self, request: Request, error: MatrixError) -> Response:
        """Say why."""
        return Response(error.status, f"{request.path}: {error.error}".encode())


class Pages:
    """Two pages."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get("/one", auth="none")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """Show one."""
        return visit.page("one.html")

    @recently_signed_in
    async def show_secret(self, visit: Visit) -> Response:
        """Show the other."""
        return visit.page("other.html")


def _request(path: str) -> Request:
    incoming: Incoming = Client([b""]).incoming
    return asking("GET", path, incoming=incoming)


async def test_a_page_is_shown_by_who_receives_visitors_alone() -> None:
    door = Doorkeeper()
    pages = Pages(door)
    assert await pages.show(_request("/one")) == Response(303)
    assert await pages.show_secret(_request("/other")) == Response(303)
    assert door.asked == [("/one", False), ("/other", True)]


async def test_what_the_edge_refuses_is_refused_by_whoever_receives_visitors() -> None:
    (bound,) = collect(Pages(Doorkeeper()))
    assert bound.refused is not None
    refused = await bound.refused(_request("/one"), LimitExceeded("Slowly."))
    assert (refused.status, refused.body) == (429, b"/one: Slowly.")

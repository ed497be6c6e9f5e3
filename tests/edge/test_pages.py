"""Pages are declared for who is signed in; whoever receives visitors sees to it."""

from collections.abc import Awaitable, Callable

from amanat.edge.incoming import Incoming
from amanat.edge.pages import Visit, Visits, recently_signed_in, signed_in
from amanat.edge.request import Request
from amanat.edge.responses import Answer, Response
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


class Pages:
    """Two pages."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

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

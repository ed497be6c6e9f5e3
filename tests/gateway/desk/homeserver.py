"""A whole server in this process as the homeserver of a desk: asked over httpx, and opened in a browser."""

from urllib.parse import urlsplit

import httpx

from tests.edge.asking import ask
from tests.gateway.desk.office import Browser as DeskBrowser
from tests.product.accounts.pages.browser import Browser
from tests.server import Server


class Homeserver(httpx.AsyncBaseTransport):
    """What a desk reaches. `changes` are answers that it is to be given instead, by path."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.instead: dict[str, httpx.Response] = {}
        self.asked: list[str] = []

    def http(self) -> httpx.AsyncClient:
        """Return a client that reaches it and nobody else."""
        return httpx.AsyncClient(transport=self)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the server does."""
        path = request.url.raw_path.decode()
        self.asked.append(path)
        if path in self.instead:
            return self.instead[path]
        headers = {name: value for name, value in request.headers.items() if name != "host"} | {"Host": "localhost"}
        body = await request.aread()
        answered = await ask(self.server.amanat.client_app, request.method, path, body=body, headers=headers)
        return httpx.Response(answered.status, content=answered.body, headers={"content-type": "application/json"})


async def let_in(pages: Browser, desk: DeskBrowser, *, decision: str = "allow") -> str:
    """Go from the desk to the homeserver, decide there, and return the address that leads back."""
    led = await desk.get("/desk/sign_in", service="office")
    assert led.status_code == 302, led.text
    address = urlsplit(led.headers["location"])
    page = await pages.open(f"{address.path}?{address.query}")
    form = page.forms[0]
    back = await pages.post(form["action"] or page.url, form["fields"] | {"decision": decision})
    parts = urlsplit(back.location)
    return f"{parts.path}?{parts.query}"

"""A browser over sockets: it goes to a homeserver's pages and to a desk, and keeps the cookies of each apart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from amanat.edge.responses import Response
from tests.product.accounts.pages.browser import PASSWORD, Browser, Page, read_page

_LED: Final = (302, 303)


class WebBrowser(Browser):
    """A person's browser, at one homeserver."""

    def __init__(self, homeserver: str) -> None:
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []
        self._headers = {"accept-language": "en", "user-agent": "Firefox/140.0 (Android 15)"}
        self._http = httpx.AsyncClient(base_url=homeserver, trust_env=False, timeout=60)

    async def sign_in_with(self, name: str, password: str) -> None:
        """Sign in at the homeserver."""
        page = await self.open(PASSWORD)
        await self.send(page, {"user": name, "password": password})

    @asynccontextmanager
    async def sign_in_at(self, desk: str, *, service: str) -> AsyncIterator[httpx.AsyncClient]:
        """Let a desk know who one is, and give what asks it from then on."""
        async with httpx.AsyncClient(base_url=desk, trust_env=False, timeout=60, headers={"Origin": desk}) as http:
            led = await http.get("/desk/sign_in", params={"service": service})
            assert led.status_code in _LED, led.text
            address = urlsplit(led.headers["location"])
            page = await self.open(f"{address.path}?{address.query}")
            form = page.forms[0]
            back = await self.post(form["action"] or page.url, form["fields"] | {"decision": "allow"})
            home = await http.get(back.location)
            assert home.headers["location"] == "/", home.headers
            yield http

    async def close(self) -> None:
        """Let the connections go."""
        await self._http.aclose()

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        asked = self._headers | headers
        if self.cookies:
            asked["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        parts = urlsplit(urljoin("/", path))
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answered = await self._http.request(method, target, content=body, headers=asked)
        self._http.cookies.clear()
        raw = [(name.encode(), value.encode()) for name, value in answered.headers.multi_items()]
        answer = Response(answered.status_code, answered.content, raw)
        self._keep(answer)
        return read_page(answer, path)

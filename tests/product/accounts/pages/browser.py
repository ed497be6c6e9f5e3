"""A browser for tests: it keeps cookies, follows redirects if told to, and reads pages as a person's program would."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from msgspec import Struct

from amanat.edge.responses import Response
from tests.edge.asking import Client, asking
from tests.server import Server

SIGN_IN = "/_amanat/account/sign-in"
PASSWORD = f"{SIGN_IN}/password"
HOME = "/_amanat/account/"


class _Reader(HTMLParser):
    """Finds what a page offers: forms with their fields, links, headings and plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.forms: list[dict[str, Any]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.tags.append((tag, named))
        if tag == "form":
            self.forms.append({"action": named.get("action", ""), "fields": {}})
        if tag in ("input", "button") and self.forms and named.get("name"):
            if named.get("type") in ("checkbox", "radio") and "checked" not in named:
                return
            if tag == "input":
                self.forms[-1]["fields"].setdefault(named["name"], named.get("value", ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


class Page(Struct):
    """What a browser shows."""

    status: int
    url: str
    headers: dict[str, str]
    body: str
    tags: list[tuple[str, dict[str, str]]]
    forms: list[dict[str, Any]]
    text: str

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers["location"]

    @property
    def csrf(self) -> str:
        """The token in the page's forms."""
        token: str = self.forms[0]["fields"]["csrf"]
        return token

    @property
    def links(self) -> list[str]:
        """Where the page's links lead."""
        return [named["href"] for tag, named in self.tags if tag == "a"]

    @property
    def problems(self) -> list[str]:
        """The fields that the list of problems leads to."""
        wrong = {named["id"] for tag, named in self.tags if named.get("aria-invalid") == "true"}
        linked = [link.removeprefix("#") for link in self.links if link.startswith("#") and link != "#main"]
        assert wrong == set(linked), "Each problem is at its field and on the list."
        return linked


class Browser:
    """A browser of somebody."""

    def __init__(self, server: Server, *, language: str = "en", user_agent: str = "Firefox/140.0 (Android 15)") -> None:
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []
        self.server = server
        self._headers = {"accept-language": language, "user-agent": user_agent, "host": "localhost:8008"}

    async def open(self, path: str, *, headers: dict[str, str] | None = None) -> Page:
        """Open a page; follow where it leads."""
        page = await self.get(path, headers=headers)
        for _ in range(5):
            if page.status != 303:
                break
            page = await self.get(urljoin(page.url, page.location))
        return page

    async def get(self, path: str, *, headers: dict[str, str] | None = None) -> Page:
        """Open a page."""
        return await self._ask("GET", path, b"", headers or {})

    async def post(self, path: str, fields: dict[str, str], *, headers: dict[str, str] | None = None) -> Page:
        """Send a form as it is given."""
        more = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", "origin": "null"}
        return await self._ask("POST", path, urlencode(fields).encode(), more | (headers or {}))

    async def send(self, page: Page, fields: dict[str, str] | None = None, *, form: int = 0) -> Page:
        """Fill in a form of a page and send it; follow where it leads."""
        shown = page.forms[form]
        target = urljoin(page.url, shown["action"]) if shown["action"] else page.url
        sent = await self.post(target, shown["fields"] | (fields or {}))
        return await self.open(urljoin(page.url, sent.location)) if sent.status == 303 else sent

    async def sign_in(self, name: str) -> Page:
        """Sign in with the password that `Server.user` and `Server.newcomer` give."""
        page = await self.open(PASSWORD)
        return await self.send(page, {"user": name, "password": f"{name}'s long password"})

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        target = urlsplit(path)
        assert not target.netloc, f"The browser was led away to {path}."
        asked = self._headers | headers
        if self.cookies:
            asked["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sending = Client([body])
        request = asking(method, path, asked, incoming=sending.incoming)
        answer = await self.server.amanat.client_app(request)
        assert isinstance(answer, Response)
        self._keep(answer)
        return read_page(answer, path)

    def _keep(self, answer: Response) -> None:
        self.set_cookies = [value.decode() for name, value in answer.headers or [] if name == b"set-cookie"]
        for cookie in self.set_cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)


def read_page(answer: Response, url: str) -> Page:
    """Read an answer as a browser would show it."""
    reader = _Reader()
    body = answer.body.decode()
    reader.feed(body)
    headers = {name.decode(): value.decode() for name, value in answer.headers or []}
    text = " ".join("".join(reader.words).split())
    return Page(answer.status, url, headers, body, reader.tags, reader.forms, text)

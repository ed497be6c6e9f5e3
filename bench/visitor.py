"""Somebody who signs up with a browser on the server's pages, for an app that then syncs."""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from html import unescape
from time import perf_counter
from types import TracebackType
from typing import Any, Final
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit

import httpx
from msgspec import Struct

from bench.wire import Address, LoadError

_APP: Final = "https://app.example.org/"
_VERIFIER: Final = "v" * 43
_OAUTH: Final = "/_amanat/oauth2"
_SIGN_UP: Final = "/_amanat/account/sign-up"
_FORM = re.compile(r'<form method="post" action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Page(Struct, frozen=True):
    """A page, and where it is."""

    url: str
    text: str

    def form(self) -> "Form":
        """Return the first form."""
        found = _FORM.search(self.text)
        if found is None:
            raise LoadError(f"{urlsplit(self.url).path} has no form.")
        fields = {name: unescape(value) for name, value in _HIDDEN.findall(found[2])}
        return Form(urljoin(self.url, unescape(found[1])), fields)


class Form(Struct, frozen=True):
    """A form of a page: where it goes, and what it carries unseen."""

    action: str
    fields: dict[str, str]


class Visitor:
    """One person with one browser, one after the other page. `seconds` is how long the server took to answer."""

    def __init__(self, address: Address, *, number: int) -> None:
        # The pages belong to the public name of a lab, which is localhost.
        base = f"http://localhost:{address[1]}"
        self._http = httpx.AsyncClient(base_url=base, timeout=60, headers={"origin": base})
        self._number = number
        self._refresh_token = ""
        self.seconds = 0.0

    async def __aenter__(self) -> "Visitor":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def register_app(self) -> str:
        """Register the app that they all use; return its id."""
        about = {"client_uri": _APP, "redirect_uris": [_APP], "client_name": "Bench"}
        answer = await self._ask("POST", f"{_OAUTH}/register", json=about)
        client_id: str = answer.json()["client_id"]
        return client_id

    async def ask_for_code(self, client_id: str) -> Form:
        """Come from the app, and give a number; return the form that takes the code."""
        challenge = urlsafe_b64encode(sha256(_VERIFIER.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": _APP,
            "scope": f"urn:matrix:client:api:* urn:matrix:client:device:BENCH{self._number}",
            "state": "bench",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "prompt": "create",
        }
        page = await self._open(f"{_OAUTH}/authorize?{urlencode(asked)}")
        return (await self._send(page.form(), number=self.phone)).form()

    async def code(self) -> str:
        """Read the code in the lab's inbox. Nobody's sign-up waits for that."""
        texts = (await self._http.get("/_amanat/lab/inbox", params={"to": self.phone})).json()["texts"]
        found = re.search(r"#(\d{6})", texts[0]["text"])
        if found is None:
            raise LoadError("The text has no code.")
        return found[1]

    async def give_code(self, form: Form, code: str) -> str:
        """Give the code; return where the server leads."""
        answer = await self._ask("POST", form.action, data={**form.fields, "code": code})
        return _led(answer)

    async def finish(self, client_id: str, led: str) -> None:
        """Choose a name and no PIN, let the app in, and sync as it would."""
        handle = f"bench{self._number}"
        page = await self._send((await self._open(led)).form(), name="Bench", handle=handle)
        later = re.search(rf'href="({_OAUTH}/authorize[^"]*)"', page.text)
        if later is None:
            raise LoadError("The page of the PIN leads nowhere.")
        token = await self._let_in(client_id, unescape(later[1]))
        (await self._ask("GET", "/_matrix/client/v3/sync", headers=_bearer(token))).json()

    async def sign_in(self, client_id: str) -> tuple[str, str]:
        """Let the app in to an account that there is; return its access token, and whose it is."""
        form = await self.ask_for_code(client_id)
        token = await self._let_in(client_id, await self.give_code(form, await self.code()))
        me = await self._ask("GET", "/_matrix/client/v3/account/whoami", headers=_bearer(token))
        return token, me.json()["user_id"]

    async def renew(self, client_id: str) -> str:
        """Return the next access token: one lives five minutes."""
        return await self._granted(client_id, {"grant_type": "refresh_token", "refresh_token": self._refresh_token})

    async def join(self, token: str, room_id: str) -> None:
        """Accept an invitation."""
        path = f"/_matrix/client/v3/rooms/{quote(room_id)}/join"
        (await self._ask("POST", path, headers=_bearer(token), json={})).raise_for_status()

    async def _let_in(self, client_id: str, path: str) -> str:
        """Let the app in on the page that asks; return the access token it gets."""
        form = (await self._open(path)).form()
        allowed = await self._ask("POST", form.action, data={**form.fields, "decision": "allow"})
        code = parse_qs(urlsplit(_led(allowed)).query)["code"][0]
        grant = {"grant_type": "authorization_code", "redirect_uri": _APP, "code": code, "code_verifier": _VERIFIER}
        return await self._granted(client_id, grant)

    async def _granted(self, client_id: str, grant: dict[str, str]) -> str:
        """Get tokens; return the access token."""
        tokens = (await self._ask("POST", f"{_OAUTH}/token", data={"client_id": client_id, **grant})).json()
        self._refresh_token = tokens["refresh_token"]
        access_token: str = tokens["access_token"]
        return access_token

    async def sign_up(self, client_id: str) -> None:
        """Do all of it."""
        form = await self.ask_for_code(client_id)
        await self.finish(client_id, await self.give_code(form, await self.code()))

    @property
    def phone(self) -> str:
        """The person's number."""
        return f"+62812{self._number:07d}"

    async def _open(self, path: str) -> Page:
        """Open a page, and follow where it leads."""
        answer = await self._ask("GET", path)
        while answer.status_code == 303:
            answer = await self._ask("GET", urljoin(str(answer.url), _led(answer)))
        if answer.status_code != 200:
            raise LoadError(f"{path} answered {answer.status_code}.")
        return Page(str(answer.url), answer.text)

    async def _send(self, form: Form, **typed: str) -> Page:
        answer = await self._ask("POST", form.action, data=form.fields | typed)
        return await self._open(urljoin(form.action, _led(answer)))

    async def _ask(self, method: str, path: str, **rest: Any) -> httpx.Response:
        start = perf_counter()
        answer = await self._http.request(method, path, **rest)
        self.seconds += perf_counter() - start
        return answer


def _led(answer: httpx.Response) -> str:
    if "location" not in answer.headers:
        raise LoadError(f"{answer.url.path} answered {answer.status_code} and leads nowhere.")
    return answer.headers["location"]


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}

"""The frame of every page: its templates, words, looks, and the headers that keep others out of it.

Jinja2 and the catalogues are loaded when the first page is asked for, so that a server that shows none does not pay.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct

from amanat.core.errors import NotFound
from amanat.edge.request import Request
from amanat.edge.responses import Headers, Response
from amanat.edge.routes import get
from amanat.product.accounts.pages.browser_sessions import BrowserSession
from amanat.product.accounts.pages.cookies import Cookie
from amanat.product.accounts.pages.days import day, moment
from amanat.product.accounts.pages.language import LANGUAGES, Language, accepted, named
from amanat.product.accounts.pages.words import Catalogue, Words, load

if TYPE_CHECKING:
    from jinja2 import Environment

OWN: Final = "amanat.product.accounts.pages"
STATIC: Final = "/_amanat/account/static"
_KINDS: Final = {".css": b"text/css; charset=utf-8", ".js": b"text/javascript; charset=utf-8", ".svg": b"image/svg+xml"}
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'{images}; form-action 'self'{form_to}; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_GUARDS: Final[Headers] = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class Allowed(Struct, frozen=True, kw_only=True):
    """What one page needs beyond the usual: pictures that stand in it, and sites that its form may lead to."""

    pictures: bool = False
    form_to: Sequence[str] = ()

    def policy(self) -> bytes:
        """Return the Content-Security-Policy."""
        # A browser holds the redirects after a form to form-action too: to an app's own address, for instance.
        form_to = "".join(f" {source}" for source in self.form_to)
        return _POLICY.format(images=" data:" if self.pictures else "", form_to=form_to).encode()


_USUAL: Final = Allowed()


class _Loaded(Struct, frozen=True):
    environment: "Environment"
    catalogue: Catalogue
    static: dict[str, tuple[bytes, bytes]]
    names: dict[str, str]


class Chrome:
    """Makes pages of templates. Another feature adds its package's name to `packages` before the first page.

    Such a package has a folder `templates` and a file `words.toml`.
    """

    def __init__(self, *, server_name: str, secure: bool) -> None:
        self.packages: list[str] = [OWN]
        self.language_cookie = Cookie("amanat-language", secure)
        self._server_name = server_name
        self._loaded: _Loaded | None = None

    async def ready(self) -> None:
        """Load what pages are made of, without holding up anybody else."""
        if self._loaded is None:
            self._loaded = await asyncio.to_thread(_load, tuple(self.packages))

    def language(self, request: Request) -> Language:
        """Return the language that somebody reads."""
        chosen = named(request.query("lang")) or named(self.language_cookie.read(request))
        return chosen or accepted(request.header("accept-language"))

    def words(self, language: Language) -> Words:
        """Return what can be said in a language."""
        return Words(self._parts().catalogue, language)

    def page(
        self,
        template: str,
        request: Request,
        *,
        session: BrowserSession | None,
        status: int = 200,
        allowed: Allowed = _USUAL,
        **values: Any,
    ) -> Response:
        """Make a page in the reader's language. A template extends `page.html`; `t("key")` in it says something."""
        words, parts = self.words(self.language(request)), self._parts()
        body = parts.environment.get_template(template).render(
            t=words,
            lang=words.language,
            languages={other: _in_language(request, other) for other in LANGUAGES},
            csrf="" if session is None else session.csrf,
            signed_in=session is not None and session.user_id is not None,
            server_name=self._server_name,
            just_done=request.query("done") is not None,
            day=partial(day, language=words.language),
            moment=partial(moment, language=words.language),
            static={name: f"{STATIC}/{named}" for name, named in parts.names.items()},
            **values,
        )
        headers: Headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-security-policy", allowed.policy()),
            (b"cache-control", b"no-store"),
            *_GUARDS,
        ]
        return Response(status, body.encode(), headers)

    @get(f"{STATIC}/{{file}}", auth="none", limit="pages")
    async def get_static(self, request: Request) -> Response:
        """Answer with a file whose name has its hash in it, so that a browser asks once."""
        await self.ready()
        found = self._parts().static.get(request.params["file"])
        if found is None:
            raise NotFound
        kind, content = found
        keep = (b"cache-control", b"public, max-age=31536000, immutable")
        return Response(200, content, [(b"content-type", kind), keep, *_GUARDS])

    def _parts(self) -> _Loaded:
        if self._loaded is None:
            self._loaded = _load(tuple(self.packages))
        return self._loaded


def see_other(path: str) -> Response:
    """Lead the browser to another page, after a form or instead of a page."""
    return Response(303, b"", [(b"location", path.encode("ascii")), (b"cache-control", b"no-store"), *_GUARDS])


def _in_language(request: Request, language: Language) -> str:
    """Return the address of the same page in a language."""
    query = [(name, value) for name, value in parse_qsl(request.query_string) if name != "lang"]
    return f"{request.path}?{urlencode([*query, ('lang', language)])}"


def _load(packages: Sequence[str]) -> _Loaded:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for template in environment.list_templates():
        environment.get_template(template)
    static, names = {}, {}
    for file in files(OWN).joinpath("static").iterdir():
        stem, dot, suffix = file.name.rpartition(".")
        content = file.read_bytes()
        names[file.name] = f"{stem}-{sha256(content).hexdigest()[:12]}.{suffix}"
        static[names[file.name]] = (_KINDS[dot + suffix], content)
    return _Loaded(environment, load(packages), static, names)

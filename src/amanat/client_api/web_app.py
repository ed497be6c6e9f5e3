"""The people's app: the files that `make` builds from `web/` into `amanat/web_app`, served as they are.

Where nothing was built, the page about this server stands at `/` instead.
"""

import re
from asyncio import to_thread
from base64 import b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct, json

from amanat.core.errors import NotFound
from amanat.edge.request import Request
from amanat.edge.responses import Headers, Response
from amanat.edge.routes import get

BUILT: Final = Path(__file__).parents[1] / "web_app"
_TYPES: Final = {
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".wasm": b"application/wasm",
    ".webmanifest": b"application/manifest+json",
    ".woff2": b"font/woff2",
}
# What is built has a hash in its name and never changes; the rest is asked for again, and is mostly still the same.
_FOR_EVER: Final = b"public, max-age=31536000, immutable"
_ASK_AGAIN: Final = b"no-cache"
_GUARDS: Final[Headers] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(self), geolocation=(self)"),
]
# The worker opens messages: it runs under a policy of its own, not under the page's.
_WORKER_POLICY: Final = b"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"


class Site(Struct, frozen=True):
    """What the build says of its page, in `site.json`."""

    script_hashes: list[str]


class _File(Struct, frozen=True):
    body: bytes
    headers: Headers
    etag: str


class WebAppRoutes:
    """The app. `otherwise` answers `/` where no app was built; `public_url` is where browsers are to open it."""

    def __init__(
        self, *, otherwise: Callable[[Request], Awaitable[Response]], public_url: str, folder: Path = BUILT
    ) -> None:
        self._otherwise = otherwise
        self._public_url = public_url
        self._folder = folder
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in _TYPES}
        self._names = names if (folder / "site.json").exists() else set[str]()
        # Read once each. What bounds it is the build: about 12 MB if browsers ask for every file in both forms.
        self._files: dict[tuple[str, bool], _File] = {}

    @get("/", auth="none")
    async def get_app(self, request: Request) -> Response:
        """Answer with the app's page."""
        if not self._names:
            return await self._otherwise(request)
        if elsewhere := self._better_name(request):
            return Response(307, b"", [(b"location", elsewhere.encode())])
        return await self._answer(request, "index.html")

    @get("/design", auth="none")
    async def get_design(self, request: Request) -> Response:
        """Answer with the page that shows every component in every state."""
        return await self._answer(request, "design.html")

    @get("/sw.js", "/manifest.webmanifest", "/icon.svg", "/icon-192.png", "/icon-512.png", auth="none")
    async def get_named(self, request: Request) -> Response:
        """Answer with a file whose address never changes."""
        return await self._answer(request, request.path.removeprefix("/"))

    @get("/assets/{name}", auth="none")
    async def get_asset(self, request: Request) -> Response:
        """Answer with a built file."""
        return await self._answer(request, f"assets/{request.params['name']}")

    def _better_name(self, request: Request) -> str | None:
        """Passkeys and the sign-in belong to `localhost`, which many know as 127.0.0.1."""
        host = (request.header("host") or "").rpartition(":")[0]
        wanted = urlsplit(self._public_url).hostname
        return f"{self._public_url.rstrip('/')}/" if host == "127.0.0.1" and wanted == "localhost" else None

    async def _answer(self, request: Request, name: str) -> Response:
        if name not in self._names:
            raise NotFound("The app has no such file.")
        compressed = "br" in re.split(r"[\s,;]+", request.header("accept-encoding") or "")
        file = self._files.get((name, compressed))
        if file is None:
            file = self._files[name, compressed] = await to_thread(self._read, name, compressed=compressed)
        if request.header("if-none-match") == file.etag:
            return Response(304, b"", file.headers)
        return Response(200, file.body, file.headers)

    def _read(self, name: str, *, compressed: bool) -> _File:
        path = self._folder / name
        twin = path.with_name(f"{path.name}.br")
        smaller = compressed and twin.exists()
        body = (twin if smaller else path).read_bytes()
        etag = f'"{b64encode(sha256(body).digest()[:12]).decode()}"'
        headers = [
            (b"content-type", _TYPES[path.suffix]),
            (b"cache-control", _FOR_EVER if name.startswith("assets/") else _ASK_AGAIN),
            (b"etag", etag.encode()),
            (b"vary", b"accept-encoding"),
            *_GUARDS,
            *([(b"content-encoding", b"br")] if smaller else []),
            *([(b"content-security-policy", self._policy().encode())] if path.suffix == ".html" else []),
            *([(b"content-security-policy", _WORKER_POLICY)] if name == "sw.js" else []),
        ]
        return _File(body, headers, etag)

    def _policy(self) -> str:
        """Let the page load itself and this server's answers, and nothing else from anywhere."""
        site = json.decode((self._folder / "site.json").read_bytes(), type=Site)
        scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *[f"'{each}'" for each in site.script_hashes]])
        return "; ".join(
            [
                "default-src 'none'",
                f"script-src {scripts}",
                "style-src 'self'",
                "img-src 'self' blob:",
                "media-src blob:",
                "font-src 'self'",
                "connect-src 'self'",
                "worker-src 'self'",
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types amanat",
            ]
        )

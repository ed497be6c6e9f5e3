"""The people's app: the files that `make` builds from `web/` into `amanat/web_app`, served as they are.

Where nothing was built, the page about this server stands at `/` instead.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct, json

from amanat.edge.built_files import BUILT, TYPES, BuiltFiles
from amanat.edge.request import Request
from amanat.edge.responses import Headers, Response
from amanat.edge.routes import get

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


class WebAppRoutes:
    """The app. `otherwise` answers `/` where no app was built; `public_url` is where browsers are to open it."""

    def __init__(
        self, *, otherwise: Callable[[Request], Awaitable[Response]], public_url: str, folder: Path = BUILT
    ) -> None:
        self._otherwise = otherwise
        self._public_url = public_url
        self._folder = folder
        self._is_built = (folder / "site.json").exists()
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in TYPES}
        # About 12 MB in memory if browsers ask for every file in both forms.
        self._files = BuiltFiles(
            folder, names=names if self._is_built else (), policy_of=self._policy_of, guards=_GUARDS
        )

    @get("/", auth="none")
    async def get_app(self, request: Request) -> Response:
        """Answer with the app's page."""
        if not self._is_built:
            return await self._otherwise(request)
        if elsewhere := self._better_name(request):
            return Response(307, b"", [(b"location", elsewhere.encode())])
        return await self._files.answer(request, "index.html")

    @get("/design", auth="none")
    async def get_design(self, request: Request) -> Response:
        """Answer with the page that shows every component in every state."""
        return await self._files.answer(request, "design.html")

    @get("/sw.js", "/manifest.webmanifest", "/icon.svg", "/icon-192.png", "/icon-512.png", auth="none")
    async def get_named(self, request: Request) -> Response:
        """Answer with a file whose address never changes."""
        return await self._files.answer(request, request.path.removeprefix("/"))

    @get("/assets/{name}", auth="none")
    async def get_asset(self, request: Request) -> Response:
        """Answer with a built file."""
        return await self._files.answer(request, f"assets/{request.params['name']}")

    def _better_name(self, request: Request) -> str | None:
        """Passkeys and the sign-in belong to `localhost`, which many know as 127.0.0.1."""
        host = (request.header("host") or "").rpartition(":")[0]
        wanted = urlsplit(self._public_url).hostname
        return f"{self._public_url.rstrip('/')}/" if host == "127.0.0.1" and wanted == "localhost" else None

    def _policy_of(self, name: str) -> bytes | None:
        if name == "sw.js":
            return _WORKER_POLICY
        return self._policy().encode() if name.endswith(".html") else None

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

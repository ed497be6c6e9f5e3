"""The desk's page: the files that `make` builds from `web/` for it, served as they are."""

from pathlib import Path
from typing import Final

from msgspec import Struct, json

from amanat.core.errors import NotFound
from amanat.edge.built_files import BUILT, BuiltFiles
from amanat.edge.request import Request
from amanat.edge.responses import Headers, Response
from amanat.edge.routes import get

PAGE: Final = "desk.html"
_GUARDS: Final[Headers] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(), geolocation=()"),
]


class _Built(Struct, frozen=True):
    """What the build says of the desk: the scripts that stand in its page, and its files."""

    script_hashes: list[str]
    files: list[str]


class _Site(Struct, frozen=True):
    desk: _Built


class DeskPage:
    """The page and what it loads; nothing else of the folder."""

    def __init__(self, *, folder: Path = BUILT) -> None:
        self._built = _read(folder)
        names = self._built.files if self._built else []
        self._files = BuiltFiles(folder, names=names, policy_of=self._policy_of, guards=_GUARDS)

    @get("/", auth="none")
    async def page(self, request: Request) -> Response:
        """Answer with the page."""
        if self._built is None:
            raise NotFound("The desk's page was not built: run `make setup`.")
        return await self._files.answer(request, PAGE)

    @get("/icon.svg", "/icon-192.png", auth="none")
    async def named(self, request: Request) -> Response:
        """Answer with a file whose address never changes."""
        return await self._files.answer(request, request.path.removeprefix("/"))

    @get("/assets/{name}", auth="none")
    async def asset(self, request: Request) -> Response:
        """Answer with a built file."""
        return await self._files.answer(request, f"assets/{request.params['name']}")

    def _policy_of(self, name: str) -> bytes | None:
        """Let the page load itself and this gateway's answers, and nothing else from anywhere."""
        if self._built is None or not name.endswith(".html"):
            return None
        scripts = " ".join(["'self'", *[f"'{each}'" for each in self._built.script_hashes]])
        return "; ".join(
            [
                "default-src 'none'",
                f"script-src {scripts}",
                "style-src 'self'",
                # What citizens send is fetched, and shown out of the page's own memory.
                "img-src 'self' blob:",
                "media-src blob:",
                "font-src 'self'",
                "connect-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'",
            ]
        ).encode()


def _read(folder: Path) -> _Built | None:
    try:
        content = (folder / "site.json").read_bytes()
    except FileNotFoundError:
        return None
    return json.decode(content, type=_Site).desk if b'"desk"' in content else None

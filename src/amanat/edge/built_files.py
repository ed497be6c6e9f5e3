"""Files of a built web app, served as they are: types, caching, compressed twins, and what browsers are held to."""

import re
from asyncio import to_thread
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct

from amanat.core.errors import NotFound
from amanat.edge.request import Request
from amanat.edge.responses import Headers, Response

BUILT: Final = Path(__file__).parents[1] / "web_app"
"""What `make` builds from `web/` lies in the package."""
TYPES: Final = {
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


class _File(Struct, frozen=True):
    body: bytes
    headers: Headers
    etag: str


class BuiltFiles:
    """Some files of a folder, each read once. What bounds it is the build."""

    def __init__(
        self,
        folder: Path,
        *,
        names: Iterable[str],
        policy_of: Callable[[str], bytes | None],
        guards: Headers,
    ) -> None:
        """`policy_of` a file's name is its Content-Security-Policy; `guards` are headers that each has."""
        self._folder = folder
        self._names = frozenset(names)
        self._policy_of = policy_of
        self._guards = guards
        self._files: dict[tuple[str, bool], _File] = {}

    async def answer(self, request: Request, name: str) -> Response:
        """Answer with a file; raises `NotFound` for any but those that were named."""
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
        policy = self._policy_of(name)
        headers = [
            (b"content-type", TYPES[path.suffix]),
            (b"cache-control", _FOR_EVER if name.startswith("assets/") else _ASK_AGAIN),
            (b"etag", etag.encode()),
            (b"vary", b"accept-encoding"),
            *self._guards,
            *([(b"content-encoding", b"br")] if smaller else []),
            *([(b"content-security-policy", policy)] if policy else []),
        ]
        return _File(body, headers, etag)

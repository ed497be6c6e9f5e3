"""Searching in many messages: the app's own index, in a page of its own with nothing else on it."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from threading import Thread
from typing import Any, Final

from playwright.async_api import Playwright

from bench.figures import Figure, percentile

_HERE: Final = Path(__file__).parent
_WEB: Final = _HERE.parent.parent / "web"
_TIMES: Final = 5


async def search(playwright: Playwright, *, messages: int) -> dict[str, Figure]:
    """Fill an index, and search in it; the figures are the p95 of a search, and filling by the message."""
    with tempfile.TemporaryDirectory() as folder:
        await _build(Path(folder))
        browser = await playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        page = await browser.new_page()
        page.set_default_timeout(0)
        with _served(Path(folder)) as url:
            await page.goto(url)
            await page.wait_for_function("() => 'searchAll' in globalThis")
            filled: float = await page.evaluate("count => fill(count)", messages)
            taken: list[float] = await page.evaluate("times => searchAll(times)", _TIMES)
        await browser.close()
    return {
        "search": Figure(values=(percentile(taken, 0.95),)),
        "index": Figure(values=(1e3 * filled / messages,)),
    }


async def _build(folder: Path) -> None:
    """Bundle the page as the app is bundled."""
    entry = str(_HERE / "search.mjs")
    options = ["--config", str(_HERE / "search.vite.mjs"), "--outDir", str(folder), "--logLevel", "error"]
    process = await asyncio.create_subprocess_exec(str(_WEB / "node_modules/.bin/vite"), "build", *options, cwd=_WEB)
    if await process.wait() != 0:
        raise RuntimeError(f"{entry} cannot be bundled; the complaint stands above.")
    (folder / "index.html").write_text('<!doctype html><script type="module" src="search.js"></script>')


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *values: Any) -> None:
        """Say nothing of each request."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a folder; a browser keeps a database only for a page with an address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()

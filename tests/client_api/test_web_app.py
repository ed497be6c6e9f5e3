"""The people's app as the server hands it out: the right files, the right headers, and nothing beside them."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from amanat.client_api.web_app import WebAppRoutes
from amanat.edge.app import App
from amanat.edge.request import Request
from amanat.edge.responses import Response, html
from amanat.edge.routes import collect
from tests.edge.asking import Answered, ask

Get: TypeAlias = Callable[..., Awaitable[Answered]]
SCRIPT_HASH = "sha256-AAAA"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as the build leaves it."""
    files = {
        "index.html": b"<title>the app</title>",
        "site.json": b'{"script_hashes": ["%s"]}' % SCRIPT_HASH.encode(),
        "sw.js": b"// worker",
        "assets/index-abc.js": b"// script",
        "assets/index-abc.js.br": b"smaller",
        "assets/notes.txt": b"not of the app",
    }
    for name, body in files.items():
        path = tmp_path / "built" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    (tmp_path / "secret.js").write_bytes(b"secret")
    return tmp_path / "built"


def served(folder: Path, *, public_url: str = "https://chat.example.org") -> Get:
    """What asks an app that serves a folder."""

    async def nobody(*_: object) -> Any:
        raise AssertionError

    async def otherwise(_request: Request) -> Response:
        return html("about this server")

    routes = WebAppRoutes(otherwise=otherwise, public_url=public_url, folder=folder)
    app = App(collect(routes), authenticate=nobody)

    async def get(path: str, headers: Mapping[str, str] | None = None) -> Answered:
        return await ask(app, "GET", path, headers=dict(headers or {}))

    return get


async def test_the_page_lets_in_its_own_scripts_and_nothing_else(built: Path) -> None:
    page = await served(built)("/")

    assert (page.status, page.body) == (200, b"<title>the app</title>")
    policy = page.headers["content-security-policy"]
    assert f"script-src 'self' 'wasm-unsafe-eval' '{SCRIPT_HASH}'" in policy
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert page.headers["cache-control"] == "no-cache"


async def test_the_worker_which_opens_messages_talks_to_this_server_alone(built: Path) -> None:
    worker = await served(built)("/sw.js")

    policy = worker.headers["content-security-policy"]
    assert policy == "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    assert worker.headers["cache-control"] == "no-cache"


async def test_what_is_built_is_kept_for_ever_and_sent_small_to_who_can_read_it(built: Path) -> None:
    get = served(built)
    small = await get("/assets/index-abc.js", {"Accept-Encoding": "gzip, deflate, br, zstd"})
    whole = await get("/assets/index-abc.js", {"Accept-Encoding": "gzip"})

    assert (small.body, small.headers["content-encoding"]) == (b"smaller", "br")
    assert (whole.body, "content-encoding" in whole.headers) == (b"// script", False)
    assert "immutable" in whole.headers["cache-control"]
    assert whole.headers["content-type"] == "text/javascript; charset=utf-8"
    assert small.headers["etag"] != whole.headers["etag"]


async def test_what_a_browser_has_is_not_sent_again(built: Path) -> None:
    get = served(built)
    etag = (await get("/sw.js")).headers["etag"]

    again = await get("/sw.js", {"If-None-Match": etag})

    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    "path",
    ["/assets/none.js", "/assets/notes.txt", "/assets/..%2Fsite.json", "/assets/..%2F..%2Fsecret.js", "/icon.svg"],
)
async def test_what_is_no_file_of_the_app_is_not_there(built: Path, path: str) -> None:
    assert (await served(built)(path)).status == 404


async def test_the_page_about_the_server_stands_in_where_no_app_was_built(tmp_path: Path) -> None:
    page = await served(tmp_path / "nothing")("/")

    assert (page.status, page.body) == (200, b"about this server")


async def test_who_comes_by_the_number_of_this_machine_is_led_to_its_name(built: Path) -> None:
    get = served(built, public_url="http://localhost:8008")

    led = await get("/", {"Host": "127.0.0.1:8008"})

    assert (led.status, led.headers["location"]) == (307, "http://localhost:8008/")
    assert (await get("/", {"Host": "localhost:8008"})).status == 200

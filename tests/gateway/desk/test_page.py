"""The page is served with what it loads, under a policy that lets in nothing else, and nothing beside it is served."""

from pathlib import Path

import pytest
from msgspec import json

from amanat.edge.app import App
from amanat.edge.routes import collect
from amanat.gateway.desk.app import _nobody
from amanat.gateway.desk.page import DeskPage
from tests.edge.asking import Answered, ask


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as the build leaves it: the people's app lies in it, too."""
    (tmp_path / "assets").mkdir()
    for name in ("desk.html", "index.html", "icon.svg", "assets/desk-1.js", "assets/index-1.js"):
        (tmp_path / name).write_text(name)
    desk = {"script_hashes": ["sha256-AAAA"], "files": ["desk.html", "icon.svg", "assets/desk-1.js"]}
    (tmp_path / "site.json").write_bytes(json.encode({"script_hashes": ["sha256-BBBB"], "desk": desk}))
    return tmp_path


async def _get(folder: Path, path: str) -> Answered:
    app = App(collect(DeskPage(folder=folder)), authenticate=_nobody)
    return await ask(app, "GET", path, headers={})


async def test_the_page_and_its_files_are_served(built: Path) -> None:
    page = await _get(built, "/")
    assert (page.status, page.body) == (200, b"desk.html")
    policy = page.headers["content-security-policy"]
    assert "script-src 'self' 'sha256-AAAA';" in policy
    assert "trusted-types 'none'" in policy
    assert page.headers["cache-control"] == "no-cache"
    script = await _get(built, "/assets/desk-1.js")
    assert script.body == b"assets/desk-1.js"
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (await _get(built, "/icon.svg")).status == 200


@pytest.mark.parametrize(
    "path", ["/index.html", "/assets/index-1.js", "/site.json", "/assets/..%2fsite.json", "/icon-192.png"]
)
async def test_nothing_else_is(built: Path, path: str) -> None:
    assert (await _get(built, path)).status == 404


@pytest.mark.parametrize("site", [None, '{"script_hashes": []}'])
async def test_what_was_not_built_is_not_there(tmp_path: Path, site: str | None) -> None:
    if site:
        (tmp_path / "site.json").write_text(site)
    assert (await _get(tmp_path, "/")).status == 404

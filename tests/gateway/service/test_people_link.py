"""The link by which people come to a service: only where its homeserver serves the app."""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from amanat.gateway.service.people_link import app_of, link_to


@pytest.fixture
def homeserver(tmp_path: Path) -> Iterator[str]:
    """Some server that answers with the files of a folder."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _says(folder: Path, well_known: object) -> None:
    (folder / "manifest.webmanifest").write_text("{}")
    path = folder / ".well-known" / "matrix" / "client"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(well_known))


async def test_people_are_sent_to_where_the_server_says_that_it_is(homeserver: str, tmp_path: Path) -> None:
    _says(tmp_path, {"m.homeserver": {"base_url": "https://chat.example/"}, "other": 1})
    assert link_to(await app_of(homeserver), "toko budi") == "https://chat.example/#/u/toko%20budi"


@pytest.mark.parametrize("well_known", [{}, [], {"m.homeserver": {"base_url": "javascript:alert(1)"}}])
async def test_without_its_word_to_where_the_gateway_finds_it(
    homeserver: str, tmp_path: Path, well_known: object
) -> None:
    _says(tmp_path, well_known)
    assert link_to(await app_of(f"{homeserver}/"), "toko") == f"{homeserver}/#/u/toko"


async def test_a_server_without_the_app_has_no_link(homeserver: str) -> None:
    assert link_to(await app_of(homeserver), "toko") == ""
    assert link_to(await app_of("http://127.0.0.1:1"), "toko") == ""

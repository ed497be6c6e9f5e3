"""The page for who comes with a browser."""

from typing import Any

import pytest

from amanat.client_api.start_page import PATH, StartPageRoutes
from amanat.edge.app import App
from amanat.edge.routes import collect
from tests.edge.asking import Answered, ask
from tests.server import Server


async def test_it_says_what_this_is_and_how_to_connect(amanat: Server) -> None:
    page = await ask(amanat.amanat.client_app, "GET", PATH, headers={"Host": "localhost:8008"})

    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert b"http://localhost:8008" in page.body
    assert b"This is a lab" in page.body


@pytest.mark.parametrize("path", ["/_amanat/account/", "/_amanat/lab/inbox"])
async def test_what_it_links_is_there(amanat: Server, path: str) -> None:
    page = await ask(amanat.amanat.client_app, "GET", PATH, headers={"Host": "localhost:8008"})
    there = await ask(amanat.amanat.client_app, "GET", path, headers={"Host": "localhost:8008"})
    assert f'href="{path}"'.encode() in page.body
    assert there.status in (200, 303)


async def _page(*, is_lab: bool, server_name: str) -> Answered:
    routes = StartPageRoutes(
        server_name=server_name, public_url="https://chat.example.org", is_lab=is_lab, registers_freely=is_lab
    )

    async def nobody(*_: object) -> Any:
        raise AssertionError

    return await ask(App(collect(routes), authenticate=nobody), "GET", PATH)


async def test_a_server_for_people_has_no_banner() -> None:
    page = await _page(is_lab=False, server_name="chat.example.org")

    assert b"This is a lab" not in page.body
    assert b"you need a token" in page.body
    assert b"inbox" not in page.body


async def test_names_are_text_and_no_markup() -> None:
    page = await _page(is_lab=True, server_name="<script>")

    assert b"<script>" not in page.body

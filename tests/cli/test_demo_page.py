"""The page shows what people read beside the server's very bytes, and runs nothing that anybody wrote."""

import re
from collections.abc import AsyncIterator
from html import escape
from pathlib import Path

import pytest

from amanat.app import Amanat, Mode
from amanat.cli.demo_page import WithDemoPage
from amanat.cli.demo_screens import Read, Screens
from amanat.config import Config
from amanat.store.events import EVENT_BY_ID
from tests.edge.asking import Answered, ask
from tests.server import FakeClock, Server


@pytest.fixture
async def amanat(tmp_path: Path) -> AsyncIterator[Amanat]:
    """A demo's server, without people."""
    server = Amanat(Config(data=str(tmp_path / "data")), mode=Mode.DEMO)
    await server.open()
    yield server
    await server.close()


async def page(amanat: Amanat, screens: Screens, path: str = "/demo", host: str = "localhost:8008") -> Answered:
    return await ask(WithDemoPage(amanat, screens), "GET", path, headers={"Host": host})


async def test_reading_and_stored_bytes_stand_side_by_side(amanat: Amanat) -> None:
    ani = await Server(amanat, FakeClock()).user("ani")
    event_id = await ani.send(await ani.create_room(), "ciphertext")
    stored = await amanat.store.first(EVENT_BY_ID, event_id=event_id)
    assert stored is not None
    screens = Screens()
    screens.show(Read(reader="Ani", event_id=event_id, sender="Ani", text="Halo!", ts=1))
    shown = (await page(amanat, screens)).body.decode()
    assert "“Halo!”" in shown
    assert escape(stored.json.decode()) in re.sub("</?mark>", "", shown)


async def test_what_both_read_is_said_once(amanat: Amanat) -> None:
    screens = Screens()
    for reader in ("Ani", "Budi"):
        screens.show(Read(reader=reader, event_id="$1", sender="Ani", text="Halo!", ts=1))
    shown = (await page(amanat, screens)).body.decode()
    assert shown.count("“Halo!”") == 1
    assert "<b>Ani</b> wrote it · <b>Budi</b> reads it" in shown


async def test_what_people_write_is_text(amanat: Amanat) -> None:
    screens = Screens()
    screens.show(Read(reader="Ani", event_id="$1", sender="<b>Budi", text="<script>alert(1)</script>", ts=1))
    answer = await page(amanat, screens)
    assert "&lt;script&gt;alert(1)" in answer.body.decode()
    assert "<script" not in answer.body.decode()
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_it_says_how_the_people_are(amanat: Amanat) -> None:
    screens = Screens()
    assert "signing in" in (await page(amanat, screens)).body.decode()
    screens.show(Read(reader="Ani", event_id="$1", sender="Budi", text=None, ts=1))
    screens.trouble = "They have left."
    shown = (await page(amanat, screens)).body.decode()
    assert "cannot decrypt it" in shown
    assert "They have left." in shown


async def test_the_rest_is_the_server_s_and_links_it(amanat: Amanat) -> None:
    assert 'href="/demo"' in (await page(amanat, Screens(), "/_amanat/server")).body.decode()
    assert (await page(amanat, Screens(), host="evil.example")).status == 403

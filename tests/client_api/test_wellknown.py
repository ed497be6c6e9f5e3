"""Where clients find this server, and whom people ask for help."""

from pathlib import Path

from amanat.app import Amanat, Mode
from amanat.config import Config
from tests.server import FakeClock, Server


async def test_the_address_is_told_to_anybody(amanat: Server) -> None:
    answer = await amanat.request("GET", "/.well-known/matrix/client")

    assert answer.json == {"m.homeserver": {"base_url": "http://localhost:8008"}}


async def test_where_nobody_is_named_there_is_nobody_to_ask(amanat: Server) -> None:
    answer = await amanat.request("GET", "/.well-known/matrix/support")

    assert (answer.status, answer.errcode) == (404, "M_NOT_FOUND")


async def test_the_operator_names_an_address_a_page_and_a_person(tmp_path: Path) -> None:
    config = Config(
        data=str(tmp_path),
        public_url="https://chat.example.org/",
        support_page="https://example.org/help",
        support_email="help@example.org",
    )
    served = Server(Amanat(config, mode=Mode.LAB), FakeClock())
    client = await served.request("GET", "/.well-known/matrix/client")
    support = await served.request("GET", "/.well-known/matrix/support")

    assert client.json == {"m.homeserver": {"base_url": "https://chat.example.org"}}
    assert support.json == {
        "contacts": [{"email_address": "help@example.org", "role": "m.role.admin"}],
        "support_page": "https://example.org/help",
    }

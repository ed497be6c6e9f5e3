"""What somebody is told who makes a bot."""

from amanat.gateway.bots.api import Me
from amanat.gateway.telegram_bot_api.access import access


def test_the_addresses_are_those_that_clients_ask_for() -> None:
    told = access(Me(number=7, username="paspor", name="Kantor"), "7:x", base_url="https://gw.example.id/")
    assert told == {
        "api": "telegram",
        "id": 7,
        "username": "paspor",
        "token": "7:x",
        "api_root": "https://gw.example.id",
        "base_url": "https://gw.example.id/bot",
        "base_file_url": "https://gw.example.id/file/bot",
    }

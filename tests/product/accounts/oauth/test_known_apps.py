"""Which apps are known."""

import pytest

from amanat.product.accounts.oauth.client_metadata import ClientMetadata
from amanat.product.accounts.oauth.clients import Client
from amanat.product.accounts.oauth.known_apps import KnownApps


@pytest.mark.parametrize(
    ("uri", "known"),
    [
        ("https://example.org/", True),
        ("https://app.example.org/", True),
        ("https://notexample.org/", False),
        ("https://example.org.evil.example/", False),
    ],
)
def test_an_app_is_known_by_its_host(uri: str, known: bool) -> None:
    client = Client(client_id="x", metadata=ClientMetadata(client_uri=uri))
    assert KnownApps(["example.org"]).has(client) is known
    assert not KnownApps([""]).has(client)


def test_the_servers_own_app_is_known_by_the_very_address_it_is_answered_at() -> None:
    apps = KnownApps([], own="https://chat.example.org/")
    assert apps.is_own("https://chat.example.org/")
    assert not apps.is_own("https://chat.example.org/elsewhere")
    assert not KnownApps([]).is_own("")

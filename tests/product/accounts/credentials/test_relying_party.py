"""Passkeys are bound to a domain that is written into the data, and are not lost by a change of settings."""

from pathlib import Path

import pytest

from amanat.app import Amanat, Mode
from amanat.config import Config, ConfigError, load
from amanat.product.accounts.credentials.credentials import Credentials
from amanat.product.accounts.credentials.relying_party import RP_ID, RelyingParty, relying_party, settle
from amanat.store.stamp import WrongData
from tests.product.accounts.credentials.authenticator import Authenticator
from tests.server import Server


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        (Config(), RelyingParty(id="localhost", origin="http://localhost:8008")),
        (Config(listen="0.0.0.0:80"), RelyingParty(id="localhost", origin="http://localhost:80")),
        (
            Config(public_url="https://chat.example.org"),
            RelyingParty(id="chat.example.org", origin="https://chat.example.org"),
        ),
        (
            Config(public_url="https://Chat.example.org:443/", passkey_domain="example.org"),
            RelyingParty(id="example.org", origin="https://chat.example.org"),
        ),
        (
            Config(public_url="http://chat.example.org:8080"),
            RelyingParty(id="chat.example.org", origin="http://chat.example.org:8080"),
        ),
    ],
)
def test_passkeys_are_for_the_host_of_the_pages(config: Config, wanted: RelyingParty) -> None:
    assert relying_party(config) == wanted


@pytest.mark.parametrize("domain", ["org", "other.org", "ample.org", "a.chat.example.org"])
def test_no_page_may_use_the_passkeys_of_another_domain(domain: str) -> None:
    with pytest.raises(ConfigError, match="passkey_domain must be"):
        load(flags={"public_url": "https://chat.example.org", "passkey_domain": domain})


async def test_the_domain_is_written_into_the_data(amanat: Server) -> None:
    assert (await amanat.amanat.store.meta())[RP_ID] == "localhost"


async def test_it_may_change_while_there_is_no_passkey(amanat: Server) -> None:
    await settle(amanat.amanat.store, "chat.example.org")
    assert (await amanat.amanat.store.meta())[RP_ID] == "chat.example.org"


async def test_it_may_not_once_there_is_one(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    options = await credentials.passkeys.registration_options(ani.user_id, binding="here")
    await credentials.passkeys.register(ani.user_id, Authenticator().create(options), name="HP", binding="here")
    with pytest.raises(WrongData, match="Set passkey_domain to 'localhost'"):
        await settle(amanat.amanat.store, "chat.example.org")
    await settle(amanat.amanat.store, "localhost")


async def test_a_server_writes_its_public_host(tmp_path: Path) -> None:
    amanat = Amanat(Config(data=str(tmp_path), public_url="https://chat.example.org"), mode=Mode.SERVE)
    await amanat.open()
    try:
        assert (await amanat.store.meta())[RP_ID] == "chat.example.org"
    finally:
        await amanat.close()

"""A server's keys open with their passphrase and for their server, and show nothing otherwise."""

import pytest
from msgspec import json

from amanat.store.data_folder import ServerKeys
from amanat.store.sealed_keys import SealedKeysRefused, seal, unseal

KEYS = ServerKeys(secret=b"s" * 32, signing_key_id="ed25519:a_1", signing_seed=b"t" * 32)
PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal(KEYS, server_name="localhost", passphrase=PASSPHRASE)


def test_the_passphrase_opens_them(sealed: bytes) -> None:
    assert unseal(sealed, server_name="localhost", passphrase=PASSPHRASE) == KEYS


def test_another_passphrase_does_not(sealed: bytes) -> None:
    with pytest.raises(SealedKeysRefused, match="not the passphrase"):
        unseal(sealed, server_name="localhost", passphrase="correct horse batteries")


def test_they_are_of_one_server(sealed: bytes) -> None:
    with pytest.raises(SealedKeysRefused, match="keys of 'localhost'"):
        unseal(sealed, server_name="elsewhere", passphrase=PASSPHRASE)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(SealedKeysRefused, match="at least 12"):
        seal(KEYS, server_name="localhost", passphrase="short")


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]"])
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    with pytest.raises(SealedKeysRefused):
        unseal(content, server_name="localhost", passphrase=PASSPHRASE)


def test_a_forged_file_cannot_ask_for_all_memory(sealed: bytes) -> None:
    forged = json.decode(sealed)
    forged["scrypt"]["n"] = 2**30
    with pytest.raises(SealedKeysRefused):
        unseal(json.encode(forged), server_name="localhost", passphrase=PASSPHRASE)

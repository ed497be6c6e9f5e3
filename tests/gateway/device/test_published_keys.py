"""What a device publishes passes the server's own checks."""

from vodozemac import Account

from amanat.core.device_keys import check_device_keys
from amanat.core.one_time_keys import check_fallback_keys, check_one_time_keys
from amanat.core.signed_json import check_signature
from amanat.gateway.device.published_keys import (
    device_keys,
    fallback_key_of,
    fallback_keys,
    make_fallback_key,
    one_time_keys,
)

OWNER = {"user_id": "@office:x", "device_id": "DEVICE"}


def test_the_identity_is_signed_by_itself() -> None:
    account = Account()
    checked = check_device_keys(device_keys(account, **OWNER), **OWNER)
    assert checked["keys"]["ed25519:DEVICE"] == account.ed25519_key.to_base64()


def test_one_time_keys_are_signed_by_the_device() -> None:
    account = Account()
    account.generate_one_time_keys(3)
    made = check_one_time_keys(one_time_keys(account, **OWNER), **OWNER)
    assert len(made) == 3
    for each in made:
        key = account.ed25519_key.to_base64()
        check_signature(each.key, user_id="@office:x", key_id="ed25519:DEVICE", public_key=key)


def test_a_fallback_key_says_so_and_is_published_once() -> None:
    account = Account()
    make_fallback_key(account)
    (key,) = check_fallback_keys(fallback_keys(account, **OWNER), **OWNER)
    assert key.key["fallback"] is True
    account.mark_keys_as_published()
    assert (fallback_key_of(account), fallback_keys(account, **OWNER)) == ({}, {})

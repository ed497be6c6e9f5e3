"""A device uploads its own keys, signed by itself."""

from typing import Any

import pytest

from amanat.core.device_keys import MAX_BYTES, check_device_keys, ed25519_of
from amanat.core.errors import BadJson, InvalidParam, InvalidSignature, MatrixError
from tests.core.signing import Pair, device

ALICE, PHONE = "@alice:example.org", "PHONE"


def check(uploaded: dict[str, Any]) -> dict[str, Any]:
    return check_device_keys(uploaded, user_id=ALICE, device_id=PHONE)


def test_what_a_client_uploads_is_kept_as_it_is() -> None:
    uploaded = device(ALICE, PHONE, dehydrated=True)
    assert check(uploaded) == uploaded
    assert ed25519_of(uploaded) == Pair(PHONE).public


def test_what_the_signature_does_not_cover_is_dropped() -> None:
    uploaded = device(ALICE, PHONE)
    strangers = {"@eve:example.org": "junk", ALICE: {**uploaded["signatures"][ALICE], "ed25519:X": 7}}
    assert check({**uploaded, "signatures": strangers, "unsigned": {"device_display_name": "x"}}) == uploaded


def test_a_signature_of_the_self_signing_key_stays() -> None:
    uploaded = Pair("self-signing").sign(device(ALICE, PHONE), ALICE)
    assert check(uploaded) == uploaded


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"user_id": "@bob:example.org"}, InvalidParam),
        ({"device_id": "LAPTOP"}, InvalidParam),
        ({"algorithms": "m.olm"}, BadJson),
        ({"algorithms": [1]}, BadJson),
        ({"algorithms": ["m.new"]}, InvalidSignature),
        ({"keys": []}, BadJson),
        ({"keys": {}}, InvalidParam),
        ({"keys": {"ed25519:LAPTOP": Pair(PHONE).public}}, InvalidParam),
        ({"keys": {"ed25519:PHONE": "short"}}, InvalidParam),
        ({"keys": {"ed25519:PHONE": Pair(PHONE).public, "curve25519:PHONE": 1}}, InvalidParam),
        ({"keys": {"ed25519:PHONE": Pair(PHONE).public, "kyber:PHONE": 1}}, InvalidParam),
        ({"keys": {"ed25519:PHONE": Pair("eve").public}}, InvalidSignature),
        ({"signatures": {}}, InvalidSignature),
        ({"signatures": []}, InvalidParam),
    ],
)
def test_keys_that_are_not_right_are_refused(change: dict[str, Any], error: type[MatrixError]) -> None:
    with pytest.raises(error):
        check({**device(ALICE, PHONE), **change})


def test_device_keys_have_a_size() -> None:
    with pytest.raises(InvalidParam):
        check(device(ALICE, PHONE, padding="x" * MAX_BYTES))

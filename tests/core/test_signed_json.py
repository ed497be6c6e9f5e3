"""Signatures are checked over what they cover, and by the key that they name."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.errors import InvalidParam, InvalidSignature
from amanat.core.signed_json import check_signature, is_key, is_signature, public_key_of, signatures_by, signed_by
from tests.core.signing import Pair

ALICE, PAIR = "@alice:example.org", Pair("alice")
KEY_ID = f"ed25519:{PAIR.public}"


def check(signed: dict[str, Any]) -> None:
    check_signature(signed, user_id=ALICE, key_id=KEY_ID, public_key=PAIR.public)


def test_the_example_of_the_specification_verifies() -> None:
    # spec: appendices#test-vectors
    signature = "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw"
    signed = {"one": 1, "two": "Two", "signatures": {"domain": {"ed25519:1": signature}}}
    public_key = "XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI"
    check_signature(signed, user_id="domain", key_id="ed25519:1", public_key=public_key)


values = st.dictionaries(st.text(max_size=3), st.integers(-9, 9) | st.text(max_size=3), max_size=4)


@settings(max_examples=50)
@given(values, values)
def test_a_signature_holds_for_one_object_only(one: dict[str, Any], other: dict[str, Any]) -> None:
    signed = PAIR.sign(one, ALICE)
    check({**signed, "unsigned": {"age": 1}})
    if one != other:
        with pytest.raises(InvalidSignature):
            check({**other, "signatures": signed["signatures"]})


@settings(max_examples=50)
@given(values)
def test_what_is_signed_here_verifies(value: dict[str, Any]) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signed = signed_by({**value, "unsigned": {"age": 1}, "signatures": {"@old": {}}}, ALICE, key=key)
    check_signature(signed, user_id=ALICE, key_id=f"ed25519:{public_key_of(key)}", public_key=public_key_of(key))
    assert signed.keys() == {*value, "signatures"} - {"unsigned"}
    assert signed["signatures"].keys() == {ALICE}


@pytest.mark.parametrize("signature", ["", "a" * 86, "=" * 86, 7, None, []])
def test_what_is_no_signature_is_refused(signature: Any) -> None:
    with pytest.raises(InvalidSignature):
        check({"a": 1, "signatures": {ALICE: {KEY_ID: signature}}})


def test_a_missing_signature_is_refused() -> None:
    with pytest.raises(InvalidSignature):
        check({"a": 1})
    with pytest.raises(InvalidSignature):
        check(Pair("eve").sign({"a": 1}, ALICE))


@pytest.mark.parametrize("signatures", [[], "x", {ALICE: []}, {ALICE: None}, None])
def test_signatures_are_objects_of_objects(signatures: Any) -> None:
    with pytest.raises(InvalidParam):
        signatures_by({"signatures": signatures}, ALICE)


def test_keys_and_signatures_have_a_length_and_no_padding() -> None:
    assert is_key(PAIR.public)
    assert not any(is_key(wrong) for wrong in [PAIR.public + "=", PAIR.public[1:], "-" + PAIR.public[1:], 1, None])
    assert is_signature("a" * 86)
    assert not any(is_signature(wrong) for wrong in ["a" * 88, "a" * 85, "a" * 86 + "\n", b"a" * 86])

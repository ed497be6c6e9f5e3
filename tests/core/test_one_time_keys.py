"""One-time keys: their shape, and what a repeated upload means."""

from typing import Any

import pytest

from amanat.core.errors import BadJson, InvalidParam, MatrixError
from amanat.core.one_time_keys import (
    MAX_HELD,
    MAX_KEY_BYTES,
    OneTimeKey,
    check_fallback_keys,
    check_one_time_keys,
    new_keys,
)
from tests.core.signing import Pair

ALICE, PHONE = "@alice:example.org", "PHONE"


def one_time_key(name: str, **more: Any) -> dict[str, Any]:
    return Pair(PHONE).sign({"key": Pair(name).public, **more}, ALICE, PHONE)


def check(uploaded: dict[str, Any]) -> list[OneTimeKey]:
    return check_one_time_keys(uploaded, user_id=ALICE, device_id=PHONE)


def named(*names: str) -> list[OneTimeKey]:
    return check({f"signed_curve25519:{name}": one_time_key(name) for name in names})


def test_an_upload_is_read() -> None:
    assert [(key.algorithm, key.key_id, key.key) for key in named("AAAAHg", "AAAAHQ")] == [
        ("signed_curve25519", "AAAAHg", one_time_key("AAAAHg")),
        ("signed_curve25519", "AAAAHQ", one_time_key("AAAAHQ")),
    ]


GOOD = one_time_key("A")


@pytest.mark.parametrize(
    ("name", "key", "error"),
    [
        ("signed_curve25519", GOOD, InvalidParam),
        ("signed_curve25519:", GOOD, InvalidParam),
        ("curve25519:A", Pair("A").public, InvalidParam),
        ("signed_curve25519:" + "A" * 255, GOOD, InvalidParam),
        ("signed_curve25519:A", Pair("A").public, BadJson),
        ("signed_curve25519:A", {**GOOD, "fallback": "yes"}, BadJson),
        ("signed_curve25519:A", {**GOOD, "key": "short"}, InvalidParam),
        ("signed_curve25519:A", {"key": GOOD["key"]}, InvalidParam),
        ("signed_curve25519:A", {**GOOD, "signatures": []}, InvalidParam),
        ("signed_curve25519:A", {**GOOD, "signatures": {ALICE: {"ed25519:LAPTOP": "a" * 86}}}, InvalidParam),
        ("signed_curve25519:A", {**GOOD, "signatures": {ALICE: {"ed25519:PHONE": "short"}}}, InvalidParam),
        ("signed_curve25519:A", {**GOOD, "more": "x" * MAX_KEY_BYTES}, InvalidParam),
    ],
)
def test_what_is_no_one_time_key_is_refused(name: str, key: Any, error: type[MatrixError]) -> None:
    with pytest.raises(error):
        check({name: key})


def test_there_is_one_fallback_key() -> None:
    first, second = one_time_key("A", fallback=True), one_time_key("B", fallback=True)
    uploaded = {"signed_curve25519:A": first}
    assert [key.key for key in check_fallback_keys(uploaded, user_id=ALICE, device_id=PHONE)] == [first]
    with pytest.raises(InvalidParam):
        check_fallback_keys({**uploaded, "signed_curve25519:B": second}, user_id=ALICE, device_id=PHONE)


def test_a_repeated_upload_adds_nothing() -> None:
    uploaded = named("A", "B")
    stored = {key.key_id: key.key for key in uploaded}
    assert new_keys(uploaded, stored={}, held=0) == uploaded
    assert new_keys(uploaded, stored=stored, held=2) == []
    signed_again = [OneTimeKey(algorithm="signed_curve25519", key_id="A", key={**stored["A"], "signatures": {}})]
    assert new_keys(signed_again, stored=stored, held=2) == []


def test_an_id_stands_for_one_key() -> None:
    with pytest.raises(InvalidParam):
        new_keys(named("A"), stored={"A": one_time_key("B")}, held=1)


def test_a_device_holds_so_many_keys_and_no_more() -> None:
    assert len(new_keys(named("A"), stored={}, held=MAX_HELD - 1)) == 1
    with pytest.raises(InvalidParam):
        new_keys(named("A"), stored={}, held=MAX_HELD)
    with pytest.raises(InvalidParam):
        check({f"signed_curve25519:{n}": GOOD for n in range(MAX_HELD + 1)})

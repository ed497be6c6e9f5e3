"""Statements of who runs a service's devices: made, countersigned, and worth what they should be."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from amanat.core.errors import InvalidParam
from amanat.core.key_statements import MAX_LIFE_MS, Fault, Operator, Verdict, check, check_shape, countersigned, signed
from amanat.core.signed_json import public_key_of
from tests.core.key_statement_vectors import (
    FILE,
    HOST,
    HOSTED_DEVICE,
    HOSTED_STATEMENT,
    MASTER,
    SERVICE,
    STATEMENT,
    build,
    key,
    written,
)

CASES: list[dict[str, Any]] = json.loads(FILE.read_text())


def test_the_vectors_are_what_is_made_today() -> None:
    assert FILE.read_text() == written(build()), "python -m tests.core.key_statement_vectors writes them anew."


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_statement_is_worth_what_the_vectors_say(case: dict[str, Any]) -> None:
    verdict = check_case(case)
    assert verdict.fault == case["fault"]
    for device in case["devices"]:
        assert verdict.statement is not None
        assert verdict.statement.names(device["id"], device["ed25519"]) is device["named"]


def test_what_cannot_be_believed_at_all_is_not_told() -> None:
    told = {case["fault"] for case in CASES if check_case(case).statement is not None}
    assert told == {None, "early", "not-countersigned", "older", "expired"}


def check_case(case: dict[str, Any]) -> Verdict:
    return check(
        case["published"],
        user_id=case["user_id"],
        master_key=case["master_key"],
        now_ms=case["now_ms"],
        seen_seq=case["seen_seq"],
    )


def test_a_key_signs_only_what_names_it_and_makes_sense() -> None:
    with pytest.raises(InvalidParam):
        signed(STATEMENT, master=key("stranger"))
    with pytest.raises(InvalidParam):
        signed(replace(STATEMENT, expires=STATEMENT.issued + MAX_LIFE_MS + 1), master=MASTER)


def test_an_operator_signs_only_what_names_them() -> None:
    with pytest.raises(InvalidParam):
        countersigned(signed(STATEMENT, master=MASTER), key=HOST)
    with pytest.raises(InvalidParam):
        countersigned(signed(HOSTED_STATEMENT, master=MASTER), key=key("stranger"))


def test_each_operator_has_to_sign() -> None:
    other = key("other host")
    operator = Operator(name="PT Lain", key=public_key_of(other))
    devices = [HOSTED_DEVICE, replace(HOSTED_DEVICE, id="LAIN", operator=operator)]
    published = signed(replace(HOSTED_STATEMENT, devices=devices), master=MASTER)
    once = countersigned(published, key=HOST)
    assert _fault(once) == "not-countersigned"
    assert _fault(countersigned(once, key=other)) is None


def test_what_is_no_statement_is_refused() -> None:
    check_shape(signed(STATEMENT, master=MASTER))
    with pytest.raises(InvalidParam):
        check_shape({"v": 1})


def _fault(published: dict[str, Any]) -> Fault | None:
    about = {"user_id": SERVICE, "master_key": STATEMENT.master_key, "now_ms": STATEMENT.issued, "seen_seq": 0}
    return check_case({"published": published, **about}).fault

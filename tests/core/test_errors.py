"""Every error has the specification's form."""

import inspect
import re

import pytest

from amanat.core import errors

CLASSES = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, errors.MatrixError) and each is not errors.InteractiveAuthNeeded
]
"""All but the one whose body is a list of stages."""


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
def test_an_error_has_a_code_a_status_and_a_sentence(error: type[errors.MatrixError]) -> None:
    body = error("Because.").body()
    assert body["error"] == "Because."
    assert re.fullmatch(r"M_[A-Z_]+|ID\.AMANAT_[A-Z_]+", body.get("errcode", "M_NONE"))
    assert 400 <= error.status < 600


def test_without_a_sentence_the_class_speaks() -> None:
    assert errors.NotFound().body() == {"errcode": "M_NOT_FOUND", "error": "There is nothing here by that name."}


def test_fields_stand_beside_the_code() -> None:
    assert errors.LimitExceeded(retry_after_ms=5).body()["retry_after_ms"] == 5

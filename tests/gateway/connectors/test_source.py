"""What passes between a flow and its sources shows nothing of itself."""

from amanat.gateway.connectors.source import MAX_VALUE, NOT_FOUND, found
from tests.gateway.connectors.calls import call


def test_nothing_that_people_said_is_shown() -> None:
    assert "3171" not in repr(call({"nik": "3171"}))
    assert "secret" not in repr(found({"status": "secret"}))


def test_values_are_cut_and_an_answer_without_any_is_none() -> None:
    assert found({"status": "x" * 10_000}).values == {"status": "x" * MAX_VALUE}
    assert found({"status": "", "office": ""}) == NOT_FOUND

"""Answers carry what browsers and Matrix clients need."""

import pytest

from amanat.core.errors import Forbidden, LimitExceeded
from amanat.edge.responses import CORS, JSON_HEADERS, Response, encode, html, json_response, refusal


@pytest.mark.parametrize(
    "response", [encode({}), html("<p>"), json_response(401, {}), refusal(Forbidden("No.")), encode(b"{}")]
)
def test_every_answer_can_be_read_from_another_origin(response: Response) -> None:
    assert set(CORS) <= set(JSON_HEADERS if response.headers is None else response.headers)


def test_a_refusal_keeps_the_fields_of_its_error() -> None:
    response = refusal(LimitExceeded("Slowly.", retry_after_ms=1))
    assert response.status == 429
    assert response.body == b'{"errcode":"M_LIMIT_EXCEEDED","error":"Slowly.","retry_after_ms":1}'
    assert response.headers is not None
    assert (b"retry-after", b"1") in response.headers


def test_a_response_is_not_encoded_again() -> None:
    response = json_response(401, {"session": "s"})
    assert encode(response) is response

import json

import pytest

from amanat.core.errors import (
    BadJson,
    InternalError,
    LimitExceeded,
    MatrixError,
    MissingToken,
    NotJson,
    TooLarge,
    Unrecognized,
)
from amanat.edge.routes import MethodRefused
from amanat.gateway.cloud_api.errors import CODES, GraphError, in_status, refused


def test_a_refusal_has_meta_s_form() -> None:
    answer = refused(GraphError(131047, "Send a template."))
    error = json.loads(answer.body)["error"]
    assert answer.status == 400
    assert error == {
        "message": "(#131047) Re-engagement message",
        "type": "OAuthException",
        "code": 131047,
        "error_data": {"messaging_product": "whatsapp", "details": "Send a template."},
        "fbtrace_id": "",
        "is_transient": False,
    }
    assert json.loads(refused(GraphError(100, subcode=33)).body)["error"]["error_subcode"] == 33


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (MissingToken(), 190, 401),
        (Unrecognized(), 2500, 400),
        (MethodRefused(["GET"]), 100, 400),
        (TooLarge(), 131053, 400),
        (LimitExceeded(retry_after_ms=1500), 4, 429),
        (InternalError(), 131000, 500),
        (NotJson(), 100, 400),
        (BadJson(), 100, 400),
    ],
)
def test_what_the_edge_refuses_has_a_code_too(error: MatrixError, code: int, status: int) -> None:
    answer = refused(error)
    assert (answer.status, json.loads(answer.body)["error"]["code"]) == (status, code)


def test_who_asks_too_often_is_told_when_to_come_back() -> None:
    assert (b"retry-after", b"2") in (refused(GraphError(131056, retry_ms=1001)).headers or [])


def test_every_code_has_a_status_of_a_refusal() -> None:
    assert all(400 <= status < 600 and title for status, title in CODES.values())
    assert in_status(131026, "Gone.")["error_data"] == {"details": "Gone."}

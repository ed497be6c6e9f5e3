"""Refusals have the API's own form, whoever refuses."""

import json

from amanat.core.errors import InternalError, InvalidParam, TooLarge, TooSlow, Unrecognized
from amanat.edge.routes import MethodRefused
from amanat.gateway.telegram_bot_api.errors import BadRequest, Conflict, TooManyRequests, Unauthorized, refused


def test_a_refusal_tells_its_status_twice() -> None:
    answer = refused(BadRequest("chat not found"))
    assert answer.status == 400
    assert json.loads(answer.body) == {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    assert json.loads(refused(Unauthorized()).body)["description"] == "Unauthorized"
    assert refused(Conflict("x")).status == 409


def test_who_says_too_much_is_told_how_long_to_wait() -> None:
    answer = refused(TooManyRequests(retry_after=3))
    assert json.loads(answer.body) == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert (b"retry-after", b"3") in (answer.headers or [])


def test_what_the_edge_refuses_is_said_in_the_same_form() -> None:
    told = {
        error: (refused(error).status, json.loads(refused(error).body)["description"])
        for error in (
            Unrecognized(),
            MethodRefused(["GET"]),
            TooLarge(),
            TooSlow(),
            InternalError(request_id="x"),
            InvalidParam("The URL is wrong."),
        )
    }
    assert list(told.values()) == [
        (404, "Not Found"),
        (404, "Not Found"),
        (413, "Request Entity Too Large"),
        (400, "Bad Request: the request came too slowly"),
        (500, "Internal Server Error"),
        (400, "Bad Request: The URL is wrong."),
    ]

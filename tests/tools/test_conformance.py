"""Answers are held against a specification; a small one of ours stands for Matrix's."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import json

from tools.conformance.__main__ import EXCEPTIONS, main, split, unheard
from tools.conformance.judge import Exchange, Excuse, Judge, read_exceptions
from tools.conformance.names import FIELDS, PARAMETERS, fill
from tools.conformance.specification import Specification

API = """\
openapi: 3.1.0
servers: [{url: x, variables: {basePath: {default: /_matrix/client/v3}}}]
paths:
  "/rooms/{roomId}/typing":
    get:
      operationId: getTyping
      parameters:
        - {in: path, name: roomId, required: true, schema: {type: string, description: A room.}}
      responses:
        "200": {description: Good., content: {application/json: {schema: {$ref: definitions/typing.yaml}}}}
        "504": {description: Late., content: {application/json: {schema: {$ref: "#/components/schemas/late"}}}}
  "/rooms/mine/typing":
    get: {operationId: getMine, responses: {"200": {description: Good.}}}
components:
  schemas:
    late: {type: object, required: [errcode]}
"""
TYPING = "{type: object, required: [users], properties: {users: {type: array, items: {type: string}}}}"
ROOM = "/_matrix/client/v3/rooms/!a/typing"


@pytest.fixture
def specification(tmp_path: Path) -> Specification:
    folder = tmp_path / "data/api/client-server"
    (folder / "definitions").mkdir(parents=True)
    (folder / "typing.yaml").write_text(API)
    (folder / "definitions/typing.yaml").write_text(TYPING)
    return Specification(tmp_path)


def exchange(status: int, body: Any, *, path: str = ROOM) -> Exchange:
    headers = {"content-type": "application/json"}
    return Exchange(method="GET", target=path, sent=b"", status=status, headers=headers, body=json.encode(body))


def complaints(specification: Specification, *heard: Exchange, excuses: tuple[Excuse, ...] = ()) -> list[str]:
    judge = Judge(specification, excuses=excuses)
    for each in heard:
        judge.hear(each)
    return judge.verdict()


REFUSAL = {"errcode": "M_FORBIDDEN", "error": "You are not in this room."}


@pytest.mark.parametrize(
    ("status", "body"), [(200, {"users": ["@a:b"]}), (403, REFUSAL), (504, REFUSAL), (401, REFUSAL)]
)
def test_an_answer_that_the_specification_describes_is_good(
    specification: Specification, status: int, body: Any
) -> None:
    assert complaints(specification, exchange(status, body)) == []


@pytest.mark.parametrize(
    ("status", "body", "complaint"),
    [
        (200, {}, '"users" is a required property'),
        (200, {"users": [1]}, "1 is not of type"),
        (201, {"users": []}, "does not know that status"),
        (500, REFUSAL, "the server failed"),
        (403, {"error": "No."}, "has no errcode"),
        (403, {"errcode": "M_FORBIDDEN"}, "has no sentence"),
        (504, {}, '"errcode" is a required property'),
    ],
)
def test_an_answer_outside_the_specification_is_not(
    specification: Specification, status: int, body: Any, complaint: str
) -> None:
    assert complaint in "\n".join(complaints(specification, exchange(status, body)))


def test_a_refusal_at_an_unknown_address_has_the_standard_form_too(specification: Specification) -> None:
    assert complaints(specification, exchange(404, REFUSAL, path="/none")) == []
    assert complaints(specification, exchange(404, {}, path="/none"))


def test_a_problem_with_a_reason_is_excused_and_a_reason_without_a_problem_is_not(
    specification: Specification,
) -> None:
    excuse = Excuse(operation="getTyping", status=200, says='"users" is a required', reason="An example.")
    assert complaints(specification, exchange(200, {}), excuses=(excuse,)) == []
    assert "nothing needs" in complaints(specification, exchange(200, {"users": []}), excuses=(excuse,))[0]


def test_an_operation_whose_good_answer_nobody_saw_needs_a_reason(specification: Specification) -> None:
    judge = Judge(specification, excuses=())
    judge.hear(exchange(200, {"users": []}))
    served = specification.operations
    assert unheard(judge, served=served, refused={"getMine"}) == []
    assert [each.partition(":")[0] for each in unheard(judge, served=served, refused=set())] == ["getMine"]
    assert [each.partition(":")[0] for each in unheard(judge, served=served, refused={"getMine", "getTyping"})] == [
        "getTyping"
    ]


def test_a_literal_segment_goes_before_a_parameter(specification: Specification) -> None:
    found = [specification.find("GET", f"/_matrix/client/v3/rooms/{room}/typing") for room in ("mine", "other")]
    assert [operation and operation.operation_id for operation in found] == ["getMine", "getTyping"]
    assert specification.find("POST", ROOM) is None


def test_references_between_files_become_references_in_one_document(specification: Specification) -> None:
    schemas = specification.document["components"]["schemas"]
    assert set(schemas) == {"api.client-server.definitions.typing", "api.client-server.typing.late"}
    room = specification.document["paths"]["/_matrix/client/v3/rooms/{roomId}/typing"]["get"]["parameters"][0]
    assert room["schema"] == {"type": "string", "format": "amanat-parameter-roomId"}


def test_what_no_route_answers_is_told_apart(specification: Specification) -> None:
    served, absent = split(specification.operations)
    assert (served, len(absent)) == ([], 2)


def test_names_become_ids_wherever_they_stand() -> None:
    ids = {"@alice": "@alice1:localhost", "FILE": "abc"}
    body = {"@alice": ["@alice", "alice", 1], "url": "mxc://localhost/FILE"}
    assert fill(body, ids) == {"@alice1:localhost": ["@alice1:localhost", "alice", 1], "url": "mxc://localhost/abc"}


def test_every_table_of_names_has_some() -> None:
    assert all(PARAMETERS.values())
    assert all(FIELDS.values())


def test_every_exception_has_a_reason() -> None:
    exceptions = read_exceptions(EXCEPTIONS)
    assert all(excuse.reason.endswith(".") for excuse in exceptions.exception)
    assert all(exceptions.refused)


def test_without_the_specification_the_run_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MATRIX_SPEC", str(tmp_path / "none"))
    assert main() == 0
    assert "passed over" in capsys.readouterr().out

"""Each refusal has a code of its own, a sentence, and a status that a browser understands."""

from amanat.gateway.desk import errors
from amanat.gateway.desk.errors import Already, DeskError


def test_each_has_a_code_of_its_own() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DeskError)]
    codes = [kind.code for kind in kinds]
    assert len(set(codes)) == len(codes) > 10
    assert {kind.status for kind in kinds if kind is not DeskError} == {400, 401, 403, 404, 409, 413, 503}


def test_it_says_what_the_app_needs_beside_its_sentence() -> None:
    assert Already(line={"number": "A"}).body() == {
        "code": "ALREADY",
        "message": "This has been done already.",
        "line": {"number": "A"},
    }

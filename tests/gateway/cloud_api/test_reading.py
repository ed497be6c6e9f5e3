import pytest
from msgspec import Struct

from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.reading import as_object, at_most, one_of, read, read_json


class Shape(Struct):
    body: str
    latitude: float = 0.0


def refused(ask: object) -> tuple[int, str]:
    assert isinstance(ask, GraphError)
    return ask.code, ask.details


def test_what_is_not_used_is_not_looked_at_and_numbers_may_be_strings() -> None:
    assert read({"body": "a", "preview_url": [1], "latitude": "-6.2"}, Shape, at="text") == Shape("a", -6.2)


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ({}, 131008, "text.body"),
        ({"body": 3}, 100, "text.body"),
        ({"body": None}, 100, "text.body"),
        ([], 100, "text"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(value: object, code: int, words: str) -> None:
    with pytest.raises(GraphError) as error:
        read(value, Shape, at="text")
    assert refused(error.value)[0] == code
    assert words in refused(error.value)[1]


def test_an_object_may_be_a_string_of_json() -> None:
    assert as_object('{"buttons": []}', at="action") == as_object({"buttons": []}, at="action") == {"buttons": []}
    for wrong in ("[]", "{", 3, "[" * 100_000):
        with pytest.raises(GraphError):
            as_object(wrong, at="action")
    with pytest.raises(GraphError):
        read_json(b'"\\ud800"', at="The body")


def test_texts_have_limits_and_words_a_list() -> None:
    assert at_most("abc", 3, at="x") == "abc"
    with pytest.raises(GraphError) as none:
        at_most("  ", 3, at="x")
    with pytest.raises(GraphError) as long:
        at_most("abcd", 3, at="x")
    assert (none.value.code, long.value.code) == (131008, 100)
    assert one_of("utility", ("UTILITY", "MARKETING"), at="category") == "UTILITY"
    with pytest.raises(GraphError):
        one_of("other", ("UTILITY",), at="category")

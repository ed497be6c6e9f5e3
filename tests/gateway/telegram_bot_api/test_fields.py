"""Parameters have a type, whatever they came as."""

import pytest

from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.fields import Fields, Upload


@pytest.mark.parametrize(
    ("value", "number"),
    [("7", 7), (7, 7), (7.0, 7), (" -7 ", -7), (None, 1), ("", 1), ("+7", 7)],
)
def test_numbers(value: object, number: int) -> None:
    assert Fields({"n": value}).number("n", 1) == number


@pytest.mark.parametrize("value", ["x", "7.5", 7.5, True, [], "٧", "1" * 19, 1e300, 10**18, -(10**400)])
def test_what_is_no_number(value: object) -> None:
    with pytest.raises(BadRequest, match='field "n" must be of type Number'):
        Fields({"n": value}).number("n")


@pytest.mark.parametrize(("value", "is_so"), [("true", 1), ("True", 1), ("1", 1), (1, 1), (True, 1), ("no", 0), (0, 0)])
def test_flags(value: object, is_so: int) -> None:
    assert Fields({"f": value}).flag("f") is bool(is_so)
    assert Fields({}).flag("f", default=True)


def test_real_numbers() -> None:
    assert [Fields({"r": value}).real("r") for value in ("-6.2", 106, None, "")] == [-6.2, 106.0, None, None]
    for value in ("nan", "x", True, [1], "inf", 10**400):
        with pytest.raises(BadRequest, match='field "r" must be of type Number'):
            Fields({"r": value}).real("r")


def test_texts() -> None:
    fields = Fields({"Text": "a", "id": 5, "no": [1]})
    assert (fields.text("text"), fields.text("id"), fields.text("none", "x"), "text" in fields) == ("a", "5", "x", True)
    with pytest.raises(BadRequest, match="chat_id is empty"):
        fields.required_text("chat_id", "chat_id is empty")
    with pytest.raises(BadRequest, match="must be of type String"):
        fields.text("no")


def test_nested_values_come_as_json_or_as_they_are() -> None:
    fields = Fields({"a": '{"b": [1]}', "c": {"b": [1]}, "d": "[1]", "e": "{", "f": '"x"', "deep": "[" * 100_000})
    assert fields.mapping("a", "no") == fields.mapping("c", "no") == {"b": [1]}
    assert (fields.items("d", "no"), fields.items("none", "no"), fields.structure("f", "no")) == ([1], None, "x")
    for read, name in ((fields.mapping, "d"), (fields.items, "a"), (fields.structure, "e"), (fields.structure, "deep")):
        with pytest.raises(BadRequest, match="no such object"):
            read(name, "no such object")


def test_the_same_call_with_other_values() -> None:
    upload = Upload(name="a", mimetype="b", content=b"c")
    other = Fields({"a": 1, "b": 2}, {"f": upload}).with_values(a=3)
    assert (other.values, other.files) == ({"a": 3, "b": 2}, {"f": upload})

"""Percent-decoding gives back what was encoded, and refuses the rest."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.core.errors import InvalidParam
from amanat.edge.percent import decode, parse_query

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(texts)
def test_decoding_gives_back_what_was_encoded(text: str) -> None:
    assert decode(quote(text, safe="")) == text


@pytest.mark.parametrize(("encoded", "text"), [("%2f", "/"), ("%2F", "/"), ("%252F", "%2F"), ("a+b", "a+b")])
def test_one_layer_of_encoding_is_taken_off(encoded: str, text: str) -> None:
    assert decode(encoded) == text


@pytest.mark.parametrize("broken", ["%", "%2", "a%zz", "%2%20", "%-1", "%ff", "%ed%a0%80", "%00", "a%00b"])
def test_what_cannot_be_read_is_refused(broken: str) -> None:
    with pytest.raises(InvalidParam):
        decode(broken)
    with pytest.raises(InvalidParam):
        parse_query(f"name={broken}")


@given(st.lists(st.tuples(texts, texts)))
def test_a_query_keeps_all_values_in_order(pairs: list[tuple[str, str]]) -> None:
    expected: dict[str, list[str]] = {}
    for name, value in pairs:
        expected.setdefault(name, []).append(value)
    assert parse_query(urlencode(pairs)) == expected


@pytest.mark.parametrize(
    ("query", "values"),
    [("", {}), ("a", {"a": [""]}), ("a=&&b=1=2", {"a": [""], "b": ["1=2"]}), ("a=x+y%2B", {"a": ["x y+"]})],
)
def test_a_query_is_read_as_browsers_write_it(query: str, values: dict[str, list[str]]) -> None:
    assert parse_query(query) == values

"""Canonical JSON against the specification's examples and the standard library."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.canonical_json import MAX_INTEGER, decode, encode
from amanat.core.errors import BadJson, NotJson

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


def by_the_book(value: Any) -> bytes:
    """The specification's own code."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("UTF-8")


@pytest.mark.parametrize(
    ("body", "canonical"),
    [
        ("{}", "{}"),
        ('{"one": 1, "two": "Two"}', '{"one":1,"two":"Two"}'),
        ('{"b": "2", "a": "1"}', '{"a":"1","b":"2"}'),
        ('{"a": {"d": true, "c": [{"f": 1, "e": 2}]}}', '{"a":{"c":[{"e":2,"f":1}],"d":true}}'),
        ('{"a": "日本語"}', '{"a":"日本語"}'),
        ('{"本": 2, "日": 1}', '{"日":1,"本":2}'),
        ('{"a": "\\u65E5"}', '{"a":"日"}'),
        ('{"a": null}', '{"a":null}'),
        ('{"a": -0}', '{"a":0}'),
    ],
)
def test_the_specifications_examples_encode_as_it_says(body: str, canonical: str) -> None:
    assert encode(decode(body.encode())) == canonical.encode()


@given(json_values)
@settings(max_examples=100)
def test_encoding_equals_the_specifications_own_code(value: Any) -> None:
    assert encode(value) == by_the_book(value)


@given(json_values, st.booleans())
@settings(max_examples=100)
def test_what_any_encoder_writes_is_read_back(value: Any, ascii_only: bool) -> None:
    assert decode(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"{}x", b"{'a':1}", b"[1,]", b"NaN", b"01", b'"\x01"', b"\xef\xbb\xbf{}", b'"\xff"', b'"\xed\xa0\x80"'],
)
def test_what_is_not_json_is_refused_as_such(body: bytes) -> None:
    with pytest.raises(NotJson):
        decode(body)


@pytest.mark.parametrize(
    "body",
    [
        b"1.0",
        b'{"a": [1e10]}',
        b"-0.0",
        b"9007199254740992",
        b"-9007199254740992",
        b"1" * 5000,
        rb'"\ud800"',
        rb'{"\udc00\ud800": 1}',
        b"[" * 101 + b"]" * 101,
        b"[" * 100_000,
        b'{"a":' * 101 + b"1" + b"}" * 101,
    ],
)
def test_json_that_has_no_canonical_form_is_refused(body: bytes) -> None:
    with pytest.raises(BadJson):
        decode(body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": 1, "a": 1}',
        b'[{"b": {"a": [], "a": "x"}}]',
        rb'{"a": "\"", "\u0061": 2}',
        rb'{"\\": 1, "\\": "\\\""}',
        b'{"": null, "": null}',
    ],
)
def test_a_key_that_is_there_twice_is_refused(body: bytes) -> None:
    with pytest.raises(BadJson, match="same key twice"):
        decode(body)


def test_the_largest_integers_and_the_deepest_nesting_are_read() -> None:
    assert decode(b"[9007199254740991, -9007199254740991]") == [MAX_INTEGER, -MAX_INTEGER]
    assert encode(decode(b"[" * 100 + b"]" * 100)) == b"[" * 100 + b"]" * 100


def test_u0000_in_content_is_legal_and_kept() -> None:
    assert encode(decode(rb'{"body": "a\u0000b"}')) == rb'{"body":"a\u0000b"}'


@pytest.mark.parametrize("value", [1.5, {"a": [2**53]}, {"a": "\ud800"}, {"a": b"bytes"}, [(1, 2)]])
def test_a_value_without_canonical_form_is_not_encoded(value: Any) -> None:
    with pytest.raises(BadJson):
        encode(value)

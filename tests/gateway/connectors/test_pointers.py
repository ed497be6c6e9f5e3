"""What a JSON pointer leads to, as text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.gateway.connectors.pointers import NoJson, is_pointer, read_json, text_at

DOCUMENT = rb"""{"a": {"b/c": "slash", "d~e": "tilde", "": "empty", "list": ["zero", {"deep": 12.50}]},
    "paid": true, "free": false, "none": null, "big": 123456789012345678901234567890.10}"""


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/a/b~1c", "slash"),
        ("/a/d~0e", "tilde"),
        ("/a/", "empty"),
        ("/a/list/0", "zero"),
        ("/a/list/1/deep", "12.50"),
        ("/paid", "true"),
        ("/free", "false"),
        ("/none", ""),
        ("/big", "123456789012345678901234567890.10"),
        ("/a", ""),
        ("/a/list", ""),
        ("/a/list/2", ""),
        ("/a/list/-1", ""),
        ("/a/list/00", ""),
        ("/a/list/٠", ""),
        ("/nowhere/at/all", ""),
        ("/paid/x", ""),
    ],
)
def test_a_pointer_leads_to_text_or_nowhere(pointer: str, text: str) -> None:
    assert is_pointer(pointer)
    assert text_at(read_json(DOCUMENT), pointer) == text


@pytest.mark.parametrize("pointer", ["", "a", "a/b", "/a~", "/a~2"])
def test_what_is_no_pointer_is_told(pointer: str) -> None:
    assert not is_pointer(pointer)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"NaN", b"[" * 60_000, b'{"a": Infinity}'])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(NoJson):
        read_json(body)


@given(st.dictionaries(st.text(), st.text()))
def test_every_name_has_a_pointer(document: dict[str, str]) -> None:
    read = read_json(json.dumps(document).encode())
    for name, value in document.items():
        assert text_at(read, "/" + name.replace("~", "~0").replace("/", "~1")) == value

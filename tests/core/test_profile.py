from typing import Any

import pytest

from amanat.core.errors import BadJson, Forbidden, InvalidParam, KeyTooLarge, MatrixError
from amanat.core.identifiers import BOT_FIELD, HANDLE_FIELD, KEY_HOLDERS_FIELD, PROGRAMS_FIELD
from amanat.core.profile import check_name, check_value, is_removal, search_name, size
from tests.core.key_statement_vectors import build


@pytest.mark.parametrize("field", ["displayname", "avatar_url", "m.tz", "org.example.pronouns", HANDLE_FIELD])
def test_fields_of_the_specification_and_namespaced_ones_may_be_set(field: str) -> None:
    check_name(field)


@pytest.mark.parametrize(
    ("field", "refusal"),
    [
        ("nickname", InvalidParam),
        ("Org.Example", InvalidParam),
        ("org.example.\0", InvalidParam),
        ("", InvalidParam),
        ("org.example." + "x" * 250, KeyTooLarge),
        ("id.amanat.class", Forbidden),
    ],
)
def test_other_names_are_refused(field: str, refusal: type[MatrixError]) -> None:
    with pytest.raises(refusal):
        check_name(field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("displayname", "Ani 🌺"),
        ("avatar_url", "mxc://localhost/abc_DEF-1"),
        ("m.tz", "Asia/Jakarta"),
        ("org.example.any", {"of": ["any", 1, None]}),
        (KEY_HOLDERS_FIELD, build()[0]["published"]),
        (PROGRAMS_FIELD, {"v": 1, "programs": [], "sent_to": []}),
        (BOT_FIELD, {"v": 1, "about": {"": "Toko"}}),
    ],
)
def test_a_value_that_fits_its_field_is_taken(field: str, value: Any) -> None:
    check_value(field, value)


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("displayname", 3, BadJson),
        ("displayname", "x" * 257, InvalidParam),
        ("avatar_url", "https://example.org/a.png", InvalidParam),
        ("avatar_url", "mxc://localhost/a/b", InvalidParam),
        ("m.tz", None, BadJson),
        (HANDLE_FIELD, {}, BadJson),
        (KEY_HOLDERS_FIELD, {}, InvalidParam),
    ],
)
def test_a_value_that_does_not_is_refused(field: str, value: Any, refusal: type[MatrixError]) -> None:
    with pytest.raises(refusal):
        check_value(field, value)


def test_an_empty_name_or_picture_is_none() -> None:
    assert is_removal("displayname", "")
    assert is_removal("avatar_url", None)
    assert not is_removal("org.example.any", None)


def test_a_field_counts_as_it_stands_in_the_whole_profile() -> None:
    assert size("m.tz", b'"UTC"') == len('"m.tz":"UTC",')


def test_a_search_finds_names_in_whatever_case() -> None:
    assert search_name("ÄNI\0") == search_name("äni")

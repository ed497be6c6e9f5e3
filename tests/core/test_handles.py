import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.errors import InvalidUsername
from amanat.core.handles import MAX_HANDLE, fold, is_handle, normalise

HANDLES = st.from_regex(r"[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "handle"),
    [("Ani", "ani"), (" ani ", "ani"), ("ａｎｉ", "ani"), ("kantor.pajak-2", "kantor.pajak-2"), ("a" * 64, "a" * 64)],
)
def test_a_handle_is_what_somebody_means_who_types_it(typed: str, handle: str) -> None:
    assert normalise(typed) == handle


@pytest.mark.parametrize(
    "typed",
    ["", " ", "аni", "ani budi", "-ani", "ani.", "ani\0", "ani@home", "é", "a" * (MAX_HANDLE + 1), "İ"],
)
def test_what_is_not_plain_ascii_is_no_handle(typed: str) -> None:
    with pytest.raises(InvalidUsername):
        normalise(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("budi1", "budil"), ("budi1", "budii"), ("toko0", "tokoo"), ("a.b", "a_b"), ("a.b", "a-b"), ("arni", "ami")],
)
def test_handles_that_look_alike_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ani", "ane"), ("ani", "anni"), ("user-1-11", "user-11-1")])
def test_handles_that_differ_to_the_eye_fold_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(max_examples=100)
@given(HANDLES)
def test_a_handle_stands_as_it_is(handle: str) -> None:
    assert is_handle(handle)
    assert normalise(handle.upper()) == handle

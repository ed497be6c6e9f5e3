from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.keyed_hash import keyed_hash, subkey

PARTS = st.lists(st.text(max_size=4), max_size=4)


def test_what_serves_one_purpose_serves_no_other() -> None:
    assert len({subkey(b"s" * 32, "pin"), subkey(b"s" * 32, "otp"), subkey(b"t" * 32, "pin")}) == 3


def test_text_and_its_bytes_are_alike() -> None:
    assert keyed_hash(b"k", "é") == keyed_hash(b"k", "é".encode())
    assert keyed_hash(b"k", "é") != keyed_hash(b"l", "é")


@settings(max_examples=100)
@given(PARTS, PARTS)
def test_other_parts_have_another_hash(some: list[str], others: list[str]) -> None:
    assert (keyed_hash(b"k", *some) == keyed_hash(b"k", *others)) == (some == others)

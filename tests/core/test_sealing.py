from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.sealing import NONCE_BYTES, seal, unseal

KEY = b"k" * 32
NONCE = b"n" * NONCE_BYTES


@settings(max_examples=50)
@given(st.text(max_size=50))
def test_what_is_sealed_can_be_read_again(plain: str) -> None:
    assert unseal(KEY, seal(KEY, plain, about="@ani", nonce=NONCE), about="@ani") == plain


def test_nothing_is_read_with_another_key_or_in_another_row() -> None:
    sealed = seal(KEY, "ani@example.org", about="@ani", nonce=NONCE)
    assert b"ani" not in sealed
    assert unseal(b"l" * 32, sealed, about="@ani") is None
    assert unseal(KEY, sealed, about="@eve") is None


@settings(max_examples=50)
@given(st.binary(max_size=40))
def test_what_was_never_sealed_is_nothing(junk: bytes) -> None:
    assert unseal(KEY, junk, about="@ani") is None

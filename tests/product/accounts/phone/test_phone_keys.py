from amanat.product.accounts.phone.phone_keys import PhoneKeys
from tests.product.accounts.phone.people import ANI, BUDI


def keys(secret: bytes = b"s" * 32) -> PhoneKeys:
    return PhoneKeys(lambda: secret)


def test_a_number_has_one_hash_and_others_have_others() -> None:
    assert keys().number_hash(ANI) == keys().number_hash(ANI)
    assert len({keys().number_hash(ANI), keys().number_hash(BUDI), keys(b"t" * 32).number_hash(ANI)}) == 3


def test_the_same_code_is_stored_differently_each_time() -> None:
    assert keys().code_hash("one", "123456") != keys().code_hash("two", "123456")


def test_what_is_counted_in_two_scopes_is_counted_apart() -> None:
    assert keys().subject("prefix", "ID") != keys().subject("country", "ID")


def test_a_sealed_number_opens_in_its_own_row_alone() -> None:
    sealed = keys().seal(ANI, about="a")
    assert sealed != keys().seal(ANI, about="a")
    assert keys().unseal(sealed, about="a") == ANI
    assert keys().unseal(sealed, about="b") is None
    assert keys(b"t" * 32).unseal(sealed, about="a") is None


def test_the_secret_is_not_asked_for_before_it_is_needed() -> None:
    def secret() -> bytes:
        raise AssertionError("asked")

    PhoneKeys(secret)

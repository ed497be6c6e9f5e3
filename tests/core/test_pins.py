import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.pins import FREE_TRIES, SENTENCES, WAITS_MS, Weakness, wait_ms, weakness


@pytest.mark.parametrize("pin", ["", "12345", "1" * 13, "12345a", "482 915", "٤٨٢٩١٥", "482915\0", "４８２９１５"])
def test_a_pin_is_six_to_twelve_plain_digits(pin: str) -> None:
    assert weakness(pin) is Weakness.SHAPE


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("000000", Weakness.FEW_DIGITS),
        ("112122", Weakness.FEW_DIGITS),
        ("123456", Weakness.RUN),
        ("987654", Weakness.RUN),
        ("678901", Weakness.RUN),
        ("123123", Weakness.REPEATED),
        ("20482048", Weakness.REPEATED),
        ("170845", Weakness.DATE),
        ("570890", Weakness.DATE),
        ("920229", Weakness.DATE),
        ("17081945", Weakness.DATE),
        ("19920229", Weakness.DATE),
    ],
)
def test_what_anybody_would_try_first_is_refused(pin: str, why: Weakness) -> None:
    assert weakness(pin) is why


@pytest.mark.parametrize("pin", ["482915", "739164", "48291537", "314159265358"])
def test_other_digits_are_taken(pin: str) -> None:
    assert weakness(pin) is None


def test_every_weakness_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Weakness)


@settings(max_examples=100)
@given(st.dates().map(lambda day: day.strftime("%d%m%y")))
def test_no_birthday_is_a_pin(pin: str) -> None:
    assert weakness(pin) is not None


@settings(max_examples=50)
@given(st.integers(min_value=0, max_value=10_000))
def test_waits_never_shrink(failures: int) -> None:
    assert wait_ms(failures) <= wait_ms(failures + 1) <= WAITS_MS[-1]


def test_the_first_tries_are_free() -> None:
    assert [wait_ms(failures) for failures in range(FREE_TRIES + 1)] == [0] * FREE_TRIES + [WAITS_MS[0]]

"""A slip in a number is noticed, and numbers tell nothing of each other."""

from hypothesis import given
from hypothesis import strategies as st

from amanat.core.spoken_numbers import ALPHABET
from amanat.gateway.appointments.numbers import number_of, read_number

numbers = st.builds(number_of, st.sampled_from(["P", "PSP", "KTN2"]), st.binary(min_size=16, max_size=16))


@given(numbers)
def test_a_number_is_read_however_it_is_written(number: str) -> None:
    assert read_number(number) == number
    assert read_number(number.lower().replace("-", " ")) == number
    assert read_number(f" {number.replace('-', '')}.") == number


@given(numbers, st.data())
def test_every_single_wrong_character_is_noticed(number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([place for place, character in enumerate(number) if character != "-"]))
    for wrong in set(ALPHABET) - {number[place]}:
        assert read_number(number[:place] + wrong + number[place + 1 :]) is None


@given(numbers)
def test_every_two_neighbours_in_the_wrong_order_are_noticed(number: str) -> None:
    plain = number.replace("-", "")
    for place in range(len(plain) - 1):
        if plain[place] != plain[place + 1]:
            swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
            assert read_number(swapped) is None, swapped


def test_what_is_no_number_is_none() -> None:
    for text in ("", "halo", "PSP", "PSP-7K4M-92X", "PSP-7K4M-92XCC", "PSP-OOOO-1111", "9" * 200):
        assert read_number(text) is None


def test_numbers_of_neighbours_have_nothing_in_common() -> None:
    found = {number_of("PSP", bytes(15) + bytes([seed])) for seed in range(256)}
    assert len(found) == 256
    assert len({number[4:7] for number in found}) > 200

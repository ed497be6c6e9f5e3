import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from amanat.core.phone_numbers import NumberRefused, PhoneNumber, is_country, mask, parse, prefix_of

INDONESIA = ("ID",)
TEXTED = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


@pytest.mark.parametrize(
    "written", ["+62 812-3456-789", "0812 3456 789", "(0812) 3456789", "62812 3456789", "+628123456789", "08123456789"]
)
def test_a_number_is_read_however_people_write_it(written: str) -> None:
    assert parse(written, countries=INDONESIA) == PhoneNumber(e164="+628123456789", country="ID")


def test_neighbours_share_a_prefix() -> None:
    one, other = (parse(number, countries=INDONESIA) for number in ("+628123456789", "+628123450000"))
    assert prefix_of(one.e164) == prefix_of(other.e164) == "+62812345"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "is not a phone number"),
        ("112", "is not a phone number"),
        ("+62 80", "is not a phone number"),
        ("hello", "is not a phone number"),
        ("0800 FLOWERS", "is not a phone number"),
        ("08123456789 ext. 5", "is not a phone number"),
        ("08123456789;phone-context=x", "is not a phone number"),
        ("+62812345678\n", "is not a phone number"),
        ("+62812345678\0", "is not a phone number"),
        ("\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667", "is not a phone number"),
        ("0" * 1000, "is not a phone number"),
        ("+62 21 555 1234", "fixed line"),
        ("+62 800 123 4567", "toll-free"),
        ("+62 809 123 4567", "premium-rate"),
        ("+62 804 123 4567", "shared-cost"),
        ("+62 807 112 3456", "company's"),
        ("+62 868 1234 5678", "satellite"),
        ("+870 773 111 632", "satellite"),
        ("+881 6 1234 5678", "satellite"),
        ("+883 5100 12345", "satellite or international network"),
        ("+1 202 555 0123", "numbers of ID only"),
        ("+65 8123 4567", "numbers of ID only"),
    ],
)
def test_what_no_text_is_sent_to_is_refused_with_its_reason(written: str, why: str) -> None:
    with pytest.raises(NumberRefused, match=why):
        parse(written, countries=INDONESIA)


@pytest.mark.parametrize(
    ("country", "kind", "why"),
    [
        ("GB", PhoneNumberType.VOIP, "internet telephony"),
        ("GB", PhoneNumberType.PAGER, "pager"),
        ("GB", PhoneNumberType.PERSONAL_NUMBER, "forwards"),
        ("IE", PhoneNumberType.VOICEMAIL, "voicemail"),
    ],
)
def test_each_kind_that_is_refused_has_its_reason(country: str, kind: int, why: str) -> None:
    number = phonenumbers.example_number_for_type(country, kind)
    assert number is not None
    with pytest.raises(NumberRefused, match=why):
        parse(phonenumbers.format_number(number, PhoneNumberFormat.E164), countries=(country,))


@pytest.mark.parametrize("country", ["ID", "MY", "SG", "US", "NL"])
def test_mobile_numbers_of_each_country_of_the_list_are_taken(country: str) -> None:
    number = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    assert number is not None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    assert parse(e164, countries=("ID", country)).country == country


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=20), st.from_regex(r"\+?[0-9 ().-]{0,20}", fullmatch=True)))
def test_whatever_is_written_is_a_number_that_takes_texts_or_is_refused(written: str) -> None:
    try:
        number = parse(written, countries=INDONESIA)
    except NumberRefused:
        return
    read = phonenumbers.parse(number.e164)
    assert number.e164.startswith("+62")
    assert phonenumbers.number_type(read) in TEXTED
    assert parse(number.e164, countries=INDONESIA) == number


def test_a_number_is_shown_by_its_country_and_its_last_two_digits() -> None:
    assert mask("+628123456734") == "+62 ••• ••34"
    assert mask("+12025550123") == "+1 ••• ••23"


def test_countries_are_those_with_phone_numbers() -> None:
    assert is_country("ID")
    assert not any(is_country(code) for code in ("id", "XX", "001", "", "Indonesia"))

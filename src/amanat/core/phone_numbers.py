"""Phone numbers: which ones a code may be sent to, and how one is shown to people. Pure."""

from collections.abc import Sequence
from typing import Final

import phonenumbers
from msgspec import Struct
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from amanat.core.errors import MatrixError
from amanat.core.identifiers import ERROR_NAMESPACE

MAX_LENGTH: Final = 32
"""Characters of a number as a person writes it: fifteen digits at most, and what they put between them."""

_LINE_DIGITS: Final = 4
# Letters are refused: the parser would read "0800 FLOWERS" as digits.
_WRITTEN: Final = frozenset("0123456789+ -.()/\u00a0\u2010\u2011\u2012\u2013")
_GLOBAL: Final = "001"
# What has a country code of its own (+870, +881) is known by its region. The parser's data has this one as mobile.
_SATELLITES: Final = ("+62868",)

_ACCEPTED: Final = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
_OF_KIND: Final = {
    PhoneNumberType.FIXED_LINE: "That is a fixed line, which cannot receive a text.",
    PhoneNumberType.TOLL_FREE: "That is a toll-free number, which nobody carries with them.",
    PhoneNumberType.PREMIUM_RATE: "That is a premium-rate number, and no text is sent to those.",
    PhoneNumberType.SHARED_COST: "That is a shared-cost number, and no text is sent to those.",
    PhoneNumberType.VOIP: "That is an internet telephony number, and no text is sent to those.",
    PhoneNumberType.PERSONAL_NUMBER: "That number forwards to others, and no text is sent to those.",
    PhoneNumberType.PAGER: "That is a pager.",
    PhoneNumberType.UAN: "That is a company's number.",
    PhoneNumberType.VOICEMAIL: "That is a voicemail box.",
}
_SATELLITE: Final = "That is a satellite or international network's number, and no text is sent to those."
_NO_NUMBER: Final = "That is not a phone number. Write it with its country code, as +62 812 3456 789."
_OTHER: Final = "No text can be sent to that kind of number."


class NumberRefused(MatrixError):
    """No text can be sent to that number."""

    errcode, status = f"{ERROR_NAMESPACE}NUMBER_REFUSED", 400


class PhoneNumber(Struct, frozen=True, kw_only=True):
    """A number that a code may be sent to: in the form +62812345678, and its country as in ISO 3166."""

    e164: str
    country: str


def prefix_of(e164: str) -> str:
    """Return a number without its last four digits: what it shares with those a fraudster rents in one range."""
    return e164[:-_LINE_DIGITS]


def is_country(code: str) -> bool:
    """Whether this is the ISO 3166 code of a country with phone numbers."""
    return code in phonenumbers.SUPPORTED_REGIONS


def parse(written: str, *, countries: Sequence[str]) -> PhoneNumber:
    """Read a number; raises `NumberRefused`. One without a country code is of the first of `countries`."""
    if len(written) > MAX_LENGTH or not _WRITTEN.issuperset(written):
        raise NumberRefused(_NO_NUMBER)
    try:
        number = phonenumbers.parse(written, countries[0])
    except NumberParseException:
        raise NumberRefused(_NO_NUMBER) from None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    country = phonenumbers.region_code_for_number(number)
    if country == _GLOBAL or e164.startswith(_SATELLITES):
        raise NumberRefused(_SATELLITE)
    if country is None or not phonenumbers.is_valid_number(number):
        raise NumberRefused(_NO_NUMBER)
    if country not in countries:
        raise NumberRefused(f"This server sends texts to numbers of {', '.join(countries)} only.")
    kind = phonenumbers.number_type(number)
    if kind not in _ACCEPTED:
        raise NumberRefused(_OF_KIND.get(kind, _OTHER))
    return PhoneNumber(e164=e164, country=country)


def mask(e164: str) -> str:
    """Return enough of a number for its owner to know it by: +62 ••• ••34."""
    code = phonenumbers.parse(e164).country_code
    return f"+{code} ••• ••{e164[-2:]}"

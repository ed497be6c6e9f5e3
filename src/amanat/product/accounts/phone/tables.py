"""Rows of numbers, codes, and what bounds the sending of them."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class PhoneRow(Struct, frozen=True):
    """The number of an account."""

    user_id: str
    number_hash: bytes
    sealed_number: bytes
    linked_ts: int


class PhoneOwnerRow(Struct, frozen=True):
    """The account of a number."""

    number_hash: bytes
    user_id: str


class PhoneCodeRow(Struct, frozen=True):
    """The one code that is good for a number."""

    number_hash: bytes
    challenge_hash: bytes
    code_hash: bytes
    sealed_number: bytes
    purpose: str
    created_ts: int
    guesses: int


class PhoneSendRow(Struct, frozen=True):
    """When a number was sent codes in the last day, as a JSON list, and who asked last."""

    number_hash: bytes
    address_hash: bytes
    sent: bytes
    last_ts: int


class PhoneCountRow(Struct, frozen=True):
    """Codes sent within one hour for an address block, a prefix or a country, and how many of them were entered."""

    scope: str
    subject: bytes
    hour: int
    sent: int
    verified: int


class PhoneWorkRow(Struct, frozen=True):
    """A proof of work that was shown, and is not good again."""

    nonce: str
    expires_ts: int


class SmsSpendingRow(Struct, frozen=True):
    """What an adapter's texts of one day have cost, and how they went."""

    day: int
    adapter: str
    spent: int
    sent: int
    failed: int


PHONES = Table("phones", PhoneRow, key=1)
PHONE_OWNERS = Table("phone_owners", PhoneOwnerRow, key=1)
PHONE_CODES = Table("phone_codes", PhoneCodeRow, key=1)
PHONE_SENDS = Table("phone_sends", PhoneSendRow, key=1)
PHONE_COUNTS = Table("phone_counts", PhoneCountRow, key=3)
PHONE_WORK = Table("phone_work", PhoneWorkRow, key=1)
SMS_SPENDING = Table("sms_spending", SmsSpendingRow, key=2)

_sql = QueryFile("amanat.product.accounts.phone", "phones")
PHONE_OF_USER = _sql.query("phone_of_user", PhoneRow)
PHONE_OWNER = _sql.query("phone_owner", PhoneOwnerRow)
PHONE_CODE = _sql.query("phone_code", PhoneCodeRow)
OLD_PHONE_CODES = _sql.query("old_phone_codes", PhoneCodeRow)
OLD_PHONE_SENDS = _sql.query("old_phone_sends", PhoneSendRow)
OLD_PHONE_COUNTS = _sql.query("old_phone_counts", PhoneCountRow)
OLD_PHONE_WORK = _sql.query("old_phone_work", PhoneWorkRow)
OLD_SMS_SPENDING = _sql.query("old_sms_spending", SmsSpendingRow)

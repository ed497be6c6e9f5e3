"""What the credentials of an account are kept as: nothing here opens anything without `secret.key`."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class PinRow(Struct, frozen=True):
    """The PIN of an account, and how often it was tried in vain."""

    user_id: str
    pin_hash: str
    active_ts: int
    failures: int
    next_try_ts: int
    day_began_ts: int
    day_tries: int
    reset_ts: int | None


class PasskeyRow(Struct, frozen=True):
    """A passkey. `prf`: it can also make keys for the app; `backed_up`: its maker says that it is synchronised."""

    user_id: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    name: str
    prf: int
    backed_up: int
    created_ts: int
    used_ts: int | None


class RecoveryKeyRow(Struct, frozen=True):
    user_id: str
    key_hash: bytes
    created_ts: int


class RecoveryEmailRow(Struct, frozen=True):
    """Where notices are mailed. `told_ts`: up to when they have been."""

    user_id: str
    address: bytes | None
    pending: bytes | None
    previous: bytes | None
    language: str
    code_hash: bytes | None
    code_expires_ts: int
    guesses: int
    day_began_ts: int
    day_sent: int
    told_ts: int


class TimeRow(Struct, frozen=True):
    ts: int | None


PINS = Table("pins", PinRow, key=1)
PASSKEYS = Table("passkeys", PasskeyRow, key=2)
RECOVERY_KEYS = Table("recovery_keys", RecoveryKeyRow, key=1)
RECOVERY_EMAILS = Table("recovery_emails", RecoveryEmailRow, key=1)

_sql = QueryFile("amanat.product.accounts.credentials", "credentials")
PIN = _sql.query("pin", PinRow)
PINS_TO_RESET = _sql.query("pins_to_reset", PinRow)
LAST_SEEN = _sql.query("last_seen", TimeRow)
PASSKEYS_OF_USER = _sql.query("passkeys_of_user", PasskeyRow)
PASSKEYS_BY_CREDENTIAL = _sql.query("passkeys_by_credential", PasskeyRow)
ANY_PASSKEY = _sql.query("any_passkey", PasskeyRow)
RECOVERY_KEY = _sql.query("recovery_key", RecoveryKeyRow)
RECOVERY_KEY_BY_HASH = _sql.query("recovery_key_by_hash", RecoveryKeyRow)
RECOVERY_EMAIL = _sql.query("recovery_email", RecoveryEmailRow)
UNCONFIRMED_EMAILS = _sql.query("unconfirmed_emails", RecoveryEmailRow)

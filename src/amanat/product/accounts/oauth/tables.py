"""Apps that registered themselves, their sessions, and sign-ins under way. Codes and tokens are kept as hashes."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class ClientRow(Struct, frozen=True):
    """An app. `metadata` is JSON, as it said it of itself; `used_ts` is coarse: when somebody last signed in."""

    client_id: str
    metadata: bytes
    registered_ts: int
    used_ts: int


class OAuthSessionRow(Struct, frozen=True):
    """Which app a device signed in with."""

    user_id: str
    device_id: str
    client_id: str
    scope: str
    granted_ts: int


class CodeRow(Struct, frozen=True):
    """An authorisation code; `family` is that of the refresh tokens it gave, once it was used."""

    code_hash: bytes
    client_id: str
    redirect_uri: str
    challenge: str
    user_id: str
    device_id: str
    scope: str
    expires_ts: int
    family: bytes | None


class DeviceCodeRow(Struct, frozen=True):
    """A device that waits to be let in. `decision` is "waiting", "approved" or "denied", by `user_id`.

    `check_code` are the two digits that only its own screen shows; `misses` counts who did not see them there.
    """

    device_code_hash: bytes
    user_code_hash: bytes
    check_code: str
    misses: int
    client_id: str
    device_id: str
    scope: str
    place: str
    began_ts: int
    expires_ts: int
    decision: str
    user_id: str | None


class LoginTokenRow(Struct, frozen=True):
    """A token that logs somebody in, once."""

    token_hash: bytes
    user_id: str
    expires_ts: int


class AppRow(Struct, frozen=True):
    """The app that a device signed in with."""

    device_id: str
    client_id: str
    metadata: bytes


class CountRow(Struct, frozen=True):
    """How many there are."""

    number: int


CLIENTS = Table("oauth_clients", ClientRow, key=1)
OAUTH_SESSIONS = Table("oauth_sessions", OAuthSessionRow, key=2)
CODES = Table("oauth_codes", CodeRow, key=1)
DEVICE_CODES = Table("oauth_device_codes", DeviceCodeRow, key=1)
LOGIN_TOKENS = Table("login_tokens", LoginTokenRow, key=1)

_sql = QueryFile("amanat.product.accounts.oauth", "oauth")
CLIENT = _sql.query("client", ClientRow)
CLIENT_COUNT = _sql.query("client_count", CountRow)
UNUSED_CLIENTS = _sql.query("unused_clients", ClientRow)
OAUTH_SESSION = _sql.query("oauth_session", OAuthSessionRow)
APPS_OF = _sql.query("apps_of", AppRow)
CODE = _sql.query("code", CodeRow)
OLD_CODES = _sql.query("old_codes", CodeRow)
DEVICE_CODE = _sql.query("device_code", DeviceCodeRow)
DEVICE_CODE_BY_USER_CODE = _sql.query("device_code_by_user_code", DeviceCodeRow)
DEVICE_CODE_COUNT = _sql.query("device_code_count", CountRow)
OLD_DEVICE_CODES = _sql.query("old_device_codes", DeviceCodeRow)
OLD_LOGIN_TOKENS = _sql.query("old_login_tokens", LoginTokenRow)

"""Access and refresh tokens, which are stored as hashes alone, and whom they speak for."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class AccessTokenRow(Struct, frozen=True):
    """An access token. `unused` is 1 until a refreshed one is first used, which ends the one before it."""

    user_id: str
    device_id: str
    token_hash: bytes
    expires_ts: int | None
    unused: int


class RefreshTokenRow(Struct, frozen=True):
    """A refresh token, and the access token that it was given out with.

    Those of a session of the OAuth 2.0 API are of one `family`, by which one that has been replaced is recognised.
    """

    user_id: str
    device_id: str
    token_hash: bytes
    access_hash: bytes
    family: bytes | None


class SessionRow(Struct, frozen=True):
    """Who an access token speaks for."""

    user_id: str
    device_id: str
    expires_ts: int | None
    unused: int
    is_admin: int
    suspended_ts: int | None
    locked_ts: int | None
    seen_ts: int


ACCESS_TOKENS = Table("access_tokens", AccessTokenRow, key=3)
REFRESH_TOKENS = Table("refresh_tokens", RefreshTokenRow, key=3)

_sql = QueryFile("amanat.store", "sessions")
SESSION = _sql.query("session", SessionRow)
REFRESH_TOKEN = _sql.query("refresh_token", RefreshTokenRow)
REFRESH_FAMILY = _sql.query("refresh_family", RefreshTokenRow)
REFRESH_TOKENS_OF = _sql.query("refresh_tokens_of", RefreshTokenRow)

"""Accounts, the handles they are found by, and the tokens that let somebody register."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class UserRow(Struct, frozen=True):
    """An account, kept for ever. `kind` is "person" or "bot"; `search_name` is the display name, casefolded."""

    user_id: str
    kind: str
    is_admin: int
    created_ts: int
    deactivated_ts: int | None
    erased: int
    handle: str | None
    password_hash: str | None
    search_name: str
    suspended_ts: int | None = None
    locked_ts: int | None = None


class HandleRow(Struct, frozen=True):
    """Whose a handle is, by what it looks like."""

    folded: str
    user_id: str


class RegistrationTokenRow(Struct, frozen=True):
    """A token that lets `uses_allowed` people register, or any number if it is `None`."""

    token_hash: bytes
    uses_allowed: int | None
    uses: int
    expires_ts: int | None


USERS = Table("users", UserRow, key=1)
HANDLES = Table("handles", HandleRow, key=1)
REGISTRATION_TOKENS = Table("registration_tokens", RegistrationTokenRow, key=1)

_sql = QueryFile("amanat.store", "accounts")
USER = _sql.query("user_by_id", UserRow)
USER_BY_HANDLE = _sql.query("user_by_handle", UserRow)
USERS_PAGE = _sql.query("users_page", UserRow)
REGISTRATION_TOKEN = _sql.query("registration_token", RegistrationTokenRow)
EXPIRED_REGISTRATION_TOKENS = _sql.query("expired_registration_tokens", RegistrationTokenRow)

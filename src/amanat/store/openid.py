"""OpenID tokens: by which a person proves to another service who they are."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class OpenIdTokenRow(Struct, frozen=True):
    """A token, good for nothing but telling whose it is."""

    token_hash: bytes
    user_id: str
    expires_ts: int


OPENID_TOKENS = Table("openid_tokens", OpenIdTokenRow, key=1)

_sql = QueryFile("amanat.store", "openid")
OPENID_TOKEN = _sql.query("openid_token", OpenIdTokenRow)
EXPIRED_OPENID_TOKENS = _sql.query("expired_openid_tokens", OpenIdTokenRow)

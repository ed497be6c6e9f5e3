"""Cross-signing keys, and signatures that people have made on each other's and their own keys."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class CrossSigningRow(Struct, frozen=True):
    """A person's key for one use: "master", "self_signing" or "user_signing"; `key` is JSON as it was uploaded."""

    user_id: str
    usage: str
    key: bytes


class SignatureRow(Struct, frozen=True):
    """A signature that came apart from the key it is on; `target_key` is a device id or a public key."""

    target_user: str
    signer_user: str
    target_key: str
    signer_key: str
    signature: str


CROSS_SIGNING_KEYS = Table("cross_signing_keys", CrossSigningRow, key=2)
KEY_SIGNATURES = Table("key_signatures", SignatureRow, key=4)

_sql = QueryFile("amanat.store", "cross_signing")
CROSS_SIGNING_KEYS_OF = _sql.query("cross_signing_keys_of", CrossSigningRow)
SIGNATURES_SEEN_BY = _sql.query("signatures_seen_by", SignatureRow)

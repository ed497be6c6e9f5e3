"""The facts of accounts and profiles that a scope may name, each read inside the unit that writes the ledger's row."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import msgspec

from amanat.db.tx import Need, Tx
from amanat.handlers.disclosure import Fact
from amanat.store.accounts import USERS
from amanat.store.profile import PROFILES


def _of_profile(field: str) -> Fact:
    def needs(user_id: str) -> list[Need]:
        return [(PROFILES, (user_id, field))]

    def read(tx: Tx, user_id: str) -> str | None:
        row = tx.get(PROFILES, user_id, field)
        value = None if row is None else msgspec.json.decode(row.value)
        return value if isinstance(value, str) else None

    return Fact(needs=needs, read=read)


def _account(user_id: str) -> list[Need]:
    return [(USERS, (user_id,))]


def _handle(tx: Tx, user_id: str) -> str | None:
    user = tx.get(USERS, user_id)
    return None if user is None else user.handle


def _member_since(tx: Tx, user_id: str) -> str | None:
    user = tx.get(USERS, user_id)
    return None if user is None else f"{datetime.fromtimestamp(user.created_ts / 1000, UTC):%Y-%m}"


OF_ACCOUNTS: Final[Mapping[str, Fact]] = {
    "handle": Fact(needs=_account, read=_handle),
    "displayname": _of_profile("displayname"),
    "avatar_url": _of_profile("avatar_url"),
    "member_since": Fact(needs=_account, read=_member_since),
}

"""The recovery key: a code on paper that gets its owner back in when the SIM card and every device are lost."""

import secrets
from collections.abc import Callable
from typing import Final

from amanat.core import recovery_key
from amanat.core.keyed_hash import keyed_hash, subkey
from amanat.db.tx import Tx
from amanat.product.accounts.credentials.errors import WrongRecoveryKey
from amanat.product.accounts.credentials.notices import Kind, Notices
from amanat.product.accounts.credentials.tables import (
    RECOVERY_KEY,
    RECOVERY_KEY_BY_HASH,
    RECOVERY_KEYS,
    RecoveryKeyRow,
)
from amanat.store.accounts import USERS
from amanat.store.store import Store

MISTYPED: Final = "A recovery key has seven groups of four signs; one of these was not read or written right."


class RecoveryKeys:
    """Makes and recognises recovery keys. 128 random bits need no slow hash; a keyed one keeps a stolen table dumb."""

    def __init__(
        self, store: Store, *, notices: Notices, secret: Callable[[], bytes], now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._notices = notices
        self._secret = secret
        self._now_ms = now_ms

    async def new(self, user_id: str) -> str:
        """Make the account's recovery key, in place of any other. This is the only time it is seen."""
        key = secrets.token_bytes(recovery_key.KEY_BYTES)
        row = RecoveryKeyRow(user_id, self._hash(key), self._now_ms())

        def run(tx: Tx) -> None:
            tx.put(RECOVERY_KEYS, row)
            self._notices.add(tx, user_id, kind=Kind.RECOVERY_KEY_MADE)

        await self._store.write(run, needs=self._notices.needs(user_id))
        return recovery_key.written(key)

    async def made_ts(self, user_id: str) -> int | None:
        """Return when the account's recovery key was made, if it has one."""
        row = await self._store.first(RECOVERY_KEY, user_id=user_id)
        return None if row is None else row.created_ts

    async def use(self, typed: str) -> str:
        """Return whose recovery key it is, and tell all their devices of it; raises WrongRecoveryKey."""
        key = recovery_key.read(typed)
        if key is None:
            raise WrongRecoveryKey(MISTYPED)
        found = await self._store.first(RECOVERY_KEY_BY_HASH, key_hash=self._hash(key))
        if found is None:
            raise WrongRecoveryKey
        user_id = found.user_id

        def run(tx: Tx) -> bool:
            user = tx.get(USERS, user_id)
            if tx.get(RECOVERY_KEYS, user_id) != found or user is None or user.deactivated_ts is not None:
                return False
            self._notices.add(tx, user_id, kind=Kind.RECOVERY_KEY_USED)
            return True

        needs = [(USERS, (user_id,)), (RECOVERY_KEYS, (user_id,)), *self._notices.needs(user_id)]
        if not await self._store.write(run, needs=needs):
            raise WrongRecoveryKey
        return user_id

    def _hash(self, key: bytes) -> bytes:
        return keyed_hash(subkey(self._secret(), "recovery-key"), key)

"""Tokens that let somebody register. Spec: client-server-api#token-authenticated-registration."""

import secrets
from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from amanat.core.errors import Forbidden
from amanat.db.tx import Need, Tx
from amanat.handlers.interactive_auth import Auth
from amanat.handlers.operator_acts import Noting, unnoted
from amanat.handlers.sessions import hash_of
from amanat.store.accounts import (
    EXPIRED_REGISTRATION_TOKENS,
    REGISTRATION_TOKEN,
    REGISTRATION_TOKENS,
    RegistrationTokenRow,
)
from amanat.store.store import Store

SWEPT_PER_UNIT: Final = 100
NOT_VALID: Final = "This registration token is not valid, or no longer."


class RegistrationTokens:
    """Makes, checks and spends registration tokens; a stage of interactive authentication."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def new(self, *, uses_allowed: int | None, expires_ts: int | None, note: Noting = unnoted) -> str:
        """Make a token; this is the only time it is seen."""
        token = secrets.token_urlsafe(12)
        row = RegistrationTokenRow(hash_of(token), uses_allowed, 0, expires_ts)

        def run(tx: Tx) -> None:
            tx.put(REGISTRATION_TOKENS, row)
            note(tx)

        await self._store.write(run)
        return token

    async def find(self, token: str) -> bytes | None:
        """Return what a token is stored as, if it is good at this moment."""
        found = await self._store.first(REGISTRATION_TOKEN, token_hash=hash_of(token))
        return found.token_hash if found is not None and self._is_good(found) else None

    async def check(self, auth: Auth, *, owner: str | None) -> bytes:  # noqa: ARG002 - whoever registers has no name yet
        """Return what the token is stored as; it is spent when the account is made."""
        token = auth.get("token")
        found = await self.find(token) if type(token) is str else None
        if found is None:
            raise Forbidden(NOT_VALID)
        return found

    def needs(self, token_hash: bytes) -> Sequence[Need]:
        """Return what `spend` reads."""
        return [(REGISTRATION_TOKENS, (token_hash,))]

    def spend(self, tx: Tx, token_hash: bytes) -> None:
        """Count one use, inside the unit of work that makes the account."""
        token = tx.get(REGISTRATION_TOKENS, token_hash)
        if token is None or not self._is_good(token):
            raise Forbidden(NOT_VALID)
        tx.put(REGISTRATION_TOKENS, replace(token, uses=token.uses + 1))

    def _is_good(self, token: RegistrationTokenRow) -> bool:
        left = token.uses_allowed is None or token.uses < token.uses_allowed
        return left and (token.expires_ts is None or self._now_ms() < token.expires_ts)

    async def sweep(self) -> None:
        """Delete tokens whose time is over."""
        expired = await self._store.all(EXPIRED_REGISTRATION_TOKENS, now=self._now_ms(), max_rows=SWEPT_PER_UNIT)

        def run(tx: Tx) -> None:
            for row in expired:
                tx.delete(REGISTRATION_TOKENS, row.token_hash)

        if expired:
            await self._store.write(run)

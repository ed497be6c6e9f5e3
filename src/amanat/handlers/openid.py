"""OpenID tokens: a person proves to another service who they are. Spec: client-server-api#openid."""

from collections.abc import Callable
from typing import Final

from amanat.core.errors import Forbidden
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.handlers.sessions import hash_of, new_token
from amanat.store.openid import EXPIRED_OPENID_TOKENS, OPENID_TOKEN, OPENID_TOKENS, OpenIdTokenRow
from amanat.store.store import Store

LIFETIME_S: Final = 3600
SWEPT_PER_UNIT: Final = 100


class OpenId:
    """Gives out OpenID tokens and says whose they are."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def request_token(self, requester: Requester, user_id: str) -> str:
        """Give out a token that lives for `LIFETIME_S`."""
        if user_id != requester.user_id:
            raise Forbidden("You can ask for a token of your own alone.")
        token, token_hash = new_token()
        row = OpenIdTokenRow(token_hash, user_id, self._now_ms() + LIFETIME_S * 1000)
        await self._store.write(lambda tx: tx.put(OPENID_TOKENS, row))
        return token

    async def owner(self, token: str) -> str | None:
        """Return whose a token is, if it is still good."""
        row = await self._store.first(OPENID_TOKEN, token_hash=hash_of(token))
        return row.user_id if row is not None and self._now_ms() < row.expires_ts else None

    async def sweep(self) -> None:
        """Delete tokens whose time is over, some at a time."""
        while expired := await self._store.all(EXPIRED_OPENID_TOKENS, now=self._now_ms(), max_rows=SWEPT_PER_UNIT):

            def run(tx: Tx, rows: list[OpenIdTokenRow] = expired) -> None:
                for row in rows:
                    tx.delete(OPENID_TOKENS, row.token_hash)

            await self._store.write(run)

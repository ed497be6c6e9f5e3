"""Login tokens: good for one login within two minutes. Spec: client-server-api#legacy-login."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from amanat.core.errors import BadJson, Forbidden, MissingParam
from amanat.db.tx import Tx
from amanat.handlers.accounts import Accounts
from amanat.handlers.sessions import hash_of, new_token
from amanat.product.accounts.oauth.tables import LOGIN_TOKENS, OLD_LOGIN_TOKENS, LoginTokenRow
from amanat.store.accounts import UserRow
from amanat.store.store import Store

LIFETIME_MS: Final = 120_000
SWEPT_PER_UNIT: Final = 100
NOT_GOOD: Final = "This login token is not known, or no longer."


class LoginTokens:
    """Gives out login tokens and takes them back."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def new(self, user_id: str) -> str:
        """Give out a token that logs this person in."""
        token, token_hash = new_token()
        row = LoginTokenRow(token_hash, user_id, self._now_ms() + LIFETIME_MS)
        await self._store.write(lambda tx: tx.put(LOGIN_TOKENS, row))
        return token

    async def redeem(self, token: str) -> str:
        """Use a token up and return whose it is; raises Forbidden."""
        key = (hash_of(token),)

        def run(tx: Tx) -> str:
            row = tx.get(LOGIN_TOKENS, *key)
            if row is None or row.expires_ts <= self._now_ms():
                raise Forbidden(NOT_GOOD)
            tx.delete(LOGIN_TOKENS, *key)
            return row.user_id

        return await self._store.write(run, needs=[(LOGIN_TOKENS, key)])

    async def sweep(self) -> None:
        """Delete tokens whose time is over."""
        before = self._now_ms()
        while old := await self._store.all(OLD_LOGIN_TOKENS, before=before, max_rows=SWEPT_PER_UNIT):

            def run(tx: Tx, rows: Sequence[LoginTokenRow] = old) -> None:
                for row in rows:
                    tx.delete(LOGIN_TOKENS, row.token_hash)

            await self._store.write(run)


class SsoFlow:
    """Single sign-on, which is listed among the ways to log in and ends in a login token."""

    flow: Final[dict[str, Any]] = {
        "type": "m.login.sso",
        # spec: client-server-api#oauth-20-aware-clients
        "oauth_aware_preferred": True,
        "org.matrix.msc3824.delegated_oidc_compatibility": True,
    }

    async def identify(self, body: dict[str, Any]) -> UserRow:  # noqa: ARG002 - nobody signs in by this alone
        """Refuse: an app opens `/login/sso/redirect` in a browser."""
        raise Forbidden("Open /login/sso/redirect in a browser; the token that it gives is for `m.login.token`.")


class TokenLogin:
    """Logs in by login token."""

    flow: Final[dict[str, Any]] = {"type": "m.login.token", "get_login_token": True}

    def __init__(self, tokens: LoginTokens, *, accounts: Accounts) -> None:
        self._tokens = tokens
        self._accounts = accounts

    async def identify(self, body: dict[str, Any]) -> UserRow:
        """Return whose token it is, which is used up by this."""
        token = body.get("token")
        if token is None:
            raise MissingParam("The `token` is missing.")
        if type(token) is not str:
            raise BadJson("The `token` must be a string.")
        user = await self._accounts.get(await self._tokens.redeem(token))
        if user is None or user.deactivated_ts is not None:
            raise Forbidden(NOT_GOOD)
        return user

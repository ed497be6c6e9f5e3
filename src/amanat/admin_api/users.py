"""Accounts and registration tokens, as the operator makes them."""

import secrets
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.accounts import Accounts, NewAccount
from amanat.handlers.passwords import Passwords
from amanat.handlers.registration import Registration
from amanat.handlers.registration_tokens import RegistrationTokens

MINTED_PASSWORD_BYTES: Final = 15
"""120 bits, twenty characters."""


class _NewUser(Struct, forbid_unknown_fields=True):
    username: str
    password: str | None = None
    kind: Literal["person", "bot"] = "person"
    is_admin: bool = False


class _NewToken(Struct, forbid_unknown_fields=True):
    uses_allowed: Annotated[int, Meta(ge=1)] | None = None
    days: Annotated[int, Meta(ge=1, le=36_500)] | None = None


class UserAdminRoutes:
    """Make and list accounts."""

    def __init__(self, accounts: Accounts, *, registration: Registration, passwords: Passwords) -> None:
        self._accounts = accounts
        self._registration = registration
        self._passwords = passwords

    @get("/users", auth="none")
    async def page(self, request: Request) -> Any:
        """Return a page of accounts; `next` is what to ask for the one after it."""
        page = await self._accounts.page(after=request.query("after") or "")
        users = [
            {
                "user_id": user.user_id,
                "handle": user.handle,
                "kind": user.kind,
                "is_admin": bool(user.is_admin),
                "created_ts": user.created_ts,
                "deactivated_ts": user.deactivated_ts,
            }
            for user in page
        ]
        return {"users": users, "next": page[-1].user_id if page else None}

    @post("/users", auth="none")
    async def create(self, request: Request) -> Any:
        """Make an account; a password that is not given is minted, and told this once."""
        wanted = await request.struct(_NewUser)
        names = self._accounts.names(wanted.username, kind=wanted.kind)
        await self._accounts.check_free(names)
        password = wanted.password or secrets.token_urlsafe(MINTED_PASSWORD_BYTES)
        account = NewAccount(
            names=names,
            kind=wanted.kind,
            is_admin=wanted.is_admin,
            password_hash=await self._passwords.hash(password),
        )
        registered = await self._registration.create(account)
        return {"user_id": registered.user_id, "handle": names.handle} | (
            {} if wanted.password else {"password": password}
        )


class RegistrationTokenAdminRoutes:
    """Make registration tokens."""

    def __init__(self, tokens: RegistrationTokens, *, now_ms: Callable[[], int]) -> None:
        self._tokens = tokens
        self._now_ms = now_ms

    @post("/registration_tokens", auth="none")
    async def create(self, request: Request) -> Any:
        """Make a token that lets people register; it is told this once."""
        wanted = await request.struct(_NewToken, optional=True)
        expires_ts = None if wanted.days is None else self._now_ms() + wanted.days * 86_400_000
        return {"token": await self._tokens.new(uses_allowed=wanted.uses_allowed, expires_ts=expires_ts)}

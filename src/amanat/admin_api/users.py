"""Accounts and registration tokens, as the operator makes them."""

import secrets
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.account_administration import Account, AccountAdministration

MINTED_PASSWORD_BYTES: Final = 15
"""120 bits, twenty characters."""
DAY_MS: Final = 86_400_000


class _NewUser(Struct, forbid_unknown_fields=True):
    username: str
    password: str | None = None
    kind: Literal["person", "bot"] = "person"
    is_admin: bool = False


class _Ending(Struct, forbid_unknown_fields=True):
    erase: bool = False
    reason: str = ""


class _NewToken(Struct, forbid_unknown_fields=True):
    uses_allowed: Annotated[int, Meta(ge=1)] | None = None
    days: Annotated[int, Meta(ge=1, le=36_500)] | None = None


class UserAdminRoutes:
    """Make, end and list accounts; let people register."""

    def __init__(self, administration: AccountAdministration, *, now_ms: Callable[[], int]) -> None:
        self._administration = administration
        self._now_ms = now_ms

    @get("/users", auth="none")
    async def page(self, request: Request) -> Any:
        """Return a page of accounts; `next` is what to ask for the one after it."""
        page = await self._administration.list(after=request.query("after") or "")
        return {"users": [_shown(user) for user in page], "next": page[-1].user_id if page else None}

    @get("/users/{user}", auth="none")
    async def find(self, request: Request) -> Any:
        """Return the account in use that is meant by a user id, localpart or handle."""
        return _shown(await self._administration.find(request.params["user"]))

    @post("/users", auth="none")
    async def create(self, request: Request) -> Any:
        """Make an account; a password that is not given is minted, and told this once."""
        wanted = await request.struct(_NewUser)
        password = wanted.password or secrets.token_urlsafe(MINTED_PASSWORD_BYTES)
        user_id = await self._administration.create(
            wanted.username, password=password, kind=wanted.kind, is_admin=wanted.is_admin
        )
        return {"user_id": user_id} | ({} if wanted.password else {"password": password})

    @post("/users/{user}/deactivate", auth="none")
    async def deactivate(self, request: Request) -> Any:
        """End an account for ever."""
        wanted = await request.struct(_Ending, optional=True)
        user_id = await self._administration.deactivate(
            request.params["user"], erase=wanted.erase, reason=wanted.reason
        )
        return {"user_id": user_id}

    @post("/registration_tokens", auth="none")
    async def new_token(self, request: Request) -> Any:
        """Make a token that lets people register; it is told this once."""
        wanted = await request.struct(_NewToken, optional=True)
        expires_ts = None if wanted.days is None else self._now_ms() + wanted.days * DAY_MS
        token = await self._administration.new_registration_token(
            uses_allowed=wanted.uses_allowed, expires_ts=expires_ts
        )
        return {"token": token}


def _shown(user: Account) -> dict[str, Any]:
    """Return what an operator sees of an account: neither its number nor anything that opens it."""
    return {
        "user_id": user.user_id,
        "handle": user.handle,
        "kind": user.kind,
        "is_admin": bool(user.is_admin),
        "created_ts": user.created_ts,
        "deactivated_ts": user.deactivated_ts,
        "suspended_ts": user.suspended_ts,
        "locked_ts": user.locked_ts,
    }

"""What the operator does about an account that is misused, or whose owner is locked out, and the book of it all."""

from typing import Any

from msgspec import Struct, to_builtins

from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.account_administration import AccountAdministration
from amanat.handlers.account_moderation import AccountModeration
from amanat.handlers.operator_acts import FOREVER, Act, By, OperatorActs
from amanat.product.accounts.credentials.pin_resets import PinResets


class _Reason(Struct, forbid_unknown_fields=True):
    reason: str = ""

    @property
    def by(self) -> By:
        """Who acts: whoever holds the socket."""
        return By(reason=self.reason)


class _PinReset(_Reason):
    cancel: bool = False


class ModerationAdminRoutes:
    """Suspend, lock, let a PIN be forgotten, and read what was done."""

    def __init__(
        self,
        administration: AccountAdministration,
        *,
        moderation: AccountModeration,
        pin_resets: PinResets,
        acts: OperatorActs,
    ) -> None:
        self._administration = administration
        self._moderation = moderation
        self._pin_resets = pin_resets
        self._acts = acts

    @post("/users/{user}/suspend", auth="none")
    async def suspend(self, request: Request) -> Any:
        """Let a person read and leave, and nothing more."""
        return await self._suspend(request, suspended=True)

    @post("/users/{user}/unsuspend", auth="none")
    async def unsuspend(self, request: Request) -> Any:
        """Let a suspended person act again."""
        return await self._suspend(request, suspended=False)

    @post("/users/{user}/lock", auth="none")
    async def lock(self, request: Request) -> Any:
        """Let nobody use an account; its devices keep what they have."""
        return await self._lock(request, locked=True)

    @post("/users/{user}/unlock", auth="none")
    async def unlock(self, request: Request) -> Any:
        """Let a locked account be used again."""
        return await self._lock(request, locked=False)

    @post("/users/{user}/reset_pin", auth="none")
    async def reset_pin(self, request: Request) -> Any:
        """Have a PIN forgotten after the waiting time, of which its owner is told; or keep it after all."""
        wanted = await request.struct(_PinReset, optional=True)
        user_id = await self._user_id(request)
        note = self._acts.noting(wanted.by, Act.CANCEL_PIN_RESET if wanted.cancel else Act.RESET_PIN, subject=user_id)
        if wanted.cancel:
            await self._pin_resets.cancel(user_id, note=note)
            return {"user_id": user_id}
        return {"user_id": user_id, "reset_ts": await self._pin_resets.ask(user_id, note=note)}

    @get("/acts", auth="none")
    async def acts(self, request: Request) -> Any:
        """Return a page of what operators did, the newest first; `next` asks for the page after it."""
        before = (request.query_int("before_ts", FOREVER), request.query("before_id") or "")
        page = await self._acts.list(subject=request.query("subject"), before=before)
        following = {"before_ts": page[-1].ts, "before_id": page[-1].act_id} if page else None
        return {"acts": to_builtins(page), "next": following}

    async def _suspend(self, request: Request, *, suspended: bool) -> Any:
        wanted = await request.struct(_Reason, optional=True)
        user_id = await self._user_id(request)
        await self._moderation.set_suspended(user_id, suspended, by=wanted.by)
        return {"user_id": user_id}

    async def _lock(self, request: Request, *, locked: bool) -> Any:
        wanted = await request.struct(_Reason, optional=True)
        user_id = await self._user_id(request)
        await self._moderation.set_locked(user_id, locked, by=wanted.by)
        return {"user_id": user_id}

    async def _user_id(self, request: Request) -> str:
        return (await self._administration.find(request.params["user"])).user_id

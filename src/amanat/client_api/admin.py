"""What an administrator does with an ordinary client. Spec: client-server-api#server-administration."""

from typing import Any

from msgspec import Struct

from amanat.core.errors import Forbidden
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get, put
from amanat.handlers.account_moderation import AccountModeration
from amanat.handlers.device_management import Devices
from amanat.handlers.operator_acts import By

SUSPEND = "/_matrix/client/v1/admin/suspend/{userId}"
LOCK = "/_matrix/client/v1/admin/lock/{userId}"


class _Suspension(Struct, frozen=True):
    suspended: bool


class _Lock(Struct, frozen=True):
    locked: bool


class AdminRoutes:
    """`/admin`."""

    def __init__(self, moderation: AccountModeration, *, devices: Devices) -> None:
        self._moderation = moderation
        self._devices = devices

    @get("/_matrix/client/v3/admin/whois/{userId}", spec="getWhoIs")
    async def whois(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Tell when the devices of a person were last seen; no address or browser is ever kept."""
        user_id = request.params["userId"]
        if user_id != requester.user_id:
            await self._moderation.subject(requester, user_id)
        devices = {
            device.device_id: {"sessions": [{"connections": [{"last_seen": device.seen_ts}]}]}
            for device in await self._devices.list(user_id)
        }
        return {"user_id": user_id, "devices": devices}

    @get(SUSPEND, spec="getAdminSuspendUser")
    async def is_suspended(self, request: Request, requester: Requester) -> dict[str, bool]:
        """Say whether an account is suspended."""
        user = await self._moderation.subject(requester, request.params["userId"])
        return {"suspended": user.suspended_ts is not None}

    @put(SUSPEND, spec="setAdminSuspendUser", allows="free")
    async def suspend(self, request: Request, requester: Requester) -> dict[str, bool]:
        """Suspend an account, or lift that."""
        user_id = await self._subject(request, requester)
        wanted = await request.struct(_Suspension)
        await self._moderation.set_suspended(user_id, wanted.suspended, by=By(requester.user_id))
        return {"suspended": wanted.suspended}

    @get(LOCK, spec="getAdminLockUser")
    async def is_locked(self, request: Request, requester: Requester) -> dict[str, bool]:
        """Say whether an account is locked."""
        user = await self._moderation.subject(requester, request.params["userId"])
        return {"locked": user.locked_ts is not None}

    @put(LOCK, spec="setAdminLockUser", allows="free")
    async def lock(self, request: Request, requester: Requester) -> dict[str, bool]:
        """Lock an account, or lift that."""
        user_id = await self._subject(request, requester)
        wanted = await request.struct(_Lock)
        await self._moderation.set_locked(user_id, wanted.locked, by=By(requester.user_id))
        return {"locked": wanted.locked}

    async def _subject(self, request: Request, requester: Requester) -> str:
        subject = await self._moderation.subject(requester, request.params["userId"])
        if subject.user_id == requester.user_id:
            raise Forbidden("Nobody suspends or locks their own account.")
        return subject.user_id

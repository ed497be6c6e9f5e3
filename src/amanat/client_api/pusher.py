"""Pushers. Spec: client-server-api#push-notifications."""

from typing import Any

from msgspec import Raw, Struct

from amanat.core.errors import MissingParam
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.pusher import NewPusher, Pushers

_NEEDED = ("app_display_name", "device_display_name", "lang", "data")


class PusherBody(Struct):
    """A pusher to be set, or with a `kind` of null to be deleted."""

    app_id: str
    pushkey: str
    kind: str | None
    app_display_name: str | None = None
    device_display_name: str | None = None
    profile_tag: str | None = None
    lang: str | None = None
    data: dict[str, Any] | None = None
    append: bool = False


class PusherRoutes:
    """`/pushers`."""

    def __init__(self, pushers: Pushers) -> None:
        self._pushers = pushers

    @get("/_matrix/client/v3/pushers", spec="getPushers")
    async def get_pushers(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with one's pushers."""
        rows = await self._pushers.of(requester.user_id)
        return {
            "pushers": [
                {
                    "app_id": row.app_id,
                    "pushkey": row.pushkey,
                    "kind": row.kind,
                    "app_display_name": row.app_display_name,
                    "device_display_name": row.device_display_name,
                    "lang": row.lang,
                    "data": Raw(row.data),
                }
                | ({"profile_tag": row.profile_tag} if row.profile_tag is not None else {})
                for row in rows
            ]
        }

    @post("/_matrix/client/v3/pushers/set", spec="postPusher")
    async def set_pusher(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Set a pusher, or delete one."""
        body = await request.struct(PusherBody)
        if body.kind is None:
            if fits(body.app_id) and "\0" not in body.pushkey:
                await self._pushers.delete(requester.user_id, app_id=body.app_id, pushkey=body.pushkey)
            return {}
        await self._pushers.put(requester, _described(body, body.kind), append=body.append)
        return {}


def _described(body: PusherBody, kind: str) -> NewPusher:
    missing = [name for name in _NEEDED if getattr(body, name) is None]
    if missing:
        raise MissingParam(f"Missing parameters: {', '.join(missing)}.")
    return NewPusher(
        app_id=body.app_id,
        pushkey=body.pushkey,
        kind=kind,
        app_display_name=body.app_display_name or "",
        device_display_name=body.device_display_name or "",
        profile_tag=body.profile_tag,
        lang=body.lang or "",
        data=body.data or {},
    )

"""The sweep of media, as the operator asks for it."""

from typing import Any

from msgspec import Struct

from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.media_sweep import MediaSweep


class _Sweep(Struct, forbid_unknown_fields=True):
    dry_run: bool = False


class MediaAdminRoutes:
    """Free media now, or say what would be freed."""

    def __init__(self, sweep: MediaSweep) -> None:
        self._sweep = sweep

    @post("/media/sweep", auth="none")
    async def sweep(self, request: Request) -> Any:
        """Sweep everything, or only look; return how much of what."""
        wanted = await request.struct(_Sweep, optional=True)
        freed = await (self._sweep.plan() if wanted.dry_run else self._sweep.sweep())
        return {
            "files": len(freed.media),
            "bytes": freed.bytes,
            "expired": len(freed.expired),
            "orphans": len(freed.orphans),
        }

"""Tells a service's handler of what happened, in the unit that takes note of it."""

from collections.abc import Callable, Sequence

import structlog

from amanat.core.errors import InternalError
from amanat.db.tx import Need, Tx
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.happenings import Handler, Happening

log = structlog.get_logger()


class Teller:
    """Joins what the device keeps with what the handler puts."""

    def __init__(self, ground: Ground, handler: Handler) -> None:
        self._store = ground.store
        self._handler = handler

    async def tell(self, happening: Happening, *, first: Callable[[Tx], bool], needs: Sequence[Need] = ()) -> None:
        """Write one unit: `first`, which says whether the handler is to be told, and what it puts then.

        A handler that fails must not stop everything after it: it is not told again. Raises `InternalError` if the
        database is away; whether the unit was written is not known then, so `first` says `False` where it was.
        """

        def run(tx: Tx) -> None:
            if first(tx):
                self._handler.handle(happening, tx)

        try:
            asked = await self._handler.needs(happening)
            await self._store.write(run, needs=[*needs, *asked])
        except InternalError:
            raise
        except Exception as error:
            # Its words may hold what somebody said.
            log.error("handler_failed", happening=type(happening).__name__, reason=type(error).__name__)
            await self._store.write(first, needs=needs)

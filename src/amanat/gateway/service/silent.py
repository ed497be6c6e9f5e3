"""A handler that hears nothing: for a device that is opened only to make its keys."""

from collections.abc import Sequence

from amanat.db.tx import Need, Tx
from amanat.gateway.device.happenings import Happening


class Silent:
    """A `Handler` of the device."""

    async def needs(self, _happening: Happening, /) -> Sequence[Need]:
        """Return nothing."""
        return ()

    def handle(self, _happening: Happening, _tx: Tx, /) -> None:
        """Do nothing."""

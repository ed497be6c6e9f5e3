"""What a webhook's answer calls for is done in the unit that notes its update as taken: both happen, or neither."""

from collections.abc import Callable

from amanat.db.tx import Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.line import BotLine
from amanat.gateway.bots.updates import Updates


class AnsweringLine(BotLine):
    """The line of one answer. The first unit that says, changes or takes back something over it does `note` too."""

    def __init__(self, on: Ground, updates: Updates, *, note: Callable[[Tx], None]) -> None:
        super().__init__(on, updates, along=self._along)
        self._note = note
        self.has_noted = False
        """Whether that has been done."""

    def _along(self, tx: Tx) -> None:
        if not self.has_noted:
            self._note(tx)
            tx.after_commit(self._noted)

    def _noted(self) -> None:
        self.has_noted = True

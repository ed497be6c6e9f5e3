"""What a webhook's answer calls for is said in the unit that notes its update as taken: both happen, or neither."""

from collections.abc import Callable

from amanat.db.tx import Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.line import BotLine
from amanat.gateway.bots.model import Chat, Said, Saying
from amanat.gateway.bots.updates import Updates


class AnsweringLine(BotLine):
    """The line of one answer. The first thing that is said over it does `note` too."""

    def __init__(self, on: Ground, updates: Updates, *, note: Callable[[Tx], None]) -> None:
        super().__init__(on, updates)
        self._note = note
        self.has_noted = False
        """Whether that has been done."""

    async def say(self, chat: Chat, saying: Saying) -> Said:
        """Say something; raises as a `BotLine` does."""
        if self.has_noted:
            return await super().say(chat, saying)
        said = await self.speaking.say(chat, saying, along=self._note)
        self.has_noted = True
        return said

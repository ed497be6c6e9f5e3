"""What a bot's groups are called, as far as it is told, and that they are called something else."""

from typing import Final

from msgspec.structs import replace

from amanat.core.identifiers import NAMESPACE
from amanat.db.tx import Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import Renamed
from amanat.gateway.bots.people import chat_of, meet, person_of
from amanat.gateway.bots.room_events import Event
from amanat.gateway.bots.tables import CHATS
from amanat.gateway.bots.updates import Updates

AGAIN: Final = f"{NAMESPACE}.again"
"""In the content of a name that our app says anew, for a service that came in: nobody has changed it."""
MAX_NAME: Final = 255
"""Characters; source: core/gate_tables."""


class NameChanges:
    """Of one bot's groups."""

    def __init__(self, on: Ground, updates: Updates) -> None:
        self._on = on
        self._updates = updates

    def take(self, tx: Tx, event: Event) -> None:
        """Put what follows from a group's name; reads the chat and who says it."""
        row, name = tx.get(CHATS, event.room_id), event.content.get("name")
        if row is None or row.kind != "group" or not row.is_in or event.state_key != "":
            return
        title = name.strip()[:MAX_NAME] if isinstance(name, str) else ""
        if title == row.title:
            return
        named = replace(row, title=title)
        tx.put(CHATS, named)
        # Said again, it is news to whoever knew another one.
        if title and (row.title or event.content.get(AGAIN) is not True):
            by = person_of(meet(tx, event.sender, on=self._on))
            self._updates.put(tx, Renamed(chat=chat_of(named, None), by=by, ts=event.ts), chat=row.number)

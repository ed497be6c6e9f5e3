"""The store: opens the data, runs units of work on it, and keeps in memory what sending needs."""

from collections.abc import Callable, Mapping

from amanat.db.database import Database
from amanat.db.unit_store import UnitStore
from amanat.store import (
    ignored_memory,
    membership_memory,
    one_time_keys,
    push_rules,
    room_memory,
    standing_memory,
    to_device,
)
from amanat.store.streams import SCHEMA


class Store(UnitStore):
    """Everything the server keeps in its database, and what of it lies in memory."""

    def __init__(self, database: Database) -> None:
        self.rooms = room_memory.rooms(self)
        self.heads = room_memory.heads(self)
        self.memberships = membership_memory.memberships(self)
        self.key_counts = one_time_keys.key_counts(self)
        self.inboxes = to_device.inboxes(self)
        self.ignored = ignored_memory.ignored(self)
        self.push_rules = push_rules.push_rules(self)
        self.standings = standing_memory.standings(self)
        self.epoch = ""
        memories = (
            self.rooms,
            self.heads,
            self.memberships,
            self.key_counts,
            self.inboxes,
            self.ignored,
            self.push_rules,
            self.standings,
        )
        super().__init__(database, SCHEMA, memories=memories)

    async def open(self, *, admit: Callable[[Mapping[str, str]], None] = lambda _: None) -> None:
        """Take the data, bring its schema up to date and start the writer; raises `DataInUse`.

        `admit` is shown the data's stamp before anything is changed, and raises if it is not to be.
        """
        await self._open(admit=admit)

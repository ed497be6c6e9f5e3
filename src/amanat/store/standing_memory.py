"""Where people stand in rooms, in memory: what every delivery of a message counts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amanat.core.receipts import FULLY_READ
from amanat.core.standing import NOWHERE, Standing
from amanat.db.memory import Memory
from amanat.store.receipts import RECEIPTS_OF_USER

if TYPE_CHECKING:
    from amanat.store.store import Store

MAX_STANDINGS = 100_000
"""People in rooms kept in memory: some 400 bytes each, so at most about 40 MB."""

Place = tuple[str, str]
"""A room id and a user id."""


def standings(store: Store) -> Memory[Place, Standing]:
    """Make the memory of where people stand."""

    async def load(place: Place) -> Standing | None:
        room_id, user_id = place
        standing = NOWHERE
        for row in await store.all(RECEIPTS_OF_USER, room_id=room_id, user_id=user_id):
            if row.kind != FULLY_READ:
                standing = standing.moved(row.thread, position=row.event_position, main_notifying=row.main_notifying)
        return standing

    return Memory("standings", load, max_entries=MAX_STANDINGS)

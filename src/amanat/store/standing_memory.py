"""Where people stand in rooms, in memory: what every delivery of a message counts from."""

from collections.abc import Sequence

from amanat.core.receipts import FULLY_READ
from amanat.core.standing import NOWHERE, Standing
from amanat.db.memory import Memory
from amanat.db.query import Reader
from amanat.store.receipts import OWN_RECEIPTS_OF_ROOMS

MAX_BYTES = 48 * 1024 * 1024
"""100,000 people in rooms, where they read no threads."""
_STANDING_BYTES = 500
_THREAD_BYTES = 150

Place = tuple[str, str]
"""A room id and a user id."""


def standings(reader: Reader) -> Memory[Place, Standing]:
    """Make the memory of where people stand."""

    async def load_many(places: Sequence[Place]) -> dict[Place, Standing]:
        standings = dict.fromkeys(places, NOWHERE)
        for user_id in {user_id for _, user_id in places}:
            room_ids = [room_id for room_id, owner in places if owner == user_id]
            for row in await reader.all(OWN_RECEIPTS_OF_ROOMS, room_ids=room_ids, user_id=user_id):
                if row.kind != FULLY_READ:
                    place = (row.room_id, user_id)
                    standings[place] = standings[place].moved(
                        row.thread, position=row.event_position, main_notifying=row.main_notifying
                    )
        return standings

    async def load(place: Place) -> Standing | None:
        return (await load_many([place])).get(place)

    return Memory(
        "standings",
        load,
        size=lambda standing: _STANDING_BYTES + _THREAD_BYTES * len(standing.threads),
        max_bytes=MAX_BYTES,
        load_many=load_many,
    )

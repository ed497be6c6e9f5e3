"""Which rooms a person is in, in memory: what a sync asks at every turn."""

from msgspec import Struct

from amanat.db.memory import Memory
from amanat.db.query import Reader
from amanat.store.rooms import MEMBERSHIPS_OF_USER

MAX_BYTES = 96 * 1024 * 1024
"""30,000 people in ten rooms each."""
_PERSON_BYTES = 200
_ROOM_BYTES = 320


class Membership(Struct, frozen=True):
    """What a person is in one room, and since which event."""

    membership: str
    position: int
    event_id: str
    forgotten: bool


Memberships = dict[str, Membership]


def memberships(reader: Reader) -> Memory[str, Memberships]:
    """Make the memory of people's rooms."""

    async def load(user_id: str) -> Memberships | None:
        rows = await reader.all(MEMBERSHIPS_OF_USER, user_id=user_id)
        return {
            row.room_id: Membership(row.membership, row.position, row.event_id, bool(row.forgotten)) for row in rows
        }

    return Memory("memberships", load, size=lambda rooms: _PERSON_BYTES + _ROOM_BYTES * len(rooms), max_bytes=MAX_BYTES)

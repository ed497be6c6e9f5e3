"""Which rooms a person is in, in memory: what a sync asks at every turn."""

from msgspec import Struct

from amanat.db.memory import Memory
from amanat.db.query import Reader
from amanat.store.rooms import MEMBERSHIPS_OF_USER

MAX_PEOPLE = 50_000
"""People kept in memory: some 200 bytes and 150 more per room."""


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

    return Memory("memberships", load, max_entries=MAX_PEOPLE)

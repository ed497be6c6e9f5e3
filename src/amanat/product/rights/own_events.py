"""What a person said, as it is stored: mostly ciphertext, which only the devices of its rooms can read."""

from collections.abc import AsyncIterator, Sequence

from amanat.product.rights.holding import PER_PAGE
from amanat.product.rights.tables import EVENTS_OF_ROOM_AFTER
from amanat.store.events import EventRow
from amanat.store.rooms import MEMBERSHIPS_OF_USER
from amanat.store.store import Store


async def own_events(store: Store, user_id: str) -> AsyncIterator[Sequence[EventRow]]:
    """Yield a person's events, room by room. A room's other events are passed over: events have no index by sender."""
    for membership in await store.all(MEMBERSHIPS_OF_USER, user_id=user_id):
        after = 0
        while rows := await store.all(EVENTS_OF_ROOM_AFTER, room_id=membership.room_id, after=after, max_rows=PER_PAGE):
            yield [row for row in rows if row.sender == user_id]
            after = rows[-1].position

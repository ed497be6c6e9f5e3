"""Which events of a room a reader may see. Spec: client-server-api#room-history-visibility."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from amanat.core import events
from amanat.core.history_visibility import may_see, visibility_of
from amanat.store.events import SIGHT_EVENTS, EventRow
from amanat.store.store import Store


class Sight:
    """A reader's view of one room: their memberships and the room's visibility, over its positions."""

    def __init__(self, user_id: str, history: Sequence[EventRow]) -> None:
        self._user_id = user_id
        members = [row for row in history if row.type == "m.room.member"]
        settings = [row for row in history if row.type != "m.room.member"]
        self._member_at = [row.position for row in members]
        self._memberships = [str(events.read(row.json).content.get("membership", "leave")) for row in members]
        self._visible_at = [row.position for row in settings]
        self._visibilities = [visibility_of(events.read(row.json)) for row in settings]
        joins = [at for at, what in zip(self._member_at, self._memberships, strict=True) if what == "join"]
        self._last_join = joins[-1] if joins else -1

    @property
    def ever_joined(self) -> bool:
        return self._last_join >= 0

    @property
    def left_at(self) -> int:
        """Return where the reader was let out of the room for the last time: the position of that member event."""
        index = bisect_right(self._member_at, self._last_join)
        return self._member_at[index] if index < len(self._member_at) else self._last_join

    def shown_upto(self, position: int) -> int:
        """Return how far a reader whose syncs have come to `position` has been shown the room; 0 if not at all."""
        if self.membership_at(position) == "join":
            return position
        ended = 0
        steps = zip(self._member_at, self._memberships, ["leave", *self._memberships], strict=False)
        for at, membership, before in steps:
            if at <= position and before == "join" and membership != "join":
                ended = at
        return ended

    def membership_at(self, position: int) -> str:
        """Return what the reader was once the event at `position` had happened."""
        index = bisect_right(self._member_at, position) - 1
        return self._memberships[index] if index >= 0 else "leave"

    def sees(self, row: EventRow) -> bool:
        """Whether the reader may see an event: what held before it counts, or what holds after."""
        if row.type == "m.room.member" and row.state_key == self._user_id:
            return True
        position = row.position
        membership = self.membership_at(position)
        visibilities = {self._visibility_before(position)}
        if row.type == "m.room.history_visibility" and row.state_key == "":
            visibilities.add(visibility_of(events.read(row.json)))
        joined_since = self._last_join > position
        return any(may_see(each, membership=membership, joined_since=joined_since) for each in visibilities)

    def newest_seen(self, rows: Sequence[EventRow]) -> list[EventRow]:
        """Return the events, of some in order, that come after the last which the reader may not see.

        A timeline has no holes: state that was set in one would be missing from what a client builds.
        """
        hidden = next((index for index in range(len(rows), 0, -1) if not self.sees(rows[index - 1])), 0)
        return list(rows[hidden:])

    def _visibility_before(self, position: int) -> str:
        index = bisect_left(self._visible_at, position) - 1
        return self._visibilities[index] if index >= 0 else visibility_of(None)


async def sight_of(store: Store, *, room_id: str, user_id: str, upto: int) -> Sight:
    """Read what decides a reader's view of a room, up to a position."""
    return Sight(user_id, await store.all(SIGHT_EVENTS, room_id=room_id, user_id=user_id, upto=upto))

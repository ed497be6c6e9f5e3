"""How much people with pushers have not read, in all rooms: kept, and counted again only where it may differ."""

from collections.abc import Iterable
from typing import Final

from prometheus_client import Gauge

from amanat.handlers.unread_counts import unread_of
from amanat.store.store import Store

MAX_HELD: Final = 10_000
"""People whose counts are kept, about 1 kB each; those of others are counted when they are pushed to."""
HELD = Gauge("amanat_handlers_badges_entries", "People whose unread messages are counted and kept.")


class _Held:
    """A person's unread messages by room, none where there are none, and what they were counted by."""

    __slots__ = ("by_room", "counted_by", "stale", "told")

    def __init__(self, counted_by: tuple[object, ...]) -> None:
        self.counted_by = counted_by
        self.by_room: dict[str, int] = {}
        self.stale: set[str] = set()
        self.told = 0


class Badges:
    """Counts unread messages. Everything that may change a count is told to `touch`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[str, _Held] = {}
        HELD.set_function(self._held.__len__)

    def touch(self, user_id: str, room_id: str) -> None:
        """Note that a person's count in a room may differ now."""
        held = self._held.get(user_id)
        if held is not None:
            held.stale.add(room_id)

    def told(self, user_id: str) -> int:
        """Return which count a person's devices were told last; 0 if that is not known."""
        held = self._held.get(user_id)
        return held.told if held else 0

    def tell(self, user_id: str, unread: int) -> None:
        """Note that a person's devices are being told a count."""
        held = self._held.get(user_id)
        if held is not None:
            held.told = unread

    async def of(self, user_id: str, room_id: str = "") -> tuple[int, int]:
        """Return how many messages a person has not read, in all rooms and in one."""
        by_room = await self._counted(user_id)
        memberships = await self._store.memberships.get(user_id) or {}
        joined = {each: n for each, n in by_room.items() if each in memberships}
        return sum(n for each, n in joined.items() if memberships[each].membership == "join"), by_room.get(room_id, 0)

    async def _counted(self, user_id: str) -> dict[str, int]:
        store = self._store
        counted_by = (await store.push_rules.get(user_id), await store.ignored.get(user_id))
        held = self._held.pop(user_id, None)
        if held is None or any(now is not then for now, then in zip(counted_by, held.counted_by, strict=True)):
            told, held = held.told if held else 0, _Held(counted_by)
            held.told = told
            memberships = await store.memberships.get(user_id) or {}
            held.stale.update(room_id for room_id, each in memberships.items() if each.membership == "join")
        self._keep(user_id, held)
        stale, held.stale = held.stale, set()
        await self._count(user_id, stale, held)
        return held.by_room

    async def _count(self, user_id: str, rooms: Iterable[str], held: _Held) -> None:
        store = self._store
        ignored = await store.ignored.get(user_id) or frozenset()
        listed = list(rooms)
        heads = await store.heads.get_many(listed)
        await store.standings.get_many([(room_id, user_id) for room_id in listed])
        for room_id in listed:
            head = heads.get(room_id)
            unread = head and await unread_of(store, user_id=user_id, room_id=room_id, head=head, ignored=ignored)
            if unread and unread.whole.notifications:
                held.by_room[room_id] = unread.whole.notifications
            else:
                held.by_room.pop(room_id, None)

    def _keep(self, user_id: str, held: _Held) -> None:
        self._held[user_id] = held
        if len(self._held) > MAX_HELD:
            del self._held[next(iter(self._held))]

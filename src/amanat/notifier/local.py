"""The notifier of one process: listeners learn which of their rooms changed, and parked syncs are woken in slices.

A listener belongs to a person, lives from their first sync until they have not asked for a while, and knows every
change since it began. So a poll that comes back costs nothing per room: it asks its listener what changed after its
token.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

from amanat.notifier.deadlines import Deadlines, Waiter, resolve

WAKE_SLICE_S = 0.001
"""How long one turn of the loop may spend waking; a room of 5,000 would else hold up every send by 100 ms."""
IDLE_S = 300.0
"""A listener that nobody asks for this long is forgotten; the next sync reads from disk what it missed."""


_NO_ROOMS: frozenset[str] = frozenset()


class Listener:
    """What has changed for one person since `room_since` and `user_since`. Newest changes stand last in `rooms`.

    `version` counts up with everything that wakes: a look that began at an older one has missed something.
    """

    __slots__ = (
        "last_asked",
        "newest_typing",
        "room_since",
        "rooms",
        "typing",
        "typing_seen",
        "user_changed",
        "user_id",
        "user_since",
        "version",
        "waiters",
    )

    def __init__(self, user_id: str, *, room_since: int, user_since: int) -> None:
        self.user_id = user_id
        self.room_since = room_since
        self.user_since = user_since
        self.rooms: dict[str, int] = {}
        self.user_changed = user_since
        self.typing: dict[str, int] = {}
        self.typing_seen: dict[str, int] = {}
        self.newest_typing = 0
        self.version = 0
        self.waiters: list[Waiter] = []
        self.last_asked = 0.0

    def changed_rooms(self, after: int) -> dict[str, int] | None:
        """Return the rooms that changed after a position, or `None` if the listener is too young to know."""
        if after < self.room_since:
            return None
        changed: dict[str, int] = {}
        for room_id in reversed(self.rooms):
            position = self.rooms[room_id]
            if position <= after:
                break
            changed[room_id] = position
        return changed

    def unseen_typing(self, device_id: str) -> frozenset[str]:
        """Return the rooms whose typing changed since this device was last answered."""
        if not self.typing:
            return _NO_ROOMS
        seen = self.typing_seen.get(device_id, 0)
        return frozenset(room_id for room_id, version in self.typing.items() if version > seen)

    def saw_typing(self, device_id: str, *, upto: int) -> None:
        """Note that this device is being told of typing, up to what was `newest_typing` when it was looked at."""
        if upto:
            self.typing_seen[device_id] = upto

    def user_changed_after(self, after: int) -> bool:
        """Return whether something of the person's own may have changed after a position."""
        return after < self.user_since or self.user_changed > after


class Watcher(Protocol):
    """Hears of every room, whoever listens: what pushes to people who do not."""

    def appended(self, room_id: str, position: int) -> None:
        """A room has a new event."""
        ...

    def read(self, user_id: str, room_id: str) -> None:
        """A person has read further."""
        ...


class LocalNotifier:
    """Keeps the listeners of this process. Everything here runs on the event loop."""

    def __init__(self, *, clock: Callable[[], float]) -> None:
        self.stopping = False
        self.watcher: Watcher | None = None
        self._clock = clock
        self._listeners: dict[str, Listener] = {}
        self._by_room: dict[str, set[Listener]] = {}
        self._to_wake: deque[Listener] = deque()
        self._waking = False
        self._deadlines = Deadlines()
        self._typing = 0

    def __len__(self) -> int:
        return len(self._listeners)

    def find(self, user_id: str) -> Listener | None:
        """Return a person's listener, if they have one, and note that it is wanted."""
        listener = self._listeners.get(user_id)
        if listener is not None:
            listener.last_asked = self._clock()
        return listener

    def listen(self, user_id: str, *, rooms: Iterable[str], room_since: int, user_since: int) -> Listener:
        """Begin to listen for a person in their rooms; what changed before the two positions is not known."""
        listener = Listener(user_id, room_since=room_since, user_since=user_since)
        listener.last_asked = self._clock()
        self._listeners[user_id] = listener
        for room_id in rooms:
            self._by_room.setdefault(room_id, set()).add(listener)
        return listener

    def event_appended(self, room_id: str, position: int) -> None:
        """Tell everybody who listens in a room, and who watches, that it has an event at `position`."""
        self.room_changed(room_id, position)
        if self.watcher is not None:
            self.watcher.appended(room_id, position)

    def receipt_moved(self, user_id: str, room_id: str) -> None:
        """Tell who watches that a person has read further."""
        if self.watcher is not None:
            self.watcher.read(user_id, room_id)

    def room_changed(self, room_id: str, position: int) -> None:
        """Tell everybody who listens in a room that it has something at `position`."""
        for listener in self._by_room.get(room_id, ()):
            self._mark(listener, room_id, position)

    def room_changed_for(self, user_id: str, *, room_id: str, position: int) -> None:
        """Tell one person, who may not be listening in the room: they were invited, or left."""
        listener = self._listeners.get(user_id)
        if listener is not None:
            self._mark(listener, room_id, position)

    def _mark(self, listener: Listener, room_id: str, position: int) -> None:
        rooms = listener.rooms
        rooms.pop(room_id, None)
        rooms[room_id] = position
        self._wake(listener)

    def entered(self, user_id: str, room_id: str) -> None:
        """A person has joined a room: from now on they hear of it."""
        listener = self._listeners.get(user_id)
        if listener is not None:
            self._by_room.setdefault(room_id, set()).add(listener)

    def left(self, user_id: str, room_id: str) -> None:
        """A person is out of a room and hears no more of it."""
        listener = self._listeners.get(user_id)
        if listener is not None:
            self._forget_in_room(listener, room_id)

    def user_changed(self, user_id: str, position: int) -> None:
        """Tell a person that something of their own has changed: account data, a message to a device, a device list."""
        listener = self._listeners.get(user_id)
        if listener is not None:
            self._mark_user(listener, position)

    def peers_changed(self, rooms: Iterable[str], position: int) -> None:
        """Tell everybody in these rooms that the devices of one of them have changed."""
        for listener in {listener for room_id in rooms for listener in self._by_room.get(room_id, ())}:
            self._mark_user(listener, position)

    def _mark_user(self, listener: Listener, position: int) -> None:
        listener.user_changed = max(listener.user_changed, position)
        self._wake(listener)

    def typing_changed(self, room_id: str) -> None:
        """Tell a room that somebody began or stopped typing. Such changes have no position: each counts one up."""
        self._typing += 1
        for listener in self._by_room.get(room_id, ()):
            listener.typing[room_id] = listener.newest_typing = self._typing
            self._wake(listener)

    def wake(self, user_id: str) -> None:
        """End a person's parked syncs: one of their access tokens is no longer good."""
        listener = self._listeners.get(user_id)
        if listener is not None:
            self._wake(listener)

    def wake_all(self) -> None:
        """Forget every listener and end every parked sync: what they know may no longer be what is on disk."""
        listeners = list(self._listeners.values())
        self._listeners.clear()
        self._by_room.clear()
        for listener in listeners:
            self._wake(listener)

    def stop(self) -> None:
        """End every parked sync; from now on none may park."""
        self.stopping = True
        self.wake_all()

    async def wait(
        self, listener: Listener, *, timeout_s: float, hang_up: Callable[[Callable[[], object]], object]
    ) -> bool:
        """Park until the listener is woken, or for `timeout_s`; return whether the client hung up instead.

        Nobody parks on a listener that has been forgotten: nothing would wake them.
        """
        if self._listeners.get(listener.user_id) is not listener:
            return False
        waiter: Waiter = asyncio.get_running_loop().create_future()
        listener.waiters.append(waiter)
        tick = self._deadlines.add(waiter, timeout_s=timeout_s)
        hang_up(lambda: resolve(waiter, gone=True))
        try:
            return await waiter
        finally:
            self._deadlines.remove(waiter, tick=tick)
            if waiter in listener.waiters:
                listener.waiters.remove(waiter)

    def forget_idle(self) -> None:
        """Drop the listeners that nobody has asked for in a while."""
        oldest = self._clock() - IDLE_S
        idle = {each for each in self._listeners.values() if each.last_asked < oldest and not each.waiters}
        if not idle:
            return
        for listener in idle:
            del self._listeners[listener.user_id]
        # Once through the rooms for all of them: at night thousands go at once.
        for room_id in [room_id for room_id, present in self._by_room.items() if not present.isdisjoint(idle)]:
            present = self._by_room.pop(room_id) - idle
            if present:
                self._by_room[room_id] = present

    def _forget_in_room(self, listener: Listener, room_id: str) -> None:
        present = self._by_room.get(room_id)
        if present is not None:
            present.discard(listener)
            if not present:
                del self._by_room[room_id]

    def _wake(self, listener: Listener) -> None:
        listener.version += 1
        if not listener.waiters:
            return
        self._to_wake.append(listener)
        if not self._waking:
            self._waking = True
            asyncio.get_running_loop().call_soon(self._wake_some)

    def _wake_some(self) -> None:
        until = self._clock() + WAKE_SLICE_S
        while self._to_wake:
            listener = self._to_wake.popleft()
            waiters, listener.waiters = listener.waiters, []
            for waiter in waiters:
                resolve(waiter, gone=False)
            if self._clock() >= until:
                break
        if self._to_wake:
            asyncio.get_running_loop().call_soon(self._wake_some)
        else:
            self._waking = False

"""Who is typing, in memory: gone in seconds, or with the process. Spec: client-server-api#typing-notifications."""

from collections.abc import Callable

from msgspec import Raw, json

from amanat.core.errors import Forbidden
from amanat.core.requester import Requester
from amanat.notifier.local import LocalNotifier
from amanat.store.store import Store

MAX_TYPING_MS = 120_000
"""Longest that one request keeps somebody typing; clients repeat it every few seconds."""
MAX_TYPISTS = 100
"""People shown typing in one room at once."""


class Typing:
    """Keeps who types where, until when."""

    def __init__(self, store: Store, *, notifier: LocalNotifier, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._notifier = notifier
        self._now_ms = now_ms
        self._until: dict[str, dict[str, int]] = {}

    async def set(self, requester: Requester, *, room_id: str, typing: bool, timeout_ms: int) -> None:
        """Note that the requester types for a while, or has stopped."""
        memberships = await self._store.memberships.get(requester.user_id) or {}
        held = memberships.get(room_id)
        if held is None or held.membership != "join":
            raise Forbidden("You are not in this room.")
        before = self._typing(room_id)
        people = self._until.setdefault(room_id, {})
        if typing and (requester.user_id in people or len(people) < MAX_TYPISTS):
            people[requester.user_id] = self._now_ms() + min(timeout_ms, MAX_TYPING_MS)
        else:
            people.pop(requester.user_id, None)
        if not people:
            del self._until[room_id]
        if self._typing(room_id) != before:
            self._notifier.typing_changed(room_id)

    def sweep(self) -> None:
        """Tell the rooms where somebody's time has run out."""
        now_ms = self._now_ms()
        for room_id, people in list(self._until.items()):
            ended = [user_id for user_id, until in people.items() if until <= now_ms]
            for user_id in ended:
                del people[user_id]
            if not people:
                del self._until[room_id]
            if ended:
                self._notifier.typing_changed(room_id)

    def event(self, room_id: str) -> Raw:
        """Return the `m.typing` event of a room as it is now."""
        return Raw(json.encode({"type": "m.typing", "content": {"user_ids": self._typing(room_id)}}))

    def _typing(self, room_id: str) -> list[str]:
        now_ms = self._now_ms()
        people = self._until.get(room_id, {})
        return sorted(user_id for user_id, until in people.items() if until > now_ms and self._is_in(room_id, user_id))

    def _is_in(self, room_id: str, user_id: str) -> bool:
        """Whether somebody who began to type is still in the room, as far as memory tells."""
        held = (self._store.memberships.peek(user_id) or {}).get(room_id)
        return held is None or held.membership == "join"

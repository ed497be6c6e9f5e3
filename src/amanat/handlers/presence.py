"""Who is there, in memory only: true for minutes, lost with the process. Spec: client-server-api#presence.

A change of presence wakes nobody: it goes along with the next answer of a sync, and several changes become one.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from msgspec import Raw, Struct, json
from msgspec.structs import replace
from prometheus_client import Gauge

from amanat.core.errors import Forbidden, InvalidParam
from amanat.core.filters import Sieve
from amanat.core.requester import Requester
from amanat.store.store import Store

STATES = frozenset({"online", "offline", "unavailable"})
MAX_STATUS_BYTES = 1024
MAX_PEOPLE = 100_000
"""People whose presence is kept, some 300 bytes each; who was there the longest ago is forgotten first."""
MAX_TOLD = 100
"""People that one answer tells about, the latest to change; a client shows what it has of the others."""
GONE_AFTER_MS = 180_000
"""Without a sync for this long, somebody is offline; the longest poll takes 120 seconds."""
ACTIVE_MS = 60_000
"""For how long somebody counts as active after they were there."""
PEOPLE = Gauge("amanat_handlers_presence_entries", "People whose presence is kept.")


class Standing(Struct, frozen=True):
    """How somebody appears; `version` counts the changes of everybody."""

    state: str
    status: str | None
    active_ms: int
    version: int


class Presence:
    """Keeps who is there, and who has been told."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms
        self._version = 0
        # Whoever was there last stands last in the one, and whoever changed last in the other.
        self._people: OrderedDict[str, Standing] = OrderedDict()
        PEOPLE.set_function(self._people.__len__)
        self._changed: OrderedDict[str, int] = OrderedDict()
        self._told: OrderedDict[tuple[str, str], int] = OrderedDict()

    # Who is there

    def seen(self, requester: Requester, *, presence: str | None) -> None:
        """Note that a device syncs; with `offline` its user wishes not to be seen by it."""
        # spec: client-server-api#get_matrixclientv3sync
        if presence == "offline":
            return
        state = presence or "online"
        held = self._people.get(requester.user_id)
        if held is not None and held.state == state:
            self._people[requester.user_id] = replace(held, active_ms=self._now_ms())
            self._people.move_to_end(requester.user_id)
        else:
            self._change(requester.user_id, state=state, status=held.status if held else None)

    async def set(self, requester: Requester, *, state: str, status: str | None) -> None:
        """Say how the requester wishes to appear."""
        if state not in STATES:
            raise InvalidParam("`presence` is online, offline or unavailable.")
        if status is not None and len(status.encode("utf-8", "surrogatepass")) > MAX_STATUS_BYTES:
            raise InvalidParam(f"A status message has at most {MAX_STATUS_BYTES} bytes.")
        self._change(requester.user_id, state=state, status=status)

    def _change(self, user_id: str, *, state: str, status: str | None) -> None:
        self._version += 1
        self._people[user_id] = Standing(state, status, self._now_ms(), self._version)
        self._people.move_to_end(user_id)
        self._changed[user_id] = self._version
        self._changed.move_to_end(user_id)
        if len(self._people) > MAX_PEOPLE:
            self._forget(next(iter(self._people)))

    def _forget(self, user_id: str) -> None:
        del self._people[user_id]
        self._changed.pop(user_id, None)

    def sweep(self) -> None:
        """Let those be offline who have not been there for a while."""
        oldest = self._now_ms() - GONE_AFTER_MS
        while self._people:
            user_id, held = next(iter(self._people.items()))
            if held.active_ms > oldest:
                break
            if held.state == "offline":
                self._forget(user_id)
            else:
                self._change(user_id, state="offline", status=held.status)

    # Who may know

    async def of(self, requester: Requester, *, user_id: str) -> dict[str, Any]:
        """Return how somebody appears, to themselves or to who shares a room with them."""
        if user_id != requester.user_id and not await self._share_a_room(requester.user_id, user_id):
            raise Forbidden("You share no room with this person.")
        held = self._people.get(user_id)
        return {"presence": "offline"} if held is None else self._shown(held)

    async def events(self, requester: Requester, *, initial: bool, through: Sieve | None) -> list[Raw]:
        """Return the `m.presence` events that go along with an answer to this device."""
        if through is not None and not through.allows("m.presence"):
            return []
        device = (requester.user_id, requester.device_id)
        known = 0 if initial else self._told.get(device, 0)
        self._remember_told(device)
        told: list[Raw] = []
        for user_id in self._changed_after(known):
            allowed = through is None or through.allows("m.presence", user_id)
            if allowed and (user_id == requester.user_id or await self._share_a_room(requester.user_id, user_id)):
                held = self._people.get(user_id)
                told += [_event(user_id, self._shown(held))] if held else []
        return told

    def _changed_after(self, version: int) -> list[str]:
        """Return who changed after a version, the latest first."""
        found: list[str] = []
        for user_id in reversed(self._changed):
            if self._changed[user_id] <= version or len(found) == MAX_TOLD:
                break
            found.append(user_id)
        return found

    def _remember_told(self, device: tuple[str, str]) -> None:
        self._told[device] = self._version
        self._told.move_to_end(device)
        if len(self._told) > MAX_PEOPLE:
            self._told.popitem(last=False)

    async def _share_a_room(self, one: str, other: str) -> bool:
        ours = await self._store.memberships.get(one) or {}
        theirs = await self._store.memberships.get(other) or {}
        fewer, more = sorted((ours, theirs), key=len)
        return any(
            held.membership == "join" and room_id in more and more[room_id].membership == "join"
            for room_id, held in fewer.items()
        )

    def _shown(self, held: Standing) -> dict[str, Any]:
        ago = max(self._now_ms() - held.active_ms, 0)
        shown: dict[str, Any] = {"presence": held.state, "last_active_ago": ago}
        if held.state == "online":
            shown["currently_active"] = ago < ACTIVE_MS
        if held.status is not None:
            shown["status_msg"] = held.status
        return shown


def _event(user_id: str, content: dict[str, Any]) -> Raw:
    return Raw(json.encode({"type": "m.presence", "sender": user_id, "content": content}))

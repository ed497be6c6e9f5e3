"""Long-polling sync: what has changed since the client's token, or a wait until something does.

Spec: client-server-api#syncing.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from msgspec import Raw, Struct

from amanat.core.filters import Sieve
from amanat.core.requester import Requester
from amanat.core.stream_token import StreamToken
from amanat.handlers.sync_format import in_format_of_federation
from amanat.handlers.sync_rooms import SyncRooms
from amanat.handlers.sync_scope import ReadyFilter, Rooms, RoomSections, Scope
from amanat.notifier.local import Listener, LocalNotifier
from amanat.store.membership_memory import Memberships
from amanat.store.rooms import ROOMS_CHANGED
from amanat.store.store import Store
from amanat.store.streams import ROOM_STREAM, USER_STREAM

OnHangUp = Callable[[Callable[[], object]], object]


class Wishes(Struct, frozen=True, kw_only=True):
    """What an app says alike with each of its polls; `timeout_ms` is how long it would wait for something."""

    timeout_ms: int
    filter: ReadyFilter
    full_state: bool
    state_after: bool
    presence: str | None


class SyncRequest(Struct, frozen=True):
    """What a client asks: `since` is its last `next_batch`."""

    since: StreamToken | None
    wishes: Wishes


class Moment(Struct, frozen=True, kw_only=True):
    """Where everything stood at one moment, as far as one look at it is concerned."""

    now: StreamToken
    version: int
    """The listener's: if it has another when the look is done, something was committed meanwhile."""
    memberships: Memberships
    changed: dict[str, int] | None
    """The rooms that changed, with the position of their last change; `None` if the listener is too young to know."""
    own_changed: bool
    typing: frozenset[str]
    typing_upto: int


class OwnChanges(Struct, kw_only=True):
    """What changed for the person and the device, rooms apart."""

    account_data: list[Raw]
    to_device: list[Raw]
    to_device_upto: int
    """The user position up to which `to_device` goes: less than `now` where more is waiting."""
    device_lists: dict[str, list[str]] | None

    @property
    def anything(self) -> bool:
        return bool(self.account_data or self.to_device or self.device_lists)


class Own(Protocol):
    """Account data, messages to the device, device lists, key counts and presence."""

    async def acknowledge(self, requester: Requester, *, upto: int) -> None:
        """Forget the messages to a device that it has confirmed by coming back with a later token."""
        ...

    async def changes(self, scope: Scope, rooms: Rooms) -> OwnChanges: ...

    async def key_counts(self, requester: Requester) -> dict[str, Any]:
        """Return `device_one_time_keys_count` and `device_unused_fallback_key_types`."""
        ...

    def seen(self, requester: Requester, *, presence: str | None) -> None:
        """Note that the device is there."""
        ...

    async def presence(self, requester: Requester, *, initial: bool, through: Sieve | None) -> list[Raw]:
        """Return the presence that goes along with an answer: asked once, when there is one."""
        ...


class Sync:
    """Answers `/sync`."""

    def __init__(
        self,
        store: Store,
        *,
        notifier: LocalNotifier,
        rooms: SyncRooms,
        own: Own,
        check: Callable[[Requester], None],
    ) -> None:
        self._store = store
        self._notifier = notifier
        self._rooms = rooms
        self._own = own
        self._check = check

    def now(self) -> StreamToken:
        """Return where the server stands."""
        return StreamToken(self._store.epoch, self._store.position(ROOM_STREAM), self._store.position(USER_STREAM))

    async def sync(self, requester: Requester, request: SyncRequest, *, hang_up: OnHangUp) -> dict[str, Any]:
        """Return the response of one poll; raises UnknownToken or UserLocked if its session ends or pauses meanwhile.

        `hang_up` takes what is to be called when the client goes away: the poll then ends with nobody to answer.
        """
        wishes = request.wishes
        self._own.seen(requester, presence=wishes.presence)
        since = self._known(request.since)
        if since is not None:
            await self._own.acknowledge(requester, upto=since.user)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wishes.timeout_ms / 1000
        while True:
            listener = self._notifier.find(requester.user_id) or await self._listen(requester.user_id)
            may_wait = since is not None and loop.time() < deadline and not self._notifier.stopping
            look = not may_wait or not _is_quiet(listener, requester, request)
            if look:
                memberships = await self._store.memberships.get(requester.user_id) or {}
                moment = self._moment(listener, requester, since=since, memberships=memberships)
                answer, anything = await self._look(requester, request, since=since, moment=moment)
            # Just before parking: a token that ended since the request began would wake nobody any more.
            self._check(requester)
            if look:
                if anything or not may_wait:
                    listener.saw_typing(requester.device_id, upto=moment.typing_upto)
                    if not wishes.filter.no_presence:
                        answer |= await self._presence(requester, wishes.filter.presence, initial=since is None)
                    return answer
                if listener.version != moment.version:
                    continue
            gone = await self._notifier.wait(listener, timeout_s=deadline - loop.time(), hang_up=hang_up)
            if gone:
                return {}

    def _known(self, token: StreamToken | None) -> StreamToken | None:
        """Return where a client stands, if that is a place in this data; one of another epoch begins anew."""
        if token is None or token.epoch != self._store.epoch:
            return None
        # Ahead of us stands only who has seen data that was put back by hand, past `amanat restore`.
        is_ahead = token.room > self._store.position(ROOM_STREAM) or token.user > self._store.position(USER_STREAM)
        return None if is_ahead else token

    async def _presence(self, requester: Requester, through: Sieve | None, *, initial: bool) -> dict[str, Any]:
        events = await self._own.presence(requester, initial=initial, through=through)
        return {"presence": {"events": events}} if events else {}

    async def _listen(self, user_id: str) -> Listener:
        memberships = await self._store.memberships.get(user_id) or {}
        listener = self._notifier.find(user_id)
        if listener is not None:
            return listener
        joined = [room_id for room_id, held in memberships.items() if held.membership == "join"]
        now = self.now()
        return self._notifier.listen(user_id, rooms=joined, room_since=now.room, user_since=now.user)

    def _moment(
        self, listener: Listener, requester: Requester, *, since: StreamToken | None, memberships: Memberships
    ) -> Moment:
        """Note where everything stands. Nothing awaits here, so that no commit can come in between."""
        return Moment(
            now=self.now(),
            version=listener.version,
            memberships=memberships,
            changed=None if since is None else listener.changed_rooms(since.room),
            own_changed=since is None or listener.user_changed_after(since.user),
            typing=listener.unseen_typing(requester.device_id),
            typing_upto=listener.newest_typing,
        )

    async def _look(
        self, requester: Requester, request: SyncRequest, *, since: StreamToken | None, moment: Moment
    ) -> tuple[dict[str, Any], bool]:
        wishes = request.wishes
        room_account_data: dict[str, list[Raw]] = {}
        if moment.own_changed:
            room_account_data = await self._rooms.account_data(
                requester.user_id,
                after=since.user if since else 0,
                upto=moment.now.user,
                filtered=wishes.filter,
            )
        scope = Scope(
            requester=requester,
            since=since,
            now=moment.now,
            filter=wishes.filter,
            full_state=wishes.full_state,
            from_other_epoch=request.since is not None and since is None,
            state_after=wishes.state_after,
            room_account_data=room_account_data,
            typing=moment.typing,
            ignored=await self._store.ignored.get(requester.user_id) or frozenset(),
        )
        changed = await self._changed_rooms(scope, moment)
        rooms = await self._rooms.collect(scope, memberships=moment.memberships, changed=changed)
        if scope.filter.federation:
            await in_format_of_federation(self._store, rooms, scope=scope)
        own = None
        if moment.own_changed or rooms.member_changes or rooms.entered or rooms.exited:
            own = await self._own.changes(scope, rooms)
        anything = bool(rooms.join or rooms.invite or rooms.knock or rooms.leave or (own and own.anything))
        return await self._answer(scope, rooms, own, anything=anything), anything

    async def _changed_rooms(self, scope: Scope, moment: Moment) -> dict[str, int] | None:
        """Return the rooms that have something to tell, with the position of it; `None` means all of them."""
        if scope.since is None or scope.full_state:
            return None
        changed = moment.changed
        if changed is None:
            found = await self._store.all(ROOMS_CHANGED, user_id=scope.user_id, after=scope.since.room)
            changed = {row.room_id: scope.now.room for row in found}
        for room_id in (*scope.room_account_data, *scope.typing):
            changed.setdefault(room_id, scope.since.room)
        return changed

    async def _answer(self, scope: Scope, rooms: Rooms, own: OwnChanges | None, *, anything: bool) -> dict[str, Any]:
        user = scope.now.user if own is None else min(scope.now.user, own.to_device_upto)
        token = StreamToken(scope.now.epoch, scope.now.room, user)
        if anything:
            token = token.after(scope.since)
        answer: dict[str, Any] = {"next_batch": str(token), **await self._own.key_counts(scope.requester)}
        if rooms.join or rooms.invite or rooms.knock or rooms.leave:
            answer["rooms"] = RoomSections(rooms.join, rooms.invite, rooms.knock, rooms.leave)
        if own is not None:
            answer |= _own_sections(own)
        return answer


def _own_sections(own: OwnChanges) -> dict[str, Any]:
    sections: dict[str, Any] = {}
    for name, events in (
        ("account_data", own.account_data),
        ("to_device", own.to_device),
    ):
        if events:
            sections[name] = {"events": events}
    if own.device_lists:
        sections["device_lists"] = own.device_lists
    return sections


def _is_quiet(listener: Listener, requester: Requester, request: SyncRequest) -> bool:
    """Whether the listener knows that there is nothing to tell: most polls come back to just that."""
    since = request.since
    return (
        since is not None
        and not request.wishes.full_state
        and since.room >= listener.room_since
        and next(reversed(listener.rooms.values()), 0) <= since.room
        and not listener.user_changed_after(since.user)
        and not listener.unseen_typing(requester.device_id)
    )

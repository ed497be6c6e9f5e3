"""Sending: messages, state, redactions, once per transaction id. Spec: client-server-api#sending-events-to-a-room."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from amanat.core.errors import BadJson, Forbidden, InvalidParam, NotFound, UserSuspended
from amanat.core.event_auth import authorise_redaction
from amanat.core.events import Draft
from amanat.core.gate import check_redaction
from amanat.core.relations import THREAD, relation
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.aliases import CANONICAL, Aliases
from amanat.handlers.append import Appender
from amanat.handlers.memberships import Memberships
from amanat.handlers.room_view import RoomView
from amanat.handlers.transactions import key_of, remember
from amanat.store.events import EVENT_BY_ID, EVENTS, THREADS, TRANSACTIONS
from amanat.store.room_memory import Room
from amanat.store.rooms import MEMBERS
from amanat.store.store import Store

ONLY_THEIR_OWN = {
    "m.room.create": "A room is created once.",
    "m.room.member": "Memberships are changed by join, invite, leave, kick and ban.",
}


class Sending:
    """Puts what people send into rooms."""

    def __init__(
        self,
        store: Store,
        *,
        appender: Appender,
        memberships: Memberships,
        aliases: Aliases,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._appender = appender
        self._memberships = memberships
        self._aliases = aliases
        self._now_ms = now_ms

    async def send(
        self, requester: Requester, *, room_id: str, event_type: str, transaction_id: str, content: dict[str, Any]
    ) -> str:
        """Send a message event and return its id; a repeated transaction id returns the first event's."""
        if event_type == "m.room.redaction":
            return await self._send_redaction(requester, room_id, transaction_id=transaction_id, content=content)
        draft = self._draft(requester, room_id=room_id, event_type=event_type, content=content)
        key = key_of(requester, "send", room_id, event_type, transaction_id)
        needs = await self._needs(draft)

        def run(tx: Tx) -> str:
            return self._once(tx, key, lambda: self._append(tx, draft, requester, transaction_id))

        return await self._store.write(run, needs=[*needs, (TRANSACTIONS, (key,))])

    async def set_state(
        self, requester: Requester, *, room_id: str, event_type: str, state_key: str, content: dict[str, Any]
    ) -> str:
        """Set a piece of room state and return the event's id; setting what is already there sends nothing."""
        if event_type == "m.room.create":
            raise Forbidden(ONLY_THEIR_OWN[event_type])
        if event_type == "m.room.member":
            return await self._memberships.set_member(
                requester.user_id, room_id=room_id, target=state_key, content=content
            )
        draft = self._draft(requester, room_id=room_id, event_type=event_type, content=content, state_key=state_key)
        needs = self._appender.needs(room_id, members={requester.user_id})
        names_aliases = event_type == CANONICAL and state_key == ""
        if names_aliases:
            needs += self._aliases.needs(content)

        def run(tx: Tx) -> str:
            room = self._room(tx, room_id)
            before = room.state.get((event_type, state_key))
            if before is not None and before.content == content and before.sender == requester.user_id:
                return before.event_id
            if names_aliases:
                self._aliases.check(tx, room, content=content)
            return self._appender.append(tx, draft).event_id

        return await self._store.write(run, needs=needs)

    async def redact(
        self, requester: Requester, *, room_id: str, event_id: str, transaction_id: str, reason: str | None
    ) -> str:
        """Redact an event: its content goes at once, in place. Spec: client-server-api#redactions."""
        content = {"redacts": event_id} | ({} if reason is None else {"reason": reason})
        return await self._send_redaction(requester, room_id, transaction_id=transaction_id, content=content)

    async def _send_redaction(
        self, requester: Requester, room_id: str, *, transaction_id: str, content: dict[str, Any]
    ) -> str:
        content = {key: content[key] for key in ("redacts", "reason") if key in content}
        target = content.get("redacts")
        if not isinstance(target, str):
            raise BadJson("A redaction names the event that it redacts in `redacts`.")
        room = await self._store.rooms.get(room_id)
        keep = room is None or room.version.redacts_in_content
        draft = replace(
            self._draft(
                requester,
                room_id=room_id,
                event_type="m.room.redaction",
                content=content if keep else {key: content[key] for key in content if key != "redacts"},
            ),
            redacts=target,
        )
        key = key_of(requester, "redact", room_id, target, transaction_id)
        needs = [*self._appender.needs(room_id, members={requester.user_id}), (EVENTS, (target,))]
        found = await self._store.first(EVENT_BY_ID, event_id=target)
        if found is not None and found.type == "m.room.member":
            needs.append((MEMBERS, (room_id, found.state_key)))

        def run(tx: Tx) -> str:
            return self._once(tx, key, lambda: self._redact(tx, draft, requester, transaction_id))

        return await self._store.write(run, needs=[*needs, (TRANSACTIONS, (key,))])

    # Inside the unit of work

    def _once(self, tx: Tx, key: bytes, act: Callable[[], str]) -> str:
        done = tx.get(TRANSACTIONS, key)
        if done is not None:
            return done.event_id
        event_id = act()
        remember(tx, key, event_id=event_id, ts=self._now_ms())
        return event_id

    def _append(self, tx: Tx, draft: Draft, requester: Requester, transaction_id: str) -> str:
        self._room(tx, draft.room_id)
        return self._appender.append(tx, draft, transaction=f"{requester.device_id}\n{transaction_id}").event_id

    def _redact(self, tx: Tx, draft: Draft, requester: Requester, transaction_id: str) -> str:
        room = self._room(tx, draft.room_id)
        target = tx.get(EVENTS, draft.redacts)
        if target is None or target.room_id != draft.room_id:
            raise NotFound("There is no such event in this room.")
        # spec: client-server-api#account-suspension
        if requester.state == "suspended" and target.sender != requester.user_id:
            raise UserSuspended("While your account is suspended you can redact your own events alone.")
        check_redaction(target.type, target.state_key)
        authorise_redaction(draft, RoomView(tx, room), target_sender=target.sender)
        row = self._appender.append(tx, draft, transaction=f"{requester.device_id}\n{transaction_id}")
        self._appender.blank(tx, target, by=row)
        return row.event_id

    def _room(self, tx: Tx, room_id: str) -> Room:
        room = self._appender.room(tx, room_id)
        if room is None:
            raise Forbidden("You are not in this room.")
        return room

    # Outside it

    def _draft(
        self,
        requester: Requester,
        *,
        room_id: str,
        event_type: str,
        content: dict[str, Any],
        state_key: str | None = None,
    ) -> Draft:
        if state_key is None and event_type in ONLY_THEIR_OWN:
            raise Forbidden(ONLY_THEIR_OWN[event_type])
        if "\0" in event_type or "\0" in (state_key or ""):
            raise InvalidParam("An event type or state key holds U+0000.")
        return Draft(
            room_id=room_id,
            type=event_type,
            sender=requester.user_id,
            content=content,
            origin_server_ts=self._now_ms(),
            state_key=state_key,
        )

    async def _needs(self, draft: Draft) -> Sequence[Need]:
        """What a reaction or an edit relates to may be in a thread; an event's thread never changes."""
        needs = self._appender.message_needs(draft)
        found = relation(draft.content)
        if found is not None and found.rel_type != THREAD:
            parent = await self._store.first(EVENT_BY_ID, event_id=found.event_id)
            if parent is not None and parent.thread_root is not None:
                needs.append((THREADS, (draft.room_id, parent.thread_root)))
        return needs

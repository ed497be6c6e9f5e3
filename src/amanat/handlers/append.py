"""Appending an event to a room: the one way in. Gate, rules, hashes, rows and counts, inside the caller's unit of work.

Whoever wants an event in a room (sending, state, membership, creation, redaction) reads what `needs` lists and calls
`append`. Nothing else writes the tables of events, state and members.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from amanat.core import canonical_json, unread
from amanat.core.errors import DuplicateAnnotation
from amanat.core.event_auth import auth_events_for, authorise
from amanat.core.events import Built, Draft, build
from amanat.core.identifiers import CLASS_KEY, RETENTION_TYPE, fits
from amanat.core.receipts import MAIN, SENT, UNTHREADED
from amanat.core.redaction import redact
from amanat.core.relations import ANNOTATION, THREAD, Relation, check_thread_root, relation, thread_of
from amanat.core.room_versions import ROOM_VERSIONS
from amanat.core.standing import Standing
from amanat.db.memory import Memory
from amanat.db.tx import Need, Tx
from amanat.handlers import media_references
from amanat.handlers.gatekeeper import Gatekeeper
from amanat.handlers.room_view import RoomView
from amanat.notifier.local import LocalNotifier
from amanat.store.events import EVENTS, RELATIONS, THREADS, EventRow, RelationRow, ThreadRow
from amanat.store.membership_memory import Membership
from amanat.store.receipts import HIGHLIGHTS, RECEIPTS, WHOLE_ROOM, HighlightRow, ReceiptRow
from amanat.store.relations import ANNOTATIONS, AnnotationRow
from amanat.store.retention import RETENTION_ROOMS, RetentionRow
from amanat.store.room_memory import Head, Room, changed, room_of
from amanat.store.rooms import MEMBERS, ROOMS, STATE, MemberRow, RoomRow, StateRow
from amanat.store.standing_memory import Place
from amanat.store.store import Store
from amanat.store.streams import ROOM_STREAM

MAX_MENTIONS = 50
"""Highlights that one event may cause; more mentions than a person would type are passed over."""


_NO_EVENTS = Head("", 0, 0, 0, 0, 0)


class Appender:
    """Appends events to rooms. Its methods take the caller's transaction and never await."""

    def __init__(self, store: Store, *, notifier: LocalNotifier, gatekeeper: Gatekeeper) -> None:
        self._store = store
        self._notifier = notifier
        self._gatekeeper = gatekeeper

    def needs(self, room_id: str, *, members: Iterable[str]) -> list[Need]:
        """Return what appending state reads: the room, and these people's membership."""
        store = self._store
        return [
            (store.rooms, room_id),
            (store.heads, room_id),
            *((MEMBERS, (room_id, user_id)) for user_id in members),
        ]

    def message_needs(self, draft: Draft) -> list[Need]:
        """Return what appending a message reads: the room, its sender, what it relates to and whom it mentions."""
        store, room_id = self._store, draft.room_id
        needs: list[Need] = [(store.rooms, room_id), (store.heads, room_id), (MEMBERS, (room_id, draft.sender))]
        found = relation(draft.content)
        if found is not None:
            needs += [(EVENTS, (found.event_id,)), (THREADS, (room_id, found.event_id))]
            annotation = _annotation(found, draft.sender, draft.type)
            needs += [(ANNOTATIONS, annotation)] if annotation else []
        needs += [(MEMBERS, (room_id, user_id)) for user_id in _mentioned(draft.content)]
        return needs

    def room(self, tx: Tx, room_id: str) -> Room | None:
        """Return the room as this batch has left it."""
        return tx.see(self._store.rooms, room_id)

    def create(self, tx: Tx, draft: Draft, *, listed: bool) -> EventRow:
        """Make a room of its `m.room.create` event, whose sender is its creator."""
        version = ROOM_VERSIONS[draft.content["room_version"]]
        built = build(draft, version=version, depth=1, prev_events=[], auth_events=[])
        room = RoomRow(
            room_id=built.event.room_id,
            version=version.id,
            room_class=draft.content[CLASS_KEY],
            creator=draft.sender,
            created_ts=draft.origin_server_ts,
            listed=int(listed),
            joined=0,
            invited=0,
        )
        tx.put(ROOMS, room)
        tx.stage(self._store.rooms, room.room_id, room_of(room, {("m.room.create", ""): built.event}))
        return self._put(tx, built, _NO_EVENTS, None)

    def append(self, tx: Tx, draft: Draft, *, transaction: str | None = None, from_upgrade: bool = False) -> EventRow:
        """Check a draft against the gate and the rules and append it; raises Forbidden and writes nothing if refused.

        `transaction` is `device id\\ntransaction id`, shown to that device alone.
        """
        room, head = tx.see(self._store.rooms, draft.room_id), tx.see(self._store.heads, draft.room_id)
        assert room is not None, "The caller has found the room."
        assert head is not None, "A room has events."
        view = RoomView(tx, room)
        draft = self._gatekeeper.pass_through(draft, room, from_upgrade=from_upgrade)
        authorise(draft, view)
        if draft.state_key is None:
            _check_relation(tx, draft)
        built = build(
            draft,
            version=room.version,
            depth=head.depth + 1,
            prev_events=[head.event_id],
            auth_events=auth_events_for(draft, view),
        )
        return self._put(tx, built, head, transaction)

    def blank(self, tx: Tx, target: EventRow, *, by: EventRow) -> None:
        """Remove a redacted event's content in place; the redaction `by` has been appended."""
        room = tx.see(self._store.rooms, target.room_id)
        assert room is not None
        before = msgspec.json.decode(target.json)
        self._unrelate(tx, target, relation(before["content"]))
        for user_id in (WHOLE_ROOM, *_mentioned(before["content"])):
            tx.delete(HIGHLIGHTS, user_id, target.room_id, target.position)
        media_references.release(tx, target, content=before["content"], ts=by.ts)
        redacted = redact(before, room.version)
        redacted |= {"event_id": target.event_id, "room_id": target.room_id}
        tx.put(EVENTS, replace(target, json=canonical_json.encode(redacted), redacted_by=by.event_id))
        if target.state_key is None:
            return
        current = tx.get(MEMBERS, target.room_id, target.state_key) if target.type == "m.room.member" else None
        if current is not None and current.event_id == target.event_id:
            tx.put(MEMBERS, replace(current, content=canonical_json.encode(redacted["content"])))
        held = room.state.get((target.type, target.state_key))
        if held is not None and held.event_id == target.event_id:
            blanked = replace(held, content=redacted["content"])
            tx.stage(self._store.rooms, target.room_id, changed(room, blanked))

    def _put(self, tx: Tx, built: Built, head: Head, transaction: str | None) -> EventRow:
        event = built.event
        position = tx.next(ROOM_STREAM)
        related = relation(event.content) if event.state_key is None else None
        parent = None if related is None else _parent(tx, related, event.room_id)
        root = None if parent is None else thread_of(related, parent_thread=parent.thread_root)
        notifies = unread.counts_as_unread(event.type, event.content, is_state=event.state_key is not None)
        in_main = notifies and root is None
        main_notifying = head.main_notifying + in_main
        row = EventRow(
            event_id=event.event_id,
            room_id=event.room_id,
            position=position,
            type=event.type,
            state_key=event.state_key,
            sender=event.sender,
            ts=event.origin_server_ts,
            depth=head.depth + 1,
            json=built.client_json,
            extra=built.pdu_extra,
            transaction_key=transaction,
            replaces_state=None if event.state_key is None else self._replaced(tx, built),
            redacted_by=None,
            thread_root=root,
            main_notifying=main_notifying,
            thread_notifying=0 if root is None else _thread_count(tx, event.room_id, root) + notifies,
        )
        tx.put(EVENTS, row)
        media_references.declare(tx, row, content=event.content)
        if related is not None and parent is not None:
            self._relate(tx, row, related)
        if event.state_key is not None:
            self._change_state(tx, built, row)
        if event.state_key is None or notifies:
            _move_sent(tx, row, thread=root or MAIN, user_id=row.sender, standings=self._store.standings)
        highlighted = self._highlight(tx, row, event.content)
        after = Head(
            event_id=event.event_id,
            position=position,
            depth=row.depth,
            main_notifying=main_notifying,
            thread_position=head.thread_position if root is None else position,
            highlight_position=position if highlighted else head.highlight_position,
        )
        tx.stage(self._store.heads, event.room_id, after)
        tx.after_commit(lambda: self._notifier.event_appended(row.room_id, row.position))
        return row

    # Relations and threads

    def _relate(self, tx: Tx, row: EventRow, related: Relation) -> None:
        tx.put(
            RELATIONS,
            RelationRow(
                parent_id=related.event_id,
                position=row.position,
                event_id=row.event_id,
                room_id=row.room_id,
                rel_type=related.rel_type,
                type=row.type,
                sender=row.sender,
                key=related.key,
            ),
        )
        annotation = _annotation(related, row.sender, row.type)
        if annotation is not None:
            tx.put(ANNOTATIONS, AnnotationRow(*annotation, event_id=row.event_id))
        if related.rel_type == THREAD and row.thread_root is not None:
            before = tx.get(THREADS, row.room_id, row.thread_root)
            tx.put(
                THREADS,
                ThreadRow(
                    room_id=row.room_id,
                    root_id=row.thread_root,
                    latest_id=row.event_id,
                    latest_position=row.position,
                    replies=(before.replies if before else 0) + 1,
                    notifying=row.thread_notifying,
                ),
            )

    def _unrelate(self, tx: Tx, row: EventRow, related: Relation | None) -> None:
        """What is redacted is nobody's child; the counts that receipts are measured by stay."""
        if related is None or row.state_key is not None:
            return
        tx.delete(RELATIONS, related.event_id, row.position)
        annotation = _annotation(related, row.sender, row.type)
        if annotation is not None:
            tx.delete(ANNOTATIONS, *annotation)

    # State and members

    def _replaced(self, tx: Tx, built: Built) -> str | None:
        """Return the id of the state event that this one takes the place of."""
        event = built.event
        assert event.state_key is not None
        if event.type == "m.room.member":
            member = tx.get(MEMBERS, event.room_id, event.state_key)
            return member.event_id if member else None
        room = tx.see(self._store.rooms, event.room_id)
        before = room.state.get((event.type, event.state_key)) if room else None
        return before.event_id if before and before.event_id != event.event_id else None

    def _change_state(self, tx: Tx, built: Built, row: EventRow) -> None:
        event = built.event
        assert row.state_key is not None
        room = tx.see(self._store.rooms, row.room_id)
        assert room is not None
        if row.type == "m.room.member":
            self._change_member(tx, row, room, event.content)
            return
        tx.put(STATE, StateRow(row.room_id, row.type, row.state_key, row.event_id, row.position))
        tx.stage(self._store.rooms, row.room_id, changed(room, event))
        if row.type == RETENTION_TYPE:
            tx.put(RETENTION_ROOMS, RetentionRow(row.room_id, row.ts))

    def _change_member(self, tx: Tx, row: EventRow, room: Room, content: dict[str, Any]) -> None:
        user_id, membership = row.state_key or "", content["membership"]
        before = tx.get(MEMBERS, row.room_id, user_id)
        tx.put(
            MEMBERS,
            MemberRow(
                room_id=row.room_id,
                user_id=user_id,
                membership=membership,
                event_id=row.event_id,
                position=row.position,
                sender=row.sender,
                ts=row.ts,
                content=canonical_json.encode_checked(content),
                forgotten=0,
            ),
        )
        self._remember_membership(tx, user_id, row, membership)
        was = before.membership if before else "leave"
        if was == membership:
            return
        counted = replace(
            room.row,
            joined=room.row.joined + (membership == "join") - (was == "join"),
            invited=room.row.invited + (membership == "invite") - (was == "invite"),
        )
        tx.put(ROOMS, counted)
        tx.stage(self._store.rooms, row.room_id, replace(room, row=counted))
        if membership == "join":
            _move_sent(tx, row, thread=UNTHREADED, user_id=user_id, standings=self._store.standings)
        tx.after_commit(lambda: self._publish_membership(user_id, row, membership))

    def _remember_membership(self, tx: Tx, user_id: str, row: EventRow, membership: str) -> None:
        memory = self._store.memberships
        known = tx.peek(memory, user_id)
        entry = Membership(membership, row.position, row.event_id, forgotten=False)
        tx.stage(memory, user_id, None if known is None else {**known, row.room_id: entry})

    def _publish_membership(self, user_id: str, row: EventRow, membership: str) -> None:
        if membership == "join":
            self._notifier.entered(user_id, row.room_id)
        else:
            self._notifier.left(user_id, row.room_id)
        self._notifier.room_changed_for(user_id, room_id=row.room_id, position=row.position)

    # Counts

    def _highlight(self, tx: Tx, row: EventRow, content: dict[str, Any]) -> bool:
        if "m.mentions" not in content and row.type != "m.room.tombstone":
            return False
        room = tx.see(self._store.rooms, row.room_id)
        assert room is not None
        levels = room.power_levels
        highlights = unread.highlights(
            row.type,
            content,
            is_state=row.state_key is not None,
            sender_may_mention_room=levels.of_user(row.sender) >= levels.for_notification("room"),
        )
        thread = row.thread_root or MAIN
        readers = [WHOLE_ROOM] if highlights.everyone else []
        for user_id in _mentioned(content) if row.state_key is None else ():
            member = tx.get(MEMBERS, row.room_id, user_id) if user_id in highlights.user_ids - {row.sender} else None
            if member is not None and member.membership == "join":
                readers.append(user_id)
        for user_id in readers:
            tx.put(HIGHLIGHTS, HighlightRow(user_id, row.room_id, row.position, thread))
        return bool(readers)


def _check_relation(tx: Tx, draft: Draft) -> None:
    """Refuse a reaction that is there already, and a thread that would start in the wrong place."""
    found = relation(draft.content)
    parent = None if found is None else _parent(tx, found, draft.room_id)
    if found is None or parent is None:
        return
    annotation = _annotation(found, draft.sender, draft.type)
    if annotation is not None and tx.get(ANNOTATIONS, *annotation) is not None:
        # spec: client-server-api#avoiding-duplicate-annotations
        raise DuplicateAnnotation
    if found.rel_type == THREAD and tx.get(THREADS, draft.room_id, found.event_id) is None:
        check_thread_root(msgspec.json.decode(parent.json)["content"])


def _parent(tx: Tx, related: Relation, room_id: str) -> EventRow | None:
    """Return what an event relates to: an event of its own room, or nothing."""
    parent = tx.get(EVENTS, related.event_id)
    return parent if parent is not None and parent.room_id == room_id else None


def _annotation(found: Relation, sender: str, event_type: str) -> tuple[str, str, str, str] | None:
    """Return the key of a reaction's row; a key too long for an index is told apart by nobody."""
    if found.rel_type != ANNOTATION or found.key is None or not fits(found.key):
        return None
    return found.event_id, sender, event_type, found.key


def _mentioned(content: dict[str, Any]) -> list[str]:
    declared = content.get("m.mentions")
    listed = declared.get("user_ids") if type(declared) is dict else None
    if type(listed) is not list:
        return []
    return [user_id for user_id in listed if type(user_id) is str and "\0" not in user_id][:MAX_MENTIONS]


def _thread_count(tx: Tx, room_id: str, root: str) -> int:
    thread = tx.get(THREADS, room_id, root)
    return thread.notifying if thread else 0


def _move_sent(tx: Tx, row: EventRow, *, thread: str, user_id: str, standings: Memory[Place, Standing]) -> None:
    """Whoever sends, or joins, has read: what is unread begins after their own event."""
    place = (row.room_id, user_id)
    held = tx.peek(standings, place)
    moved = held and held.moved(thread, position=row.position, main_notifying=row.main_notifying)
    tx.stage(standings, place, moved)
    tx.put(
        RECEIPTS,
        ReceiptRow(
            room_id=row.room_id,
            user_id=user_id,
            kind=SENT,
            thread=thread,
            event_id=row.event_id,
            event_position=row.position,
            ts=row.ts,
            position=0,
            main_notifying=row.main_notifying,
            thread_notifying=row.thread_notifying,
        ),
    )

"""What is summed up of an event's children: its newest edit, its thread, what refers to it.

Spec: client-server-api#aggregations-of-child-events.
"""

from collections.abc import Iterable, Sequence

from msgspec import Raw, Struct

from amanat.core import events
from amanat.core.relations import REFERENCE, REPLACE, THREAD, ThreadSummary, bundle, is_valid_edit, most_recent_edit
from amanat.handlers.event_view import with_relations
from amanat.store.events import EventRow
from amanat.store.history import EVENTS_AT
from amanat.store.relations import (
    CHILD_KINDS,
    NEWEST_EDITS,
    REFERENCES_TO,
    THREAD_SUMMARIES,
    ThreadSeen,
)
from amanat.store.store import Store

MAX_REFERENCES = 200
"""References named in one answer; clients page through the rest by `/relations`."""
END_OF_TIME = 2**62
"""A position that no stream reaches."""


class _Look(Struct, frozen=True):
    """Who looks, up to where, and whom they ignore."""

    user_id: str
    upto: int
    ignored: list[str]


class Aggregations:
    """Sums up children. Where no event has any, that takes one query."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def bundles(self, rows: Sequence[EventRow], *, user_id: str, upto: int | None = None) -> dict[str, Raw]:
        """Return `m.relations` of those events that have something to sum up, of children up to a position."""
        if not rows:
            return {}
        upto = END_OF_TIME if upto is None else upto
        kinds = await self._store.all(CHILD_KINDS, event_ids=[row.event_id for row in rows], upto=upto)
        if not kinds:
            return {}
        look = _Look(user_id, upto, sorted(await self._ignored(user_id)))
        of_kind = {kind: [each.parent_id for each in kinds if each.rel_type == kind] for kind in _KINDS}
        edits = await self._edits([row for row in rows if row.event_id in of_kind[REPLACE]], look)
        threads = await self._threads([row for row in rows if row.event_id in of_kind[THREAD]], look)
        references = await self._references(of_kind[REFERENCE], look)
        found: dict[str, Raw] = {}
        for event_id in {each.parent_id for each in kinds}:
            summed_up = bundle(
                edit=edits.get(event_id), thread=threads.get(event_id), references=references.get(event_id, [])
            )
            if summed_up is not None:
                found[event_id] = Raw(summed_up)
        return found

    async def _ignored(self, user_id: str) -> Iterable[str]:
        return await self._store.ignored.get(user_id) or () if user_id else ()

    async def _edits(self, rows: Sequence[EventRow], look: _Look) -> dict[str, bytes]:
        """Return the newest valid edit of each event; what is redacted has none."""
        editable = {row.event_id: row for row in rows if row.redacted_by is None}
        if not editable:
            return {}
        found = await self._store.all(NEWEST_EDITS, event_ids=list(editable), upto=look.upto)
        candidates: dict[str, list[EventRow]] = {}
        for row in found:
            candidates.setdefault(_parent_of(row), []).append(row)
        newest: dict[str, bytes] = {}
        for event_id, edits in candidates.items():
            original = events.read(editable[event_id].json)
            read = {row.event_id: events.read(row.json) for row in edits if row.redacted_by is None}
            chosen = most_recent_edit(edit for edit in read.values() if is_valid_edit(original, edit))
            if chosen is not None:
                newest[event_id] = next(row.json for row in edits if row.event_id == chosen.event_id)
        return newest

    async def _threads(self, roots: Sequence[EventRow], look: _Look) -> dict[str, ThreadSummary]:
        """Sum up threads; the newest reply is shown with its own edit."""
        if not roots:
            return {}
        senders = {root.event_id: root.sender for root in roots}
        seen = await self._store.all(
            THREAD_SUMMARIES, event_ids=list(senders), upto=look.upto, user_id=look.user_id, ignored=look.ignored
        )
        newest = await self._store.all(EVENTS_AT, positions=[each.latest_position for each in seen])
        by_position = {row.position: row for row in newest}
        edits = await self._edits(newest, look)
        return {
            each.parent_id: _summary(
                each, by_position[each.latest_position], edits=edits, own_root=senders[each.parent_id] == look.user_id
            )
            for each in seen
            if each.latest_position in by_position
        }

    async def _references(self, event_ids: list[str], look: _Look) -> dict[str, list[str]]:
        if not event_ids:
            return {}
        found = await self._store.all(
            REFERENCES_TO, event_ids=event_ids, upto=look.upto, ignored=look.ignored, max_rows=MAX_REFERENCES
        )
        by_parent: dict[str, list[str]] = {}
        for row in found:
            by_parent.setdefault(row.parent_id, []).append(row.event_id)
        return by_parent


_KINDS = (REPLACE, THREAD, REFERENCE)


def _parent_of(edit: EventRow) -> str:
    found = events.read(edit.json).content["m.relates_to"]["event_id"]
    assert isinstance(found, str)
    return found


def _summary(seen: ThreadSeen, newest: EventRow, *, edits: dict[str, bytes], own_root: bool) -> ThreadSummary:
    edit = edits.get(newest.event_id)
    return ThreadSummary(
        latest_event=Raw(newest.json) if edit is None else with_relations(newest, bundle(edit=edit) or b"{}"),
        count=seen.count,
        current_user_participated=bool(seen.took_part) or own_root,
    )

"""Events as one reader is shown them: the stored bytes and a tail, `unsigned`. Spec: client-server-api#room-events."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import msgspec
from msgspec import Raw

from amanat.core.requester import Requester
from amanat.store.events import EVENTS_BY_IDS, EventRow
from amanat.store.history import StateEventRow
from amanat.store.store import Store

_encode = msgspec.json.Encoder().encode


class Aggregator(Protocol):
    """What other events say about these ones: edits, threads, references, by event id."""

    async def bundles(self, rows: Sequence[EventRow], *, user_id: str, upto: int | None = None) -> dict[str, Raw]:
        """Return `m.relations` of those that have any, of what happened up to a position."""
        ...


class EventView:
    """Renders stored events for a reader."""

    def __init__(self, store: Store, *, aggregator: Aggregator, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._aggregator = aggregator
        self._now_ms = now_ms

    async def render(
        self,
        rows: Sequence[EventRow],
        *,
        reader: Requester,
        membership_at: Callable[[int], str] | None = None,
        upto: int | None = None,
    ) -> list[Raw]:
        """Return the events with their `unsigned`; `membership_at` says what the reader was then, if not joined.

        What later events say about these is told up to the position `upto`: where the reader left.
        """
        context = await self._context(rows)
        bundles = await self._aggregator.bundles(rows, user_id=reader.user_id, upto=upto)
        now_ms = self._now_ms()
        return [
            _with_tail(
                row,
                self._unsigned(row, reader=reader, context=context, bundle=bundles.get(row.event_id))
                | {
                    "age": max(now_ms - row.ts, 0),
                    "membership": "join" if membership_at is None else membership_at(row.position),
                },
            )
            for row in rows
        ]

    async def _context(self, rows: Sequence[EventRow]) -> dict[str, EventRow]:
        """Read what the events replaced and what redacted them."""
        wanted = {row.replaces_state for row in rows} | {row.redacted_by for row in rows}
        wanted.discard(None)
        if not wanted:
            return {}
        return {row.event_id: row for row in await self._store.all(EVENTS_BY_IDS, event_ids=list(wanted))}

    def _unsigned(
        self, row: EventRow, *, reader: Requester, context: dict[str, EventRow], bundle: Raw | None
    ) -> dict[str, Any]:
        unsigned: dict[str, Any] = {}
        if row.sender == reader.user_id and row.transaction_key is not None:
            device_id, _, transaction_id = row.transaction_key.partition("\n")
            if device_id == reader.device_id:
                unsigned["transaction_id"] = transaction_id
        replaced = context.get(row.replaces_state or "")
        if replaced is not None:
            unsigned["replaces_state"] = replaced.event_id
            unsigned["prev_content"] = msgspec.json.decode(replaced.json)["content"]
        redaction = context.get(row.redacted_by or "")
        if redaction is not None:
            unsigned["redacted_because"] = Raw(redaction.json)
        if bundle is not None:
            unsigned["m.relations"] = bundle
        return unsigned


def _with_tail(row: EventRow, unsigned: dict[str, Any]) -> Raw:
    return Raw(b"".join((row.json[:-1], b',"unsigned":', _encode(unsigned), b"}")))


def with_relations(row: EventRow, bundle: bytes) -> Raw:
    """Return an event with what is summed up of its children and nothing else in its tail."""
    return _with_tail(row, {"m.relations": Raw(bundle)})


def bare(row: EventRow | StateEventRow) -> Raw:
    """Return an event of a state section: nothing in its tail but what it replaced is of use there."""
    return Raw(row.json)

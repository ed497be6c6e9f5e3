"""Events of a sync as servers exchange them, for who asks for that in a filter. Spec: client-server-api#filtering.

A rare wish, so it is met last: the parts are put together for clients, and their events are then exchanged for the PDUs
that were hashed. They carry no signatures, which are made only for other servers.
"""

from typing import Any

from msgspec import UNSET, Raw, json
from msgspec.structs import replace

from amanat.core import events
from amanat.core.filters import only_fields
from amanat.core.room_versions import RoomVersion
from amanat.handlers.sync_scope import Events, RoomPart, Rooms, Scope, Timeline
from amanat.store.events import EVENTS_BY_IDS
from amanat.store.store import Store


async def in_format_of_federation(store: Store, rooms: Rooms, *, scope: Scope) -> None:
    """Exchange the events of all parts for their PDUs, each with the `unsigned` that it was told with."""
    for parts in (rooms.join, rooms.leave):
        for room_id, part in parts.items():
            room = await store.rooms.get(room_id)
            assert room is not None, "A room that has a part exists."
            parts[room_id] = await _Exchange(store, room.version, scope).of(part)


class _Exchange:
    def __init__(self, store: Store, version: RoomVersion, scope: Scope) -> None:
        self._store = store
        self._version = version
        self._fields = scope.filter.fields

    async def of(self, part: RoomPart) -> RoomPart:
        assert isinstance(part.timeline, Timeline), "Who filters is told apart."
        return replace(
            part,
            timeline=replace(part.timeline, events=await self._all(part.timeline.events)),
            state=await self._section(part.state),
            state_after=await self._section(part.state_after),
            state_after_unstable=await self._section(part.state_after_unstable),
        )

    async def _section(self, section: Any) -> Any:
        return section if section is UNSET else Events(await self._all(section.events))

    async def _all(self, told: list[Raw]) -> list[Raw]:
        decoded: list[dict[str, Any]] = [json.decode(event) for event in told]
        rows = await self._store.all(EVENTS_BY_IDS, event_ids=[event["event_id"] for event in decoded])
        pdus = {row.event_id: events.pdu(row.json, row.extra, version=self._version) for row in rows}
        return [self._one(pdus[event["event_id"]], event) for event in decoded]

    def _one(self, pdu: dict[str, Any], event: dict[str, Any]) -> Raw:
        whole = pdu | {name: event[name] for name in ("unsigned",) if name in event}
        return Raw(json.encode(whole if self._fields is None else only_fields(whole, self._fields)))

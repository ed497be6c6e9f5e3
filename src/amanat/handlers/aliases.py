"""Room aliases: names of rooms, who may give and take them. Spec: client-server-api#room-aliases."""

from collections.abc import Callable, Mapping
from typing import Any

from amanat.core.aliases import aliases_named, without_alias
from amanat.core.errors import AliasTaken, BadAlias, Forbidden, InvalidParam, NotFound, ResourceLimitExceeded
from amanat.core.events import Draft
from amanat.core.history_visibility import visibility_of
from amanat.core.identifiers import is_alias, is_room_id, server_of
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.append import Appender
from amanat.store.aliases import ALIAS, ALIAS_COUNTS, ALIASES, ALIASES_OF_ROOM, AliasRow
from amanat.store.room_memory import Room
from amanat.store.rooms import MEMBERS
from amanat.store.store import Store

MAX_ALIASES = 100
"""Aliases of one room: as many as `alt_aliases` may list in an encrypted room."""
MAX_OWN_ALIASES = 1_000
"""Aliases that one person may make, so that nobody takes every name there is."""
CANONICAL = "m.room.canonical_alias"


class Aliases:
    """Keeps the aliases of rooms."""

    def __init__(self, store: Store, *, appender: Appender, server_name: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._appender = appender
        self._server_name = server_name
        self._now_ms = now_ms

    async def room_id(self, room_id_or_alias: str) -> str:
        """Return the room that an id or an alias names."""
        if is_room_id(room_id_or_alias):
            return room_id_or_alias
        return await self.resolve(room_id_or_alias)

    async def resolve(self, alias: str) -> str:
        """Return the id of the room that an alias points to."""
        if not is_alias(alias):
            raise InvalidParam("That is neither a room id nor a room alias.")
        found = await self._store.first(ALIAS, alias=alias)
        if found is None:
            raise NotFound("There is no room by that alias on this server.")
        return found.room_id

    async def set(self, requester: Requester, *, alias: str, room_id: str) -> None:
        """Let an alias point to a room that the requester is in."""
        self._refuse_unfit(alias)
        counts = await self._store.first(ALIAS_COUNTS, room_id=room_id, creator=requester.user_id)
        if counts is not None and (counts.of_room >= MAX_ALIASES or counts.of_creator >= MAX_OWN_ALIASES):
            raise ResourceLimitExceeded(f"A room has at most {MAX_ALIASES} aliases, a person {MAX_OWN_ALIASES}.")

        def run(tx: Tx) -> None:
            member = tx.get(MEMBERS, room_id, requester.user_id)
            if member is None or member.membership != "join":
                raise Forbidden("You are not in this room.")
            if tx.get(ALIASES, alias) is not None:
                raise AliasTaken
            tx.put(ALIASES, AliasRow(alias, room_id, requester.user_id))

        await self._store.write(run, needs=[(MEMBERS, (room_id, requester.user_id)), (ALIASES, (alias,))])

    async def delete(self, requester: Requester, *, alias: str) -> None:
        """Delete an alias, and take it out of what the room says of itself."""
        room_id = await self.resolve(alias)

        def run(tx: Tx) -> None:
            row, room = tx.get(ALIASES, alias), self._appender.room(tx, room_id)
            if row is None or row.room_id != room_id or room is None:
                raise NotFound("There is no room by that alias on this server.")
            if not (requester.is_admin or row.creator == requester.user_id or self._may_name(tx, room, requester)):
                raise Forbidden("An alias is deleted by who made it, or who may set the room's main alias.")
            tx.delete(ALIASES, alias)
            self._retract(tx, room, requester, alias=alias)

        needs = [*self._appender.needs(room_id, members={requester.user_id}), (ALIASES, (alias,))]
        await self._store.write(run, needs=needs)

    async def of_room(self, requester: Requester, *, room_id: str) -> list[str]:
        """Return a room's aliases, to who is in it or may read it."""
        room = await self._store.rooms.get(room_id)
        held = (await self._store.memberships.get(requester.user_id) or {}).get(room_id)
        readable = room is not None and (
            visibility_of(room.state.get(("m.room.history_visibility", ""))) == "world_readable"
        )
        if not readable and (held is None or held.membership != "join"):
            raise Forbidden("You are not in this room.")
        return [row.alias for row in await self._store.all(ALIASES_OF_ROOM, room_id=room_id)]

    # What a room says of its aliases

    def needs(self, content: Mapping[str, Any]) -> list[Need]:
        """Return what `check` reads; raises if an alias is malformed."""
        return [(ALIASES, (alias,)) for alias in aliases_named(content)]

    def check(self, tx: Tx, room: Room, *, content: Mapping[str, Any]) -> None:
        """Refuse to name an alias that does not point to the room; one that was named before may stay."""
        before = set(aliases_named(room.content(CANONICAL)))
        for alias in aliases_named(content):
            row = tx.get(ALIASES, alias)
            if alias not in before and (row is None or row.room_id != room.row.room_id):
                raise BadAlias

    def _refuse_unfit(self, alias: str) -> None:
        if not is_alias(alias):
            raise InvalidParam("A room alias is of the form #name:server.")
        if server_of(alias) != self._server_name:
            raise InvalidParam("This server keeps only aliases of its own.")

    def _may_name(self, tx: Tx, room: Room, requester: Requester) -> bool:
        member = tx.get(MEMBERS, room.row.room_id, requester.user_id)
        levels = room.power_levels
        enough = levels.of_user(requester.user_id) >= levels.for_event(CANONICAL, is_state=True)
        return enough and member is not None and member.membership == "join"

    def _retract(self, tx: Tx, room: Room, requester: Requester, *, alias: str) -> None:
        before = room.content(CANONICAL)
        after = without_alias(before, alias)
        if after == before or not self._may_name(tx, room, requester):
            return
        draft = Draft(
            room_id=room.row.room_id,
            type=CANONICAL,
            sender=requester.user_id,
            content=after,
            origin_server_ts=self._now_ms(),
            state_key="",
        )
        self._appender.append(tx, draft)

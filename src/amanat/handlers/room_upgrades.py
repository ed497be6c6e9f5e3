"""Replacing a room by one of another version. Spec: client-server-api#room-upgrades.

The new room, the tombstone, the aliases and the directory are one unit of work. What a room may have thousands of,
bans and a space's children, follows in units of its own.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import Forbidden
from amanat.core.events import Draft
from amanat.core.gate import ENCRYPTION
from amanat.core.room_classes import of_create
from amanat.core.room_creation import InitialState, NewRoom
from amanat.core.room_upgrades import (
    TOMBSTONE_BODY,
    carried_state,
    closed_power_levels,
    creation_content,
    new_power_levels,
)
from amanat.core.room_versions import RoomVersion
from amanat.db.tx import Need, Tx
from amanat.handlers.aliases import CANONICAL
from amanat.handlers.append import Appender
from amanat.handlers.invitations import Invitations
from amanat.handlers.people import member_content
from amanat.handlers.room_creation import MAX_FIRST_EVENTS, RoomCreation, RoomPlan
from amanat.store.aliases import ALIASES, ALIASES_OF_ROOM, AliasRow
from amanat.store.room_memory import Room
from amanat.store.rooms import MEMBERS_OF_ROOM, ROOMS
from amanat.store.store import Store

POWER_LEVELS = "m.room.power_levels"


class Replacement(Struct, frozen=True, kw_only=True):
    """A room about to be replaced, by whom and by what. `later` is state for which the first unit has no room."""

    old: Room
    upgrader: str
    plan: RoomPlan
    aliases: Sequence[AliasRow]
    later: Sequence[InitialState]


class RoomUpgrades:
    """Replaces rooms."""

    def __init__(
        self,
        store: Store,
        *,
        appender: Appender,
        creation: RoomCreation,
        invitations: Invitations,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._appender = appender
        self._creation = creation
        self._invitations = invitations
        self._now_ms = now_ms

    async def upgrade(self, user_id: str, *, room_id: str, version: RoomVersion, creators: Sequence[str] = ()) -> str:
        """Replace a room and return the new one's id. Its members follow by themselves."""
        while True:
            room = await self._store.rooms.get(room_id)
            if room is None:
                raise Forbidden("You are not in this room.")
            replacement = await self._prepare(room, user_id, version=version, creators=creators)
            if await self._write(replacement):
                break
        await self._follow_up(replacement)
        return replacement.plan.room_id

    async def _prepare(self, room: Room, user_id: str, *, version: RoomVersion, creators: Sequence[str]) -> Replacement:
        room_id, carried = room.row.room_id, list(carried_state(room.state))
        head = await self._store.heads.get(room_id)
        asked = NewRoom(
            creator=user_id,
            version=version,
            room_class=of_create(room.content("m.room.create")),
            listed=bool(room.row.listed),
            creation_content=creation_content(
                room.state, version=version, last_event_id=head.event_id if head else "", creators=creators
            ),
            initial_state=carried[:MAX_FIRST_EVENTS],
        )
        first, lasting = new_power_levels(
            room.power_levels,
            room.content(POWER_LEVELS),
            version=version,
            creators=frozenset((user_id, *creators)) if version.creators_above_all else frozenset(),
            upgrader=user_id,
        )
        appearances = await self._invitations.appearances([user_id])
        joining = member_content("join", appearances.get(user_id))
        state = [
            InitialState(type="m.room.member", state_key=user_id, content=joining),
            InitialState(type=POWER_LEVELS, content=first),
            *self._encryption(asked),
            *asked.initial_state,
        ]
        if first != lasting:
            state.append(InitialState(type=POWER_LEVELS, content=lasting))
        return Replacement(
            old=room,
            upgrader=user_id,
            plan=self._creation.plan(asked, state=state),
            aliases=await self._store.all(ALIASES_OF_ROOM, room_id=room_id),
            later=carried[MAX_FIRST_EVENTS:],
        )

    def _encryption(self, asked: NewRoom) -> list[InitialState]:
        """Return the encryption that a room needs which the old one had not, as one made in a lab."""
        content = self._creation.encryption(asked)
        if content is None or any(state.type == ENCRYPTION for state in asked.initial_state):
            return []
        return [InitialState(type=ENCRYPTION, content=content)]

    async def _write(self, replacement: Replacement) -> bool:
        """Write what replaces a room; False if the room has changed since, or the new one's id is taken."""
        old, plan, upgrader = replacement.old, replacement.plan, replacement.upgrader
        room_id = old.row.room_id

        def run(tx: Tx) -> bool:
            now = self._appender.room(tx, room_id)
            if now is None or now.state is not old.state or not self._creation.begin(tx, plan):
                return False
            content = {"body": TOMBSTONE_BODY, "replacement_room": plan.room_id}
            self._append(tx, room_id, upgrader, InitialState(type="m.room.tombstone", content=content))
            self._move_names(tx, replacement)
            self._close(tx, replacement)
            return True

        needs: list[Need] = [
            *self._appender.needs(room_id, members={upgrader}),
            *self._creation.needs(plan),
            *((ALIASES, (row.alias,)) for row in replacement.aliases),
        ]
        return await self._store.write(run, needs=needs)

    def _move_names(self, tx: Tx, replacement: Replacement) -> None:
        """Let the aliases point to the new room, and only the new room stand in the directory."""
        old_id, new_id = replacement.old.row.room_id, replacement.plan.room_id
        for alias in replacement.aliases:
            held = tx.get(ALIASES, alias.alias)
            if held is not None and held.room_id == old_id:
                tx.put(ALIASES, replace(held, room_id=new_id))
        room = self._appender.room(tx, old_id)
        if room is not None and room.row.listed:
            row = replace(room.row, listed=0)
            tx.put(ROOMS, row)
            tx.stage(self._store.rooms, old_id, replace(room, row=row))

    def _close(self, tx: Tx, replacement: Replacement) -> None:
        """Let the old room fall silent, as far as the upgrader may do that."""
        room = replacement.old
        state = [
            InitialState(type=POWER_LEVELS, content=closed_power_levels(room.power_levels, room.content(POWER_LEVELS)))
        ]
        if room.content(CANONICAL):
            state.insert(0, InitialState(type=CANONICAL, content={}))
        for each in state:
            with suppress(Forbidden):
                self._append(tx, room.row.room_id, replacement.upgrader, each)

    async def _follow_up(self, replacement: Replacement) -> None:
        """Carry over the bans, so that nobody comes back through the new room, and what is left of the state."""
        banned = await self._store.all(MEMBERS_OF_ROOM, room_id=replacement.old.row.room_id, memberships=["ban"])
        bans = [
            InitialState(type="m.room.member", state_key=row.user_id, content=msgspec.json.decode(row.content))
            for row in banned
        ]
        rest = [*bans, *replacement.later]
        for start in range(0, len(rest), MAX_FIRST_EVENTS):
            await self._write_more(replacement, rest[start : start + MAX_FIRST_EVENTS])

    async def _write_more(self, replacement: Replacement, states: Sequence[InitialState]) -> None:
        room_id, upgrader = replacement.plan.room_id, replacement.upgrader

        def run(tx: Tx) -> None:
            for state in states:
                with suppress(Forbidden):
                    self._append(tx, room_id, upgrader, state)

        people = {state.state_key for state in states if state.type == "m.room.member"}
        needs = self._appender.needs(room_id, members={upgrader, *people})
        needs += [(self._store.memberships, user_id) for user_id in people]
        await self._store.write(run, needs=needs)

    def _append(self, tx: Tx, room_id: str, upgrader: str, state: InitialState) -> None:
        draft = Draft(
            room_id=room_id,
            type=state.type,
            sender=upgrader,
            content=state.content,
            origin_server_ts=self._now_ms(),
            state_key=state.state_key,
        )
        self._appender.append(tx, draft, from_upgrade=state.type == "m.room.tombstone")

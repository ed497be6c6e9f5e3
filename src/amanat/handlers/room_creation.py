"""Making rooms: the create event and all first state in one unit of work, so that nothing is ever half made.

Spec: client-server-api#creation.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from secrets import token_urlsafe
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from amanat.core import gate
from amanat.core.errors import BadAlias, Forbidden, InvalidParam, InvalidRoomState, RoomInUse
from amanat.core.event_auth import authorise
from amanat.core.events import Draft, Event, build
from amanat.core.identifiers import is_alias
from amanat.core.power_levels import PowerLevels, parse
from amanat.core.room_creation import InitialState, NewRoom, create_content, first_state
from amanat.core.room_versions import RoomVersion
from amanat.db.tx import Need, Tx
from amanat.handlers.append import Appender
from amanat.handlers.gatekeeper import Gatekeeper
from amanat.handlers.invitations import Invitations
from amanat.handlers.people import Appearance, member_content
from amanat.store.aliases import ALIASES, AliasRow
from amanat.store.rooms import MEMBERS
from amanat.store.store import Store

MAX_FIRST_EVENTS = 60
"""Initial state and invitations of one room: with some 80 µs each, one unit stays within 5 ms."""


class RoomPlan(Struct, frozen=True, kw_only=True):
    """A room about to be made: its create event, what follows it, and who is named in that."""

    room_id: str
    create: Draft
    version: RoomVersion
    state: Sequence[InitialState]
    people: Sequence[str]
    listed: bool
    alias: str | None = None

    def a_moment_later(self) -> "RoomPlan":
        """Return the same room made a millisecond later: it has another hash, and so another id."""
        create = replace(self.create, origin_server_ts=self.create.origin_server_ts + 1)
        return replace(self, create=create, room_id=_id_of(create, self.version))


class RoomCreation:
    """Makes rooms."""

    def __init__(
        self,
        store: Store,
        *,
        appender: Appender,
        gatekeeper: Gatekeeper,
        invitations: Invitations,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._appender = appender
        self._gatekeeper = gatekeeper
        self._invitations = invitations
        self._now_ms = now_ms

    async def create(self, asked: NewRoom) -> str:
        """Make a room and return its id; raises and makes nothing if any of its first events is refused."""
        _check(asked)
        invited = await self._invitations.appearances(asked.invite)
        own = await self._invitations.appearances([asked.creator])
        try:
            state = list(_first_events(asked, {**invited, **own}, encryption=self.encryption(asked)))
            return await self._make(self.plan(asked, state=state), invite=asked.invite)
        except Forbidden as refused:
            raise InvalidRoomState(refused.error) from None

    def plan(self, asked: NewRoom, *, state: Sequence[InitialState]) -> RoomPlan:
        """Put a room's create event before its first state; raises Forbidden where the gate or the rules refuse it."""
        version = asked.version
        create = Draft(
            room_id="" if version.room_id_is_hash else self._random_id(asked.creator),
            type="m.room.create",
            sender=asked.creator,
            content=create_content(asked),
            origin_server_ts=self._now_ms(),
            state_key="",
        )
        self._gatekeeper.check_create(create)
        authorise(create, _NothingYet(version))
        return RoomPlan(
            room_id=_id_of(create, version),
            create=create,
            version=version,
            state=state,
            people=[asked.creator, *asked.invite],
            listed=asked.listed,
            alias=asked.alias,
        )

    def needs(self, plan: RoomPlan) -> list[Need]:
        """Return what `begin` reads."""
        room_id, store = plan.room_id, self._store
        needs: list[Need] = [(store.rooms, room_id)]
        for user_id in plan.people:
            needs += [(MEMBERS, (room_id, user_id)), (store.memberships, user_id)]
        if plan.alias is not None:
            needs.append((ALIASES, (plan.alias,)))
        return needs

    def begin(self, tx: Tx, plan: RoomPlan) -> bool:
        """Write the room and its first events; False if there is a room of that id already."""
        room_id = plan.room_id
        if self._appender.room(tx, room_id) is not None:
            return False
        if plan.alias is not None:
            if tx.get(ALIASES, plan.alias) is not None:
                raise RoomInUse
            tx.put(ALIASES, AliasRow(plan.alias, room_id, plan.create.sender))
        self._appender.create(tx, plan.create, listed=plan.listed)
        for state in plan.state:
            draft = Draft(
                room_id=room_id,
                type=state.type,
                sender=plan.create.sender,
                content=state.content,
                origin_server_ts=plan.create.origin_server_ts,
                state_key=state.state_key,
            )
            self._appender.append(tx, draft)
        return True

    async def _make(self, plan: RoomPlan, *, invite: Sequence[str]) -> str:
        def run(tx: Tx) -> bool:
            for user_id in invite:
                self._invitations.refuse_blocked(tx, user_id)
            return self.begin(tx, plan)

        invitable = self._invitations.needs(invite)
        while not await self._store.write(run, needs=[*self.needs(plan), *invitable]):
            plan = plan.a_moment_later()
        return plan.room_id

    def encryption(self, asked: NewRoom) -> dict[str, Any] | None:
        """Return what the room is born encrypted with, if it is."""
        if self._gatekeeper.open_for_lab:
            return None
        given = [{"type": it.type, "state_key": it.state_key, "content": it.content} for it in asked.initial_state]
        return gate.encryption_for(asked.room_class, given)

    def _random_id(self, creator: str) -> str:
        return f"!{token_urlsafe(18)}:{creator.partition(':')[2]}"


def _id_of(create: Draft, version: RoomVersion) -> str:
    return build(create, version=version, depth=1, prev_events=[], auth_events=[]).event.room_id


class _NothingYet:
    """The state of a room before its create event."""

    def __init__(self, version: RoomVersion) -> None:
        self.version = version
        self.power_levels: PowerLevels = parse(None, version=version, creators=frozenset())

    def get(self, _event_type: str, _state_key: str = "", /) -> Event | None:
        return None


def _check(asked: NewRoom) -> None:
    if len(asked.initial_state) + len(asked.invite) > MAX_FIRST_EVENTS:
        raise InvalidParam(
            f"A room begins with at most {MAX_FIRST_EVENTS} pieces of state and invitations: add the others later."
        )
    if asked.alias is not None and not is_alias(asked.alias):
        raise InvalidParam("`room_alias_name` does not make an alias: it is the part before the colon.")
    for state in asked.initial_state:
        if state.type == "m.room.canonical_alias":
            _check_alias_content(state.content, only=asked.alias)


def _check_alias_content(content: dict[str, Any], *, only: str | None) -> None:
    """No alias can point to a room that is not there yet, but the one that is made with it."""
    others = content.get("alt_aliases")
    for alias in [content.get("alias"), *(others if isinstance(others, list) else [])]:
        if alias not in (None, "", only):
            raise BadAlias


def _first_events(
    asked: NewRoom, appearances: Mapping[str, Appearance], *, encryption: dict[str, Any] | None
) -> Iterator[InitialState]:
    """Yield everything after the create event."""
    joining = member_content("join", appearances.get(asked.creator))
    yield InitialState(type="m.room.member", state_key=asked.creator, content=joining)
    yield from first_state(asked, encryption=encryption)
    for user_id in asked.invite:
        content = member_content("invite", appearances.get(user_id))
        if asked.is_direct:
            content["is_direct"] = True
        yield InitialState(type="m.room.member", state_key=user_id, content=content)

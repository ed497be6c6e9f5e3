"""What a new room begins with: its create event, its first state and their order. Pure.

Spec: client-server-api#post_matrixclientv3createroom.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from amanat.core.errors import InvalidRoomState
from amanat.core.gate import ENCRYPTION
from amanat.core.identifiers import CLASS_KEY
from amanat.core.room_classes import RoomClass
from amanat.core.room_versions import RoomVersion

FULL_LEVEL = 100
"""What the creator is given where creators do not stand above all levels; `trusted_private_chat` gives it to all."""
TOMBSTONE = "m.room.tombstone"
TOMBSTONE_LEVEL = 150
"""Where creators stand above all, replacing a room is for them: the specification's own example."""

StateContent = dict[str, Any]


class InitialState(Struct, frozen=True, kw_only=True):
    """A piece of state that the creator asks for."""

    type: str
    content: StateContent
    state_key: str = ""


class NewRoom(Struct, frozen=True, kw_only=True):
    """What a creator asks for, checked for shape. `alias` is the whole one; `trusted` gives invitees equal power."""

    creator: str
    version: RoomVersion
    room_class: RoomClass
    trusted: bool = False
    listed: bool = False
    creation_content: StateContent = {}
    initial_state: Sequence[InitialState] = ()
    name: str | None = None
    topic: str | None = None
    alias: str | None = None
    invite: Sequence[str] = ()
    is_direct: bool = False
    power_levels: StateContent = {}


def create_content(asked: NewRoom) -> StateContent:
    """Return the content of `m.room.create`; what the server decides replaces what the client says."""
    version = asked.version
    content = {key: value for key, value in asked.creation_content.items() if key != "creator"}
    content |= {"room_version": version.id, CLASS_KEY: asked.room_class.name}
    if version.creator_in_content:
        content["creator"] = asked.creator
    if version.creators_above_all and asked.trusted and asked.invite:
        named = content.get("additional_creators", [])
        if not isinstance(named, list):
            raise InvalidRoomState("`additional_creators` is a list of user ids.")
        both = [user_id for user_id in (*named, *asked.invite) if user_id != asked.creator]
        content["additional_creators"] = list(dict.fromkeys(both))
    return content


def first_state(asked: NewRoom, *, encryption: StateContent | None) -> Iterator[InitialState]:
    """Yield the state between the creator's joining and the invitations, in the specification's order.

    `encryption` is what the room is born with; it is ours, unless the client's own stands in `initial_state`.
    """
    given = {(state.type, state.state_key) for state in asked.initial_state}
    yield InitialState(type="m.room.power_levels", content=power_levels(asked))
    if asked.alias is not None:
        yield InitialState(type="m.room.canonical_alias", content={"alias": asked.alias})
    if encryption is not None:
        yield from _unless(given, ENCRYPTION, encryption)
    room_class = asked.room_class
    visibility = room_class.default_history_visibility
    yield from _unless(given, "m.room.join_rules", {"join_rule": room_class.default_join_rule})
    yield from _unless(given, "m.room.history_visibility", {"history_visibility": visibility})
    yield from _unless(given, "m.room.guest_access", {"guest_access": "forbidden" if room_class.listed else "can_join"})
    yield from _asked_for(asked)
    if asked.name is not None:
        yield InitialState(type="m.room.name", content={"name": asked.name})
    if asked.topic is not None:
        yield InitialState(type="m.room.topic", content=topic_content(asked.topic))


def power_levels(asked: NewRoom) -> StateContent:
    """Return the first power levels: ours, with the client's keys in place of them."""
    room_class, version = asked.room_class, asked.version
    users, events = {}, dict(room_class.change_levels)
    if version.creators_above_all:
        events[TOMBSTONE] = TOMBSTONE_LEVEL
    else:
        equals = asked.invite if asked.trusted else ()
        users = dict.fromkeys((asked.creator, *equals), FULL_LEVEL)
    content: StateContent = {
        "users": users,
        "users_default": 0,
        "events": events,
        "events_default": 0,
        "state_default": 50,
        # Whoever is in a private chat may bring somebody; where anybody can walk in, an invitation is an act of power.
        "invite": 50 if room_class.listed else 0,
        "kick": 50,
        "ban": 50,
        "redact": 50,
        **asked.power_levels,
    }
    if version.creators_above_all:
        raise_tombstone(content)
    return content


def topic_content(topic: str) -> StateContent:
    """Spec: client-server-api#mroomtopic."""
    return {"topic": topic, "m.topic": {"m.text": [{"body": topic, "mimetype": "text/plain"}]}}


def raise_tombstone(content: StateContent) -> None:
    """Where creators stand above all, the tombstone's level stands above `state_default`, whatever the client says."""
    events, default = content["events"], content["state_default"]
    if not isinstance(events, dict) or type(default) is not int:
        return  # refused by the authorisation rules
    level = events.get(TOMBSTONE)
    if level is None or (type(level) is int and level <= default):
        content["events"] = {**events, TOMBSTONE: max(TOMBSTONE_LEVEL, default + 1)}


def _unless(given: set[tuple[str, str]], event_type: str, content: StateContent) -> Iterator[InitialState]:
    if (event_type, "") not in given:
        yield InitialState(type=event_type, content=content)


def _asked_for(asked: NewRoom) -> Iterator[InitialState]:
    """Yield `initial_state`, less what `name` and `topic` overwrite."""
    overwritten = {"m.room.name": asked.name, "m.room.topic": asked.topic}
    for state in asked.initial_state:
        if state.type == "m.room.member":
            raise InvalidRoomState("Members are not initial state: name those to invite in `invite`.")
        if state.state_key or overwritten.get(state.type) is None:
            yield state

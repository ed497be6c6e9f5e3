"""A group as its state says: who is in it, and who may do what there. Pure; spec: client-server-api#permissions."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from amanat.core.power_levels import PowerLevels
from amanat.gateway.bots.groups.rights import Rights, Status
from amanat.gateway.bots.room_events import NAME

MESSAGE: Final = "m.room.encrypted"
"""All that is said is encrypted: this is what one needs the level for."""
LEVELS: Final = "m.room.power_levels"
PINNED: Final = "m.room.pinned_events"
ENCRYPTS_STATE: Final = ("io.element.msc4362.encrypt_state_events", "encrypt_state_events")
OWNER: Final = 100
"""What who made a room is given in it where nobody stands above all levels; source: core/power_levels."""


class Stamp(Struct, frozen=True):
    """Which event a piece of state is, and who said it."""

    event_id: str = ""
    sender: str = ""


class GroupState(Struct, frozen=True, kw_only=True):
    """A room's state: its levels, who made it, and the rest as events by type and key, with their stamps."""

    levels: PowerLevels
    founder: str
    events: Mapping[tuple[str, str], Mapping[str, Any]]
    stamps: Mapping[tuple[str, str], Stamp] = {}

    def content(self, event_type: str, state_key: str = "") -> Mapping[str, Any]:
        """Return a piece of state; empty where there is none."""
        return self.events.get((event_type, state_key), {})

    def text(self, event_type: str, key: str) -> str:
        """Return a text in a piece of state."""
        value = self.content(event_type).get(key)
        return value if isinstance(value, str) else ""

    def level_of_their_own(self, user_id: str) -> int | None:
        """Return the level that somebody was given; None where they stand as everybody does."""
        users = self.content(LEVELS).get("users")
        level = users.get(user_id) if isinstance(users, Mapping) else None
        return level if isinstance(level, int) else None

    def membership_stamp(self, user_id: str) -> Stamp:
        """Return who made somebody what they are in the room."""
        return self.stamps.get(("m.room.member", user_id), Stamp())

    @property
    def encrypts_names(self) -> bool:
        """Whether names travel encrypted between its people, which no service takes part in."""
        content = self.content("m.room.encryption")
        return any(content.get(key) is True for key in ENCRYPTS_STATE)

    def membership(self, user_id: str) -> str:
        """Return what somebody is in the room."""
        return str(self.content("m.room.member", user_id).get("membership", "leave"))

    def joined(self) -> list[str]:
        """Return who is in the room."""
        return [key for kind, key in self.events if kind == "m.room.member" and self.membership(key) == "join"]

    def rights(self, user_id: str) -> Rights:
        """Return what somebody may do."""
        return self._rights_at(self.levels.of_user(user_id))

    @property
    def everybodys(self) -> Rights:
        """Return what those may do who have no level of their own."""
        return self._rights_at(self.levels.users_default)

    def status(self, user_id: str) -> Status:
        """Return how somebody stands."""
        membership = self.membership(user_id)
        if membership == "ban":
            return "kicked"
        if membership != "join":
            return "left"
        if user_id == self.founder and self.levels.of_user(user_id) >= OWNER:
            return "creator"
        if self.rank_level("administrator") <= self.levels.of_user(user_id) > self.levels.users_default:
            return "administrator"
        return "member" if self.rights(user_id).say else "restricted"

    def rank_level(self, rank: str) -> int:
        """Return the level that makes somebody what a rank says."""
        levels = self.levels
        if rank == "silent":
            return levels.for_event(MESSAGE, is_state=False) - 1
        if rank == "leader":
            return max(levels.for_event(LEVELS, is_state=True), self.rank_level("administrator"))
        return max(levels.kick, levels.ban, levels.redact, levels.state_default) if rank == "administrator" else 0

    def members_level(self, former: str) -> int | None:
        """Return the level that makes somebody a member: what they had, if that was neither more nor less; or None."""
        level = int(former) if former else None
        if level is not None and self.rank_level("silent") < level < self.rank_level("administrator"):
            return level
        return None

    def _rights_at(self, level: int) -> Rights:
        levels = self.levels
        return Rights(
            say=level >= levels.for_event(MESSAGE, is_state=False),
            change=level >= levels.for_event(NAME, is_state=True),
            delete=level >= levels.redact,
            put_out=level >= max(levels.kick, levels.ban),
            invite=level >= levels.invite,
            pin=level >= levels.for_event(PINNED, is_state=True),
            promote=level >= levels.for_event(LEVELS, is_state=True),
        )


def with_level(content: Mapping[str, Any], user_id: str, *, level: int | None) -> dict[str, Any]:
    """Return power levels with another one for somebody; None: like everybody's."""
    users = content.get("users")
    others = {key: each for key, each in users.items() if key != user_id} if isinstance(users, Mapping) else {}
    return {**content, "users": others if level is None else others | {user_id: level}}


def with_event_level(content: Mapping[str, Any], event_type: str, *, level: int | None) -> dict[str, Any]:
    """Return power levels with another one for a type of events; None: that of all messages."""
    events = content.get("events")
    others = {key: each for key, each in events.items() if key != event_type} if isinstance(events, Mapping) else {}
    return {**content, "events": others if level is None else others | {event_type: level}}


def pinned_in(content: Mapping[str, Any]) -> list[str]:
    """Return the ids of pinned messages, the newest last."""
    pinned = content.get("pinned")
    return [each for each in pinned if isinstance(each, str)] if isinstance(pinned, list) else []

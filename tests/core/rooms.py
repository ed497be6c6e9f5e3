"""A room in a dictionary, for tests of the rules: what is authorised is applied, nothing is stored."""

from typing import Any

from amanat.core.event_auth import auth_events_for, authorise
from amanat.core.events import Built, Draft, Event, build
from amanat.core.power_levels import PowerLevels, creators_of, parse
from amanat.core.room_versions import ROOM_VERSIONS, RoomVersion

ALICE, BOB, CAROL, DAN, EVE = (f"@{name}:here" for name in ("alice", "bob", "carol", "dan", "eve"))
FAR = "@far:away"


class Room:
    """Satisfies `RoomState`."""

    def __init__(self, version: str = "12") -> None:
        self.version: RoomVersion = ROOM_VERSIONS[version]
        self.state: dict[tuple[str, str], Event] = {}
        self.room_id = "" if self.version.room_id_is_hash else "!room:here"
        self.last: Built | None = None
        self.depth = 0

    @property
    def power_levels(self) -> PowerLevels:
        event = self.state.get(("m.room.power_levels", ""))
        creators = creators_of(self.state["m.room.create", ""], self.version)
        return parse(event.content if event else None, version=self.version, creators=creators)

    def get(self, event_type: str, state_key: str = "", /) -> Event | None:
        return self.state.get((event_type, state_key))

    def draft(
        self,
        sender: str,
        event_type: str,
        content: dict[str, Any] | None = None,
        *,
        state_key: str | None = None,
        room_id: str | None = None,
    ) -> Draft:
        return Draft(
            room_id=self.room_id if room_id is None else room_id,
            type=event_type,
            sender=sender,
            content=content or {},
            origin_server_ts=1_700_000_000_000 + self.depth,
            state_key=state_key,
        )

    def authorise(
        self, sender: str, event_type: str, content: dict[str, Any] | None = None, *, state_key: str | None = None
    ) -> None:
        authorise(self.draft(sender, event_type, content, state_key=state_key), self)

    def send(
        self, sender: str, event_type: str, content: dict[str, Any] | None = None, *, state_key: str | None = None
    ) -> Event:
        """Authorise, build and apply."""
        draft = self.draft(sender, event_type, content, state_key=state_key)
        authorise(draft, self)
        return self.apply(draft)

    def apply(self, draft: Draft) -> Event:
        """Build and apply without asking the rules."""
        self.depth += 1
        self.last = build(
            draft,
            version=self.version,
            depth=self.depth,
            prev_events=[self.last.event.event_id] if self.last else [],
            auth_events=auth_events_for(draft, self),
        )
        event = self.last.event
        self.room_id = event.room_id
        if event.state_key is not None:
            self.state[event.type, event.state_key] = event
        return event

    def put(self, sender: str, event_type: str, content: dict[str, Any], *, state_key: str = "") -> Event:
        """Set state without asking the rules."""
        return self.apply(self.draft(sender, event_type, content, state_key=state_key))

    def member(self, user_id: str, membership: str, *, sender: str | None = None) -> Event:
        """Set a membership without asking the rules."""
        return self.put(sender or user_id, "m.room.member", {"membership": membership}, state_key=user_id)

    def change(self, sender: str, target: str, membership: str, **more: Any) -> Event:
        """Change a membership as the rules allow."""
        return self.send(sender, "m.room.member", {"membership": membership, **more}, state_key=target)


def create_content(version: str, **more: Any) -> dict[str, Any]:
    creator = {"creator": ALICE} if ROOM_VERSIONS[version].creator_in_content else {}
    return {"room_version": version, **creator, **more}


def created(version: str = "12", **more: Any) -> Room:
    """Return a room that Alice has created and nobody has joined."""
    room = Room(version)
    room.put(ALICE, "m.room.create", create_content(version, **more))
    return room


def founded(version: str = "12", *, join_rule: str | None = None, levels: dict[str, Any] | None = None) -> Room:
    """Return a room of Alice's, with Bob and Carol in it."""
    room = created(version)
    for user_id in (ALICE, BOB, CAROL):
        room.member(user_id, "join")
    if join_rule:
        room.put(ALICE, "m.room.join_rules", {"join_rule": join_rule})
    if levels is not None:
        room.put(ALICE, "m.room.power_levels", levels)
    return room

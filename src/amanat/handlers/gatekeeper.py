"""Stands at the gate for every way into a room. Only `amanat lab`, on data of its own, leaves it open."""

from msgspec.structs import replace

from amanat.core import gate
from amanat.core.events import Draft
from amanat.core.room_classes import of_create
from amanat.store.room_memory import Room


class Gatekeeper:
    """Applies the gate. `open_for_lab` is not a setting: the composition root sets it for `amanat lab` alone."""

    def __init__(self, *, open_for_lab: bool) -> None:
        self.open_for_lab = open_for_lab

    def pass_through(self, draft: Draft, room: Room, *, from_upgrade: bool) -> Draft:
        """Return the draft as it may enter the room; raises Forbidden."""
        if self.open_for_lab:
            return draft
        room_class = of_create(room.content("m.room.create"))

        def state_get(event_type: str, state_key: str) -> gate.HasContent | None:
            return room.state.get((event_type, state_key))

        if draft.state_key is not None:
            gate.check_state(draft, room_class=room_class, state_get=state_get, from_upgrade=from_upgrade)
            return draft
        if not gate.is_gated(room_class, state_get):
            return draft
        if draft.type == "m.room.redaction":
            draft = replace(draft, content=gate.strip_redaction(draft.content))
        gate.check_message(draft.type, draft.content)
        return draft

    def check_create(self, draft: Draft) -> None:
        """Refuse a create event that says more in clear than a room of its class may."""
        if not self.open_for_lab:
            gate.check_state(draft, room_class=of_create(draft.content), state_get=lambda _type, _key: None)

    def check_to_device(self, event_type: str, content: dict[str, object]) -> None:
        """Refuse a to-device message that says in clear what it may not."""
        if not self.open_for_lab:
            gate.check_to_device(event_type, content)

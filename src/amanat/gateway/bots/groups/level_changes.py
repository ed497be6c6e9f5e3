"""Whose level in a group somebody changed, from an app perhaps: how they stood before, and how they stand now."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.groups.group_state import GroupState
from amanat.gateway.bots.groups.rights import Stance
from amanat.gateway.bots.model import Ranked
from amanat.gateway.bots.notes import Notes
from amanat.gateway.bots.people import chat_of, meet, person_of
from amanat.gateway.bots.room_events import Event
from amanat.gateway.bots.tables import CHATS, PEOPLE
from amanat.gateway.bots.updates import Updates

MOST: Final = 100
"""Of whom a bot is told for one event, which can name as many as it likes."""


class _Change(Struct, frozen=True):
    """What an event changed: whose levels, and the group under the levels of before and of now."""

    user_ids: tuple[str, ...]
    before: GroupState
    after: GroupState


class LevelChanges:
    """Of one bot's groups."""

    def __init__(self, on: Ground, updates: Updates) -> None:
        self._on = on
        self._updates = updates
        self._changes: Notes[_Change | None] = Notes()

    async def needs(self, event: Event) -> Sequence[Need]:
        """Return what `take` reads; what the room was before is the server's word."""
        user_ids = _changed(event)
        if not user_ids:
            return []
        under = self._on.device.group_under
        before, after = await under(event.room_id, event.replaced or {}), await under(event.room_id, event.content)
        if before is not None and after is not None:
            self._changes.put(event.event_id, _Change(user_ids, before, after))
        return [(PEOPLE, (user_id,)) for user_id in user_ids]

    def take(self, tx: Tx, event: Event) -> None:
        """Tell of everybody who stands otherwise now."""
        change, row = self._changes.get(event.event_id, None), tx.get(CHATS, event.room_id)
        if change is None or row is None or row.kind != "group" or not row.is_in:
            return
        by = meet(tx, event.sender, on=self._on)
        for user_id in change.user_ids:
            before, after = _stance(user_id, change.before), _stance(user_id, change.after)
            if before == after:
                continue
            # Nobody: the bot itself.
            person = None if user_id == self._on.user_id else person_of(meet(tx, user_id, on=self._on))
            told = Ranked(
                chat=chat_of(row, None), person=person, by=person_of(by), before=before, after=after, ts=event.ts
            )
            self._updates.put(tx, told, chat=row.number)


def _stance(user_id: str, state: GroupState) -> Stance:
    return Stance(state.status(user_id), state.rights(user_id))


def _changed(event: Event) -> tuple[str, ...]:
    """Return who was given another level of their own. What everybody may do is nobody's in particular."""
    if event.replaced is None or event.state_key != "":
        return ()
    before, after = _users(event.replaced), _users(event.content)
    changed = [each for each in sorted(before | after) if before.get(each) != after.get(each)]
    return tuple(changed[:MOST])


def _users(content: Mapping[str, Any]) -> dict[str, Any]:
    users = content.get("users")
    return dict(users) if isinstance(users, Mapping) else {}

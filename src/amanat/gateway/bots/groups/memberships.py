"""Who comes into a bot's chats and leaves them, the bot itself too: what is kept of it, and what the bot is told."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.consents.consents import forget
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.groups.guests import Guests
from amanat.gateway.bots.groups.link_model import InviteLink
from amanat.gateway.bots.model import Began, ChatKind, Membership, Moved, Standing
from amanat.gateway.bots.people import chat_of, enter, meet, named_in, person_of
from amanat.gateway.bots.room_events import MEMBER, Event
from amanat.gateway.bots.tables import CHATS, SETTINGS, ChatRow, PersonRow
from amanat.gateway.bots.updates import Updates

_STANDINGS: Final[Mapping[str, Standing]] = {"join": "member", "ban": "kicked"}
"""Whoever is invited, or has asked, is not in yet."""
_BY_THEMSELVES: Final = ("join", "knock")
"""What people do themselves: there they go by the name that they gave themselves."""


class Memberships:
    """Of one bot's chats."""

    def __init__(self, on: Ground, updates: Updates) -> None:
        self._on = on
        self._updates = updates
        self._guests = Guests(on, updates)

    async def needs(self, event: Event) -> Sequence[Need]:
        """Return what `take` reads beside the people and the chat."""
        begins_by = self._on.api.begins_by if event.type == MEMBER else ""
        setting: list[Need] = [(SETTINGS, (begins_by,))] if begins_by else []
        return [*setting, *await self._guests.needs(event)]

    def take(self, tx: Tx, event: Event, *, kind: ChatKind) -> None:
        """Put what follows from somebody's membership; `kind` is what the chat is by now."""
        about, membership = event.state_key or event.sender, event.content.get("membership")
        if about == self._on.user_id:
            return self._take_own(tx, event, kind=kind)
        row = tx.get(CHATS, event.room_id)
        if kind == "group" and (row is None or not row.is_in):
            return None  # before the bot was asked in
        person = meet(tx, about, on=self._on, name=named_in(event.content) if membership in _BY_THEMSELVES else None)
        if membership == "invite":
            return None
        if membership == "knock":
            return self._take_asking(tx, event, person)
        link = self._guests.move(tx, event)
        is_new = row is None
        row = enter(tx, event.room_id, kind=kind, person=person, on=self._on)
        if is_new and row.kind == "private" and membership == "join":
            self._begin(tx, event, row=row, person=person)
        if row.kind == "private":
            return self._take_in_private(tx, event, row=row, person=person)
        return self._take_in_group(tx, event, row=row, person=person, link=link)

    def _begin(self, tx: Tx, event: Event, *, row: ChatRow, person: PersonRow) -> None:
        begins_by = self._on.api.begins_by
        if not begins_by or person.is_blocked:
            return
        setting = tx.get(SETTINGS, begins_by)
        kept = setting.value if setting is not None else b""
        began = Began(chat=chat_of(row, person), person=person_of(person), ts=event.ts, setting=kept)
        self._updates.put(tx, began, chat=row.number)

    def _take_in_private(self, tx: Tx, event: Event, *, row: ChatRow, person: PersonRow) -> None:
        is_in = event.content.get("membership") == "join"
        tx.put(CHATS, replace(row, is_in=int(is_in)))
        if not is_in:
            forget(tx, person.user_id)
        if row.is_in != int(is_in):
            told = Membership(chat=chat_of(row, person), person=None, is_in=is_in, ts=event.ts)
            self._updates.put(tx, told, chat=row.number)

    def _take_in_group(self, tx: Tx, event: Event, *, row: ChatRow, person: PersonRow, link: InviteLink | None) -> None:
        after = _STANDINGS.get(str(event.content.get("membership")), "left")
        before = _before(event, after)
        if before == after:
            return  # another name or picture, an invitation declined, a request taken back
        chat, by = chat_of(row, None), person_of(meet(tx, event.sender, on=self._on))
        if "member" in (before, after):
            told = Membership(chat=chat, person=person_of(person), is_in=after == "member", ts=event.ts)
            self._updates.put(tx, told, chat=row.number)
        moved = Moved(chat=chat, person=person_of(person), by=by, before=before, after=after, ts=event.ts, link=link)
        self._updates.put(tx, moved, chat=row.number)

    def _take_asking(self, tx: Tx, event: Event, person: PersonRow) -> None:
        row = tx.get(CHATS, event.room_id)
        if row is not None and row.kind == "group":
            self._guests.ask(tx, event, row=row, person=person)

    def _take_own(self, tx: Tx, event: Event, *, kind: ChatKind) -> None:
        """Only others tell the bot of itself: by inviting it, or putting it out."""
        membership, row = event.content.get("membership"), tx.get(CHATS, event.room_id)
        is_out = membership in ("leave", "ban")
        if row is None and (is_out or kind == "private"):
            return
        if row is not None and is_out and not row.is_in:
            return  # its ban was lifted
        by = meet(tx, event.sender, on=self._on)
        if row is None:
            row = enter(tx, event.room_id, kind="group", person=by, on=self._on)
        tx.put(CHATS, replace(row, is_in=int(not is_out)))
        told = Membership(
            chat=chat_of(row, None),
            person=None,
            is_in=not is_out,
            ts=event.ts,
            by=person_of(by),
            is_banned=membership == "ban",
        )
        self._updates.put(tx, told, chat=row.number)


def _before(event: Event, after: Standing) -> Standing:
    if event.before is not None:
        return _STANDINGS.get(event.before, "left")
    # A server that does not say: whoever comes was out, and whoever goes was in.
    return "left" if after == "member" else "member"

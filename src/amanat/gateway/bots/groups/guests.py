"""Who comes into a group by a bot's link: let in by the gateway, turned away, or left to the bot's program.

A place of a link is taken in the unit that hears somebody ask, by a row of their own: so that two who come at once do
not share it, and nobody takes two, whatever is killed. It is free again once they have left.
"""

from collections.abc import Sequence
from typing import Final

import structlog
from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.dues import DUES, DueKind, DueRow
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.groups.group_model import NotAllowed
from amanat.gateway.bots.groups.invite_links import KNOCK, holds, link_of, token_in
from amanat.gateway.bots.groups.link_model import InviteLink
from amanat.gateway.bots.model import Asked
from amanat.gateway.bots.notes import Notes
from amanat.gateway.bots.people import chat_of, meet, person_of
from amanat.gateway.bots.room_events import MEMBER, Event
from amanat.gateway.bots.tables import CHATS, GUEST, GUESTS, LINKS, PEOPLE, ChatRow, GuestRow, LinkRow, PersonRow
from amanat.gateway.bots.updates import Updates

ASKS: Final = "asks"
COMES: Final = "comes"
IN: Final = "in"
"""What a guest is. Only who `asks` takes no place: somebody decides about them."""
NO_LONGER: Final = "Tautan ini tidak berlaku lagi. / This link is no longer valid."

log = structlog.get_logger()


class Guests:
    """Of one bot's groups."""

    def __init__(self, on: Ground, updates: Updates) -> None:
        self._on = on
        self._updates = updates
        self._urls: Notes[str] = Notes()
        self._tokens: Notes[str] = Notes()

    # What is heard.

    async def needs(self, event: Event) -> Sequence[Need]:
        """Return what `ask` and `move` read."""
        if event.type != MEMBER or event.state_key in (None, self._on.user_id):
            return []
        token = token_in(event.content.get("reason"))
        if event.content.get("membership") != KNOCK:
            return await self._needs_of_move(event, user_id=event.state_key or "")
        if token is None:
            return []
        self._urls.put(event.room_id, await self._on.device.join_link(event.room_id))
        return [(LINKS, (token,)), (GUESTS, (event.room_id,))]

    async def _needs_of_move(self, event: Event, *, user_id: str) -> Sequence[Need]:
        guest = await self._on.store.first(GUEST, room_id=event.room_id, user_id=user_id)
        needs: list[Need] = [(GUESTS, (event.room_id, user_id))]
        if guest is None or event.content.get("membership") != "join":
            return needs
        self._urls.put(event.room_id, await self._on.device.join_link(event.room_id))
        self._tokens.put(event.event_id, guest.token)
        return [*needs, (LINKS, (guest.token,))]

    def ask(self, tx: Tx, event: Event, *, row: ChatRow, person: PersonRow) -> None:
        """Decide about somebody who asks to join, or have it decided."""
        token = token_in(event.content.get("reason"))
        link = tx.get(LINKS, token) if token else None
        if link is None or link.room_id != event.room_id:
            asked = Asked(chat=chat_of(row, None), person=person_of(person), ts=event.ts)
            self._updates.put(tx, asked, chat=row.number)
            return None
        user_id, now_ms = person.user_id, self._on.now_ms()
        if not holds(link, now_ms) or not self._has_room(tx, link, user_id):
            return self._have_done(tx, "turn_away", event.room_id, user_id=user_id)
        tx.put(GUESTS, GuestRow(event.room_id, user_id, link.token, ASKS if link.by_request else COMES, now_ms))
        if not link.by_request:
            return self._have_done(tx, "let_in", event.room_id, user_id=user_id)
        return self._tell(tx, link, row=row, person=person, ts=event.ts)

    def move(self, tx: Tx, event: Event) -> InviteLink | None:
        """Note that a guest has come in, or is gone; return by which link they have come just now."""
        membership = event.content.get("membership")
        guest = tx.get(GUESTS, event.room_id, event.state_key or "")
        if guest is None or membership == "invite":
            return None
        if membership != "join":
            tx.delete(GUESTS, guest.room_id, guest.user_id)
            return None
        tx.put(GUESTS, replace(guest, state=IN))
        link = tx.get(LINKS, guest.token) if self._tokens.get(event.event_id, "") == guest.token else None
        return link_of(link, group_url=self._urls.get(event.room_id, "")) if link is not None else None

    # What is done about it.

    async def let_in(self, due: DueRow) -> None:
        """Let in somebody who came by a link; where the bot may not, its program hears of them. Raises `NotNow`."""
        on = self._on
        state = await on.device.group_state(due.room_id)
        if state.membership(due.user_id) != KNOCK:
            return
        try:
            await on.device.act_on(due.room_id, "let_in", user_id=due.user_id)
        except NotAllowed:
            log.info("guest_left_to_the_program", room_id=due.room_id)
            await self._hand_over(due)

    async def turn_away(self, due: DueRow) -> None:
        """Turn away somebody whose link does not hold, if the bot may; raises `NotNow`."""
        on = self._on
        state = await on.device.group_state(due.room_id)
        if state.membership(due.user_id) == KNOCK:
            try:
                await on.device.act_on(due.room_id, "put_out", user_id=due.user_id, reason=NO_LONGER)
            except NotAllowed:
                log.info("guest_not_turned_away", room_id=due.room_id)

    async def _hand_over(self, due: DueRow) -> None:
        on, guest_key = self._on, (due.room_id, due.user_id)
        guest = await on.store.write(lambda tx: tx.get(GUESTS, *guest_key), needs=[(GUESTS, guest_key)])
        if guest is None:
            return
        self._urls.put(due.room_id, await on.device.join_link(due.room_id))

        def hand_over(tx: Tx) -> None:
            held, link, row = tx.get(GUESTS, *guest_key), tx.get(LINKS, guest.token), tx.get(CHATS, due.room_id)
            if held is None or held.state != COMES or link is None or row is None:
                return
            tx.put(GUESTS, replace(held, state=ASKS))
            person = meet(tx, due.user_id, on=on)
            self._tell(tx, link, row=row, person=person, ts=on.now_ms())

        needs: list[Need] = [(GUESTS, guest_key), (LINKS, (guest.token,)), (CHATS, (due.room_id,))]
        await on.store.write(hand_over, needs=[*needs, (PEOPLE, (due.user_id,))])

    def _tell(self, tx: Tx, link: LinkRow, *, row: ChatRow, person: PersonRow, ts: int) -> None:
        told = link_of(link, group_url=self._urls.get(row.room_id, ""))
        asked = Asked(chat=chat_of(row, None), person=person_of(person), ts=ts, link=told)
        self._updates.put(tx, asked, chat=row.number)

    def _have_done(self, tx: Tx, kind: DueKind, room_id: str, *, user_id: str) -> None:
        # Of two requests the last one counts.
        for other in ("let_in", "turn_away"):
            tx.delete(DUES, other, room_id, user_id, 0)
        now_ms = self._on.now_ms()
        self._on.dues.put(tx, DueRow(kind, room_id, user_id, 0, now_ms, now_ms))

    @staticmethod
    def _has_room(tx: Tx, link: LinkRow, user_id: str) -> bool:
        if not link.member_limit:
            return True
        others = (each for each in tx.scan(GUESTS, link.room_id) if each.token == link.token)
        return sum(each.state != ASKS and each.user_id != user_id for each in others) < link.member_limit

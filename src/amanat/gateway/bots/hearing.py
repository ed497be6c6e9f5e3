"""What is heard in a bot's chats, in the unit of whatever brought it: what is kept of it, and what the bot is told."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import json
from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.answers import Answers
from amanat.gateway.bots.bodies import Sent, answered_by, body_of, target_of
from amanat.gateway.bots.choosing import choice_of
from amanat.gateway.bots.consents.consents import ConsentHearing
from amanat.gateway.bots.forms.form_answers import FormAnswers
from amanat.gateway.bots.forms.form_asking import FormAsking
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.groups.level_changes import LevelChanges
from amanat.gateway.bots.groups.memberships import Memberships
from amanat.gateway.bots.groups.name_changes import NameChanges
from amanat.gateway.bots.in_flight import InFlight
from amanat.gateway.bots.model import (
    Body,
    Came,
    Chat,
    ChatKind,
    Deleted,
    Edited,
    OwnNumber,
    PollBody,
    Pressed,
    Reacted,
    Said,
    TakenBack,
    Words,
)
from amanat.gateway.bots.notes import Notes
from amanat.gateway.bots.number_sharing import NumberSharing, shares_number
from amanat.gateway.bots.people import Scene, chat_of, enter, heard_row, meet, person_of, said_of
from amanat.gateway.bots.poll_contents import ABOUT
from amanat.gateway.bots.room_events import LEVELS, MEMBER, NAME, Event
from amanat.gateway.bots.shop.ordering import Ordering
from amanat.gateway.bots.shop.questions import product_in
from amanat.gateway.bots.tables import (
    CHAT_OF_ROOM,
    CHATS,
    FILES,
    MESSAGES,
    NUMBER_STREAM,
    PEOPLE,
    FileRow,
    Kept,
    MessageRow,
    decode_kept,
    encode,
)
from amanat.gateway.bots.updates import Updates
from amanat.gateway.bots.voting import Vote, Voting, is_end, is_vote
from amanat.gateway.forms.filling import pages_of

REACTION: Final = "m.reaction"
REDACTION: Final = "m.room.redaction"
PRIVATE: Final[ChatKind] = "private"


class Hearing:
    """Hears for one bot. `needs` first, then `take` in a unit; `take` may run twice, with the first run undone."""

    def __init__(self, on: Ground, updates: Updates) -> None:
        self._on = on
        self._updates = updates
        self.numbers = NumberSharing(on)
        self._memberships = Memberships(on, updates)
        self._levels = LevelChanges(on, updates)
        self._names = NameChanges(on, updates)
        self._in_flight = InFlight(on)
        self._kinds: Notes[ChatKind] = Notes()
        answers = Answers(on, updates)
        self._forms = FormAnswers(on, answers)
        self._asking = FormAsking(on, answers)
        self._ordering = Ordering(answers)
        self._voting = Voting(on, updates)
        self._consents = ConsentHearing(on, updates, answers=answers)

    async def needs(self, event: Event) -> Sequence[Need]:
        """Return every row that `take` reads for it."""
        await self._look_at(event)
        await self._in_flight.land(_about(event, self._on.user_id), room_id=event.room_id)
        levels = await self._levels.needs(event) if event.type == LEVELS else []
        guests = await self._memberships.needs(event)
        related = [
            (MESSAGES, (event_id,))
            for event_id in (
                answered_by(event.content),
                target_of(event.content, "m.replace"),
                target_of(event.content, "m.annotation"),
                _redacted(event),
            )
            if event_id is not None
        ]
        people = {event.sender, event.state_key or event.sender}
        forms = [*await self._forms.needs(event), *await self._asking.needs(event)]
        voted = await self._voting_needs(event)
        shared = await self.numbers.look_up(event.event_id, sender=event.sender) if self._shares(event) else []
        people_needs = [need for who in people for need in ((PEOPLE, (who,)), *self._consents.needs(who))]
        return [(CHATS, (event.room_id,)), *people_needs, *levels, *guests, *related, *forms, *voted, *shared]

    async def _voting_needs(self, event: Event) -> Sequence[Need]:
        poll, redacted = target_of(event.content, ABOUT), _redacted(event)
        if poll is not None and is_vote(event.type):
            return await self._voting.vote_needs(event.room_id, _vote(event), poll=poll)
        if poll is not None and is_end(event.type):
            return [(MESSAGES, (poll,))]
        return await self._voting.redacted_needs(redacted) if redacted is not None else []

    def take(self, tx: Tx, event: Event) -> None:
        """Put what follows from it."""
        if event.type == LEVELS:
            self._levels.take(tx, event)
        elif event.type == MEMBER:
            self._memberships.take(tx, event, kind=self._kind(event.room_id))
        elif event.type == NAME:
            self._names.take(tx, event)
        elif event.sender == self._on.user_id or self._is_blocked(tx, event.sender):
            return
        elif event.type == REACTION:
            self._take_reaction(tx, event)
        elif event.type == REDACTION:
            self._take_deletion(tx, event)
        elif is_vote(event.type) or is_end(event.type):
            self._take_vote(tx, event)
        elif target_of(event.content, "m.replace") is not None:
            self._take_edit(tx, event)
        else:
            self._take_message(tx, event)

    @staticmethod
    def _is_blocked(tx: Tx, user_id: str) -> bool:
        row = tx.get(PEOPLE, user_id)
        return row is not None and bool(row.is_blocked)

    # What people do.

    def _take_message(self, tx: Tx, event: Event) -> None:
        body = body_of(event.type, event.content)
        if body is None:
            return
        scene = self._scene(tx, event)
        answered = answered_by(event.content)
        quoted = tx.get(MESSAGES, answered) if answered else None
        if scene.chat.kind == "group" and not self._is_for_bot(event, body, quoted):
            return
        tx.put(CHATS, replace(scene.row, heard_ts=self._on.now_ms(), is_in=1))
        if scene.chat.kind == "private":
            if self._is_asked(tx, event, scene=scene, body=body, quoted=quoted):
                return
            if self._shares(event) and (known := self.numbers.take(tx, event.event_id, person=scene.person)):
                scene, body = Scene(chat_of(scene.row, known), scene.row, known), OwnNumber(phone=known.phone)
        self._tell(tx, event, scene=scene, body=body, quoted=quoted)

    def _is_asked(self, tx: Tx, event: Event, *, scene: Scene, body: Body | Sent, quoted: MessageRow | None) -> bool:
        """Whether it decides something, fills in a form, answers one that the gateway asks, or orders something."""
        pages = pages_of(event.content)
        if pages is not None:
            self._asking.forget(tx, event)
            self._forms.take(tx, event, scene=scene, pages=pages)
            return True
        if self._shares(event):
            return False
        if self._consents.take(tx, event, scene=scene, body=body):
            return True
        if self._asking.take(tx, event, scene=scene, body=body, quoted=quoted):
            return True
        return self._ordering.take(tx, event, scene=scene, body=body, quoted=quoted)

    def _tell(self, tx: Tx, event: Event, *, scene: Scene, body: Body | Sent, quoted: MessageRow | None) -> None:
        """Tell the bot what was chosen, or else what was said."""
        choice = choice_of(event.content, body, scene=scene, quoted=quoted)
        if choice is not None and self._consents.choose(tx, event, scene=scene, choice=choice[1]):
            return None
        number, person, chat = tx.next(NUMBER_STREAM), person_of(scene.person), scene.chat
        # What a button asked for is more than the button's words.
        if choice is not None and choice[1].data:
            said, chosen = choice
            pressed = Pressed(number=number, person=person, said=said, choice=chosen, ts=event.ts)
            return self._updates.put(tx, pressed, chat=chat.number)
        if choice is not None:
            body = Words(text=choice[1].label)  # a key that only says its words
        kept = Kept(body=self._keep_file(tx, body), reply_to=quoted.number if quoted else None)
        self._keep(tx, event, number=number, kept=kept)
        told = said_of(kept, number=number, chat=chat, ts=event.ts, sender=scene.person)
        answered = self._quoted(quoted, chat)
        product = product_in(event.content, answered.offer if answered else None)
        return self._updates.put(tx, Came(said=told, quoted=answered, product=product), chat=chat.number)

    def _take_edit(self, tx: Tx, event: Event) -> None:
        target = tx.get(MESSAGES, target_of(event.content, "m.replace"))
        changed = event.content.get("m.new_content")
        if target is None or target.user_id != event.sender or not isinstance(changed, Mapping):
            return
        body, before = body_of(event.type, changed), decode_kept(target.kept)
        # Another poll in its place would keep the votes for other answers.
        if body is None or isinstance(body, PollBody) or isinstance(before.body, PollBody):
            return
        scene = self._scene(tx, event)
        kept = replace(before, body=self._keep_file(tx, body), edited_ts=event.ts)
        tx.put(MESSAGES, replace(target, kept=encode(kept)))
        said = said_of(kept, number=target.number, chat=scene.chat, ts=target.ts, sender=scene.person)
        self._updates.put(tx, Edited(said=said), chat=scene.chat.number)

    def _take_reaction(self, tx: Tx, event: Event) -> None:
        target = tx.get(MESSAGES, target_of(event.content, "m.annotation"))
        related = event.content.get("m.relates_to")
        emoji = related.get("key") if isinstance(related, Mapping) else None
        if target is None or not isinstance(emoji, str) or not emoji:
            return
        scene = self._scene(tx, event)
        told = Reacted(
            chat=scene.chat, person=person_of(scene.person), number=target.number, emoji=emoji[:32], ts=event.ts
        )
        # Kept like a message, so that taking it back can be told of.
        kept = Kept(body=Deleted(), reply_to=target.number, markup=emoji[:32].encode())
        number = tx.next(NUMBER_STREAM)
        self._keep(tx, event, number=number, kept=kept)
        self._updates.put(tx, told, chat=scene.chat.number)

    def _take_vote(self, tx: Tx, event: Event) -> None:
        about = target_of(event.content, ABOUT)
        poll = tx.get(MESSAGES, about) if about else None
        if poll is None or poll.room_id != event.room_id:
            return
        scene = self._scene(tx, event)
        if is_end(event.type):
            self._voting.end(tx, poll, sender=event.sender, chat=scene.chat)
        else:
            self._voting.vote(tx, _vote(event), poll=poll, chat=scene.chat, person=person_of(scene.person))

    def _take_deletion(self, tx: Tx, event: Event) -> None:
        redacted = _redacted(event)
        if redacted is not None and self._voting.is_vote_of(redacted, event.sender):
            scene = self._scene(tx, event)
            return self._voting.take_back(tx, redacted, chat=scene.chat, person=person_of(scene.person))
        target = tx.get(MESSAGES, redacted) if redacted else None
        if target is None or target.user_id != event.sender:
            return None
        scene, kept = self._scene(tx, event), decode_kept(target.kept)
        person = person_of(scene.person)
        tx.delete(MESSAGES, target.event_id)
        if kept.markup and kept.reply_to is not None:
            told = Reacted(chat=scene.chat, person=person, number=kept.reply_to, emoji="", ts=event.ts)
            self._updates.put(tx, told, chat=scene.chat.number)
        else:
            gone = TakenBack(chat=scene.chat, person=person, number=target.number, ts=event.ts)
            self._updates.put(tx, gone, chat=scene.chat.number)
        return None

    # What it is about.

    def _scene(self, tx: Tx, event: Event) -> Scene:
        person = meet(tx, event.sender, on=self._on)
        row = enter(tx, event.room_id, kind=self._kind(event.room_id), person=person, on=self._on)
        return Scene(chat_of(row, person if row.kind == "private" else None), row, person)

    def _shares(self, event: Event) -> bool:
        """Whether somebody shares their number; in a group nobody does, where others would see that they have."""
        shares = event.sender != self._on.user_id and shares_number(event.type, event.content)
        return shares and self._kind(event.room_id) == "private"

    def _is_for_bot(self, event: Event, body: Body | Sent, quoted: MessageRow | None) -> bool:
        """In a group a bot hears commands, answers to itself, and what names it, unless it was made to hear all."""
        if self._on.hears_groups or (quoted is not None and quoted.user_id == ""):
            return True
        mentions = event.content.get("m.mentions")
        named = mentions.get("user_ids") if isinstance(mentions, Mapping) else None
        if isinstance(named, list) and self._on.user_id in named:
            return True
        return isinstance(body, Words) and (
            body.text.startswith("/") or f"@{self._on.me.username}".casefold() in body.text.casefold()
        )

    def _quoted(self, quoted: MessageRow | None, chat: Chat) -> Said | None:
        if quoted is None:
            return None
        kept = decode_kept(quoted.kept)
        if quoted.user_id == "":
            return said_of(kept, number=quoted.number, chat=chat, ts=quoted.ts)
        return replace(said_of(kept, number=quoted.number, chat=chat, ts=quoted.ts), sender=chat.person)

    def _keep(self, tx: Tx, event: Event, *, number: int, kept: Kept) -> None:
        tx.put(MESSAGES, heard_row(event, number=number, kept=kept, now_ms=self._on.now_ms()))

    def _keep_file(self, tx: Tx, body: Body | Sent) -> Body:
        if not isinstance(body, Sent):
            return body
        media, number = body.media, self._on.mint()
        row = FileRow(number, json.encode(body.file), media.name, media.mimetype, media.size, self._on.now_ms())
        tx.put(FILES, row)
        return replace(media, file=number)

    # Private chats have one other person; nothing but the members says so.

    async def _look_at(self, event: Event) -> None:
        if event.type != MEMBER and event.room_id in self._kinds:
            return  # it has been looked at, and nobody has come or gone since
        known = await self._on.store.first(CHAT_OF_ROOM, room_id=event.room_id)
        if known is not None and known.kind == "group":
            self._remember(event.room_id, "group")
        elif known is None or event.type == MEMBER:
            others = await self._on.device.members(event.room_id)
            self._remember(event.room_id, "group" if len(others) > 1 else "private")
        else:
            self._remember(event.room_id, "private")

    def _remember(self, room_id: str, kind: ChatKind) -> None:
        self._kinds.put(room_id, kind)

    def _kind(self, room_id: str) -> ChatKind:
        return self._kinds.get(room_id, PRIVATE)


def _about(event: Event, user_id: str) -> list[str]:
    """Return which of the bot's own messages somebody's event may be about."""
    if event.sender == user_id:
        return []
    content = event.content
    found = (answered_by(content), target_of(content, "m.annotation"), target_of(content, ABOUT))
    return [event_id for event_id in found if event_id is not None]


def _redacted(event: Event) -> str | None:
    # spec: rooms/v11#moving-the-redacts-property-of-mroomredaction-events-to-a-content-property: servers tell both.
    redacts = event.content.get("redacts") if event.type == REDACTION else None
    return redacts if isinstance(redacts, str) else None


def _vote(event: Event) -> Vote:
    return Vote(event_id=event.event_id, sender=event.sender, ts=event.ts, content=event.content)

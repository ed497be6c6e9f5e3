"""What is heard in a bot's chats, in the unit of whatever brought it: what is kept of it, and what the bot is told."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.bodies import Sent, answered_by, body_of, content_of_words, target_of, words_of
from amanat.gateway.bots.forms import GONE, refusal, values_of
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.memberships import Memberships
from amanat.gateway.bots.menus import Used, chosen_by_words, used_prompt
from amanat.gateway.bots.model import (
    Body,
    Came,
    Chat,
    ChatKind,
    Choice,
    Deleted,
    Delivered,
    Edited,
    FilledIn,
    OwnNumber,
    Place,
    PollBody,
    Pressed,
    Reacted,
    Said,
    TakenBack,
    Words,
)
from amanat.gateway.bots.number_sharing import NumberSharing, shares_number
from amanat.gateway.bots.people import chat_of, enter, meet, person_of, said_of
from amanat.gateway.bots.poll_contents import ABOUT
from amanat.gateway.bots.room_events import MEMBER, Event
from amanat.gateway.bots.tables import (
    CHAT_OF_ROOM,
    CHATS,
    FILES,
    FORMS,
    MESSAGE_OF_EVENT,
    MESSAGES,
    NUMBER_STREAM,
    PEOPLE,
    REACTIONS,
    SAYINGS,
    ChatRow,
    FileRow,
    Kept,
    MessageRow,
    PersonRow,
    decode_kept,
    decode_menu,
    encode,
)
from amanat.gateway.bots.updates import Updates
from amanat.gateway.bots.voting import Vote, Voting, is_end, is_vote
from amanat.gateway.forms.filling import Misfit, Page, pages_of
from amanat.gateway.forms.model import FORM_ANSWER

REACTION: Final = "m.reaction"
REDACTION: Final = "m.room.redaction"
_REMEMBERED: Final = 1_000

T = TypeVar("T")


class _Place(Struct, frozen=True):
    """Where something is heard, and whom from."""

    chat: Chat
    row: ChatRow
    person: PersonRow


class Hearing:
    """Hears for one bot. `needs` first, then `take` in a unit; `take` may run twice, with the first run undone."""

    def __init__(self, on: Ground, updates: Updates) -> None:
        self._on = on
        self._updates = updates
        self._numbers = NumberSharing(on)
        self._memberships = Memberships(on, updates)
        self._kinds: OrderedDict[str, ChatKind] = OrderedDict()
        self._forms: OrderedDict[str, str] = OrderedDict()
        self._voting = Voting(on, updates)

    async def needs(self, event: Event) -> Sequence[Need]:
        """Return every row that `take` reads for it."""
        await self._look_at(event)
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
        form = await self._look_for_form(event)
        needed = [(FORMS, (form,))] if form else []
        voted = await self._voting_needs(event)
        shared = await self._numbers.look_up(event.event_id, sender=event.sender) if self._shares(event) else []
        people_needs = ((PEOPLE, (user_id,)) for user_id in people)
        return [(CHATS, (event.room_id,)), *people_needs, *related, *needed, *voted, *shared]

    async def _voting_needs(self, event: Event) -> Sequence[Need]:
        poll, redacted = target_of(event.content, ABOUT), _redacted(event)
        if poll is not None and is_vote(event.type):
            return await self._voting.vote_needs(event.room_id, _vote(event), poll=poll)
        if poll is not None and is_end(event.type):
            return [(MESSAGES, (poll,))]
        return await self._voting.redacted_needs(redacted) if redacted is not None else []

    def take(self, tx: Tx, event: Event) -> None:
        """Put what follows from it."""
        if event.type == MEMBER:
            self._memberships.take(tx, event, kind=self._kind(event.room_id))
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

    # What becomes of what the bot said.

    async def settle_needs(self, room_id: str, number: int) -> Sequence[Need]:
        """Return what `settle` reads."""
        chat = await self._on.store.first(CHAT_OF_ROOM, room_id=room_id)
        person = [(PEOPLE, (chat.person,))] if chat is not None and chat.person else []
        return [(SAYINGS, (number,)), (CHATS, (room_id,)), *person]

    def settle(self, tx: Tx, room_id: str, *, number: int, event_id: str | None) -> None:
        """Note that the server has a message under an id, or will never have it."""
        saying, row = tx.get(SAYINGS, number), tx.get(CHATS, room_id)
        if saying is None or row is None:
            return
        tx.delete(SAYINGS, number)
        if event_id is not None:
            tx.put(MESSAGES, MessageRow(event_id, number, room_id, "", saying.ts, saying.kept, saying.ts))
        told = Delivered(
            chat=chat_of(row, tx.get(PEOPLE, row.person) if row.person else None),
            number=number,
            is_sent=event_id is not None,
            ts=self._on.now_ms(),
            markup=decode_kept(saying.kept).markup,
        )
        self._updates.put(tx, told, chat=row.number)

    @staticmethod
    def reacted_needs(number: int) -> Sequence[Need]:
        """Return what `reacted` reads."""
        return [(REACTIONS, (number,))]

    @staticmethod
    def reacted(tx: Tx, number: int, *, event_id: str) -> None:
        """Note that the server has the bot's reaction to a message under an id."""
        row = tx.get(REACTIONS, number)
        if row is not None:
            tx.put(REACTIONS, replace(row, event_id=event_id))

    # What people do.

    def _take_message(self, tx: Tx, event: Event) -> None:
        body = body_of(event.type, event.content)
        if body is None:
            return
        place = self._place(tx, event)
        answered = answered_by(event.content)
        quoted = tx.get(MESSAGES, answered) if answered else None
        if place.chat.kind == "group" and not self._is_for_bot(event, body, quoted):
            return
        pages = pages_of(event.content)
        if pages is not None and place.chat.kind == "private":
            self._take_form(tx, event, place, pages)
            return
        if self._shares(event) and (known := self._numbers.take(tx, event.event_id, person=place.person)):
            place, body = _Place(chat_of(place.row, known), place.row, known), OwnNumber(phone=known.phone)
        # What a button asked for is more than the button's words.
        choice = None if isinstance(body, OwnNumber | Place) else self._choice(place, event, body, quoted)
        number = tx.next(NUMBER_STREAM)
        if choice is not None and not choice[1].data:
            body = Words(text=choice[1].label)  # a key that only says its words
        elif choice is not None:
            said, chosen = choice
            pressed = Pressed(number=number, person=person_of(place.person), said=said, choice=chosen, ts=event.ts)
            tx.put(CHATS, replace(place.row, heard_ts=self._on.now_ms(), is_in=1))
            self._updates.put(tx, pressed, chat=place.chat.number)
            return
        kept = Kept(body=self._keep_file(tx, body), reply_to=quoted.number if quoted else None)
        self._keep(tx, event, number, kept)
        tx.put(CHATS, replace(place.row, heard_ts=self._on.now_ms(), is_in=1))
        said = said_of(kept, number=number, chat=place.chat, ts=event.ts, sender=place.person)
        told = Came(said=said, quoted=self._quoted(quoted, place.chat))
        self._updates.put(tx, told, chat=place.chat.number)

    def _take_form(self, tx: Tx, event: Event, place: _Place, pages: Sequence[Page]) -> None:
        """Tell what a filled-in form sends. Who sent what does not fit is told so, and the bot hears nothing of it."""
        answered = answered_by(event.content)
        asked = tx.get(MESSAGES, answered) if answered else None
        kept = decode_kept(asked.kept) if asked is not None and asked.user_id == "" else None
        form = kept.form if kept is not None else None
        known = form is not None and self._forms.get(event.event_id) == form.digest
        row = tx.get(FORMS, form.digest) if form is not None and known else None
        tx.put(CHATS, replace(place.row, heard_ts=self._on.now_ms(), is_in=1))
        number = tx.next(NUMBER_STREAM)
        if asked is None or kept is None or form is None or row is None:
            return self._say(tx, place, number, GONE)
        try:
            values = values_of(pages, kept=form, row=row)
        except Misfit as misfit:
            return self._say(tx, place, number, refusal(misfit))
        self._keep(tx, event, number, Kept(body=words_of(event.content, without_quote=True), reply_to=asked.number))
        said = said_of(kept, number=asked.number, chat=place.chat, ts=asked.ts)
        told = FilledIn(number=number, person=person_of(place.person), said=said, values=values, ts=event.ts)
        return self._updates.put(tx, told, chat=place.chat.number)

    def _say(self, tx: Tx, place: _Place, number: int, text: str) -> None:
        content = content_of_words(Words(text=text))
        room_id = place.row.room_id
        self._on.device.say(tx, room_id, txn_id=f"botform{number}", event_type="m.room.message", content=content)

    def _take_edit(self, tx: Tx, event: Event) -> None:
        target = tx.get(MESSAGES, target_of(event.content, "m.replace"))
        changed = event.content.get("m.new_content")
        if target is None or target.user_id != event.sender or not isinstance(changed, Mapping):
            return
        body, before = body_of(event.type, changed), decode_kept(target.kept)
        # Another poll in its place would keep the votes for other answers.
        if body is None or isinstance(body, PollBody) or isinstance(before.body, PollBody):
            return
        place = self._place(tx, event)
        kept = replace(before, body=self._keep_file(tx, body), edited_ts=event.ts)
        tx.put(MESSAGES, replace(target, kept=encode(kept)))
        said = said_of(kept, number=target.number, chat=place.chat, ts=target.ts, sender=place.person)
        self._updates.put(tx, Edited(said=said), chat=place.chat.number)

    def _take_reaction(self, tx: Tx, event: Event) -> None:
        target = tx.get(MESSAGES, target_of(event.content, "m.annotation"))
        related = event.content.get("m.relates_to")
        emoji = related.get("key") if isinstance(related, Mapping) else None
        if target is None or not isinstance(emoji, str) or not emoji:
            return
        place = self._place(tx, event)
        told = Reacted(
            chat=place.chat, person=person_of(place.person), number=target.number, emoji=emoji[:32], ts=event.ts
        )
        # Kept like a message, so that taking it back can be told of.
        kept = Kept(body=Deleted(), reply_to=target.number, markup=emoji[:32].encode())
        number = tx.next(NUMBER_STREAM)
        self._keep(tx, event, number, kept)
        self._updates.put(tx, told, chat=place.chat.number)

    def _take_vote(self, tx: Tx, event: Event) -> None:
        about = target_of(event.content, ABOUT)
        poll = tx.get(MESSAGES, about) if about else None
        if poll is None or poll.room_id != event.room_id:
            return
        place = self._place(tx, event)
        if is_end(event.type):
            self._voting.end(tx, poll, sender=event.sender, chat=place.chat)
        else:
            self._voting.vote(tx, _vote(event), poll=poll, chat=place.chat, person=person_of(place.person))

    def _take_deletion(self, tx: Tx, event: Event) -> None:
        redacted = _redacted(event)
        if redacted is not None and self._voting.is_vote_of(redacted, event.sender):
            place = self._place(tx, event)
            return self._voting.take_back(tx, redacted, chat=place.chat, person=person_of(place.person))
        target = tx.get(MESSAGES, redacted) if redacted else None
        if target is None or target.user_id != event.sender:
            return None
        place, kept = self._place(tx, event), decode_kept(target.kept)
        person = person_of(place.person)
        tx.delete(MESSAGES, target.event_id)
        if kept.markup and kept.reply_to is not None:
            told = Reacted(chat=place.chat, person=person, number=kept.reply_to, emoji="", ts=event.ts)
            self._updates.put(tx, told, chat=place.chat.number)
        else:
            gone = TakenBack(chat=place.chat, person=person, number=target.number, ts=event.ts)
            self._updates.put(tx, gone, chat=place.chat.number)
        return None

    # What it is about.

    def _place(self, tx: Tx, event: Event) -> _Place:
        person = meet(tx, event.sender, on=self._on)
        row = enter(tx, event.room_id, kind=self._kind(event.room_id), person=person, on=self._on)
        return _Place(chat_of(row, person if row.kind == "private" else None), row, person)

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

    def _choice(
        self, place: _Place, event: Event, body: Body | Sent, quoted: MessageRow | None
    ) -> tuple[Said, Choice] | None:
        """Return what was chosen under which message, if anything was."""
        used = used_prompt(event.content)
        menu = decode_menu(place.row.menu) if place.row.menu else None
        if used is not None:
            if menu is not None and menu.number == used.number:
                return _pressed(menu.kept, used, place=place, ts=menu.ts)
            if quoted is not None and quoted.number == used.number and quoted.user_id == "":
                return _pressed(decode_kept(quoted.kept), used, place=place, ts=quoted.ts)
        if menu is None or not isinstance(body, Words):
            return None
        chosen = chosen_by_words(body.text, menu.kept.choices)
        return (said_of(menu.kept, number=menu.number, chat=place.chat, ts=menu.ts), chosen) if chosen else None

    def _quoted(self, quoted: MessageRow | None, chat: Chat) -> Said | None:
        if quoted is None:
            return None
        kept = decode_kept(quoted.kept)
        if quoted.user_id == "":
            return said_of(kept, number=quoted.number, chat=chat, ts=quoted.ts)
        return replace(said_of(kept, number=quoted.number, chat=chat, ts=quoted.ts), sender=chat.person)

    def _keep(self, tx: Tx, event: Event, number: int, kept: Kept) -> None:
        now_ms = self._on.now_ms()
        row = MessageRow(event.event_id, number, event.room_id, event.sender, event.ts, encode(kept), now_ms)
        tx.put(MESSAGES, row)

    def _keep_file(self, tx: Tx, body: Body | Sent) -> Body:
        if not isinstance(body, Sent):
            return body
        media, number = body.media, self._on.mint()
        row = FileRow(number, json.encode(body.file), media.name, media.mimetype, media.size, self._on.now_ms())
        tx.put(FILES, row)
        return replace(media, file=number)

    async def _look_for_form(self, event: Event) -> str | None:
        """Return which form somebody answers, which is noted for the unit that takes the answer."""
        answered = answered_by(event.content) if FORM_ANSWER in event.content else None
        row = await self._on.store.first(MESSAGE_OF_EVENT, event_id=answered) if answered else None
        form = decode_kept(row.kept).form if row is not None else None
        if form is None:
            return None
        _note(self._forms, event.event_id, form.digest)
        return form.digest

    # Private chats have one other person; nothing but the members says so.

    async def _look_at(self, event: Event) -> None:
        known = await self._on.store.first(CHAT_OF_ROOM, room_id=event.room_id)
        if known is not None and known.kind == "group":
            self._remember(event.room_id, "group")
        elif known is None or event.type == MEMBER:
            others = set(await self._on.device.members(event.room_id))
            self._remember(event.room_id, "group" if len(others) > 1 else "private")
        else:
            self._remember(event.room_id, "private")

    def _remember(self, room_id: str, kind: ChatKind) -> None:
        _note(self._kinds, room_id, kind)

    def _kind(self, room_id: str) -> ChatKind:
        return self._kinds.get(room_id, "private")


def _note(notes: OrderedDict[str, T], key: str, value: T) -> None:
    """Note something, and forget what was noted long ago."""
    notes[key] = value
    notes.move_to_end(key)
    while len(notes) > _REMEMBERED:
        notes.popitem(last=False)


def _redacted(event: Event) -> str | None:
    # spec: rooms/v11#moving-the-redacts-property-of-mroomredaction-events-to-a-content-property: servers tell both.
    redacts = event.content.get("redacts") if event.type == REDACTION else None
    return redacts if isinstance(redacts, str) else None


def _vote(event: Event) -> Vote:
    return Vote(event_id=event.event_id, sender=event.sender, ts=event.ts, content=event.content)


def _pressed(kept: Kept, used: Used, *, place: _Place, ts: int) -> tuple[Said, Choice] | None:
    if used.index >= len(kept.choices) or kept.choices[used.index].url:
        return None
    return said_of(kept, number=used.number, chat=place.chat, ts=ts), kept.choices[used.index]

"""What a bot says: its row, its number and its way into the outbox, in one unit each."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.core.identifiers import NAMESPACE
from amanat.db.tx import Tx
from amanat.gateway.bots.api import NoSuchChat, NoSuchMessage
from amanat.gateway.bots.bodies import content_of_media, content_of_place, content_of_words
from amanat.gateway.bots.cards import with_cards
from amanat.gateway.bots.consents.consents import Consents
from amanat.gateway.bots.dues import ROOM, DueRow
from amanat.gateway.bots.forms.forms import form_row, kept_form, with_form
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.menus import with_menu
from amanat.gateway.bots.model import Chat, Json, Media, Place, PollBody, Said, Saying, Words
from amanat.gateway.bots.numbered import once_there
from amanat.gateway.bots.people import said_of
from amanat.gateway.bots.poll_contents import START, content_of_poll
from amanat.gateway.bots.room_events import MESSAGE
from amanat.gateway.bots.shop.model import kept_offer
from amanat.gateway.bots.shop.offers import with_offer
from amanat.gateway.bots.tables import (
    CHATS,
    FILE_OF_NUMBER,
    FORMS,
    MESSAGES,
    NUMBER_STREAM,
    REACTION_OF_NUMBER,
    REACTIONS,
    SAYINGS,
    FormRow,
    Kept,
    Menu,
    MessageRow,
    ReactionRow,
    SayingRow,
    decode_kept,
    decode_menu,
    encode,
)
from amanat.gateway.bots.texts import holdable

REACTION: Final = "m.reaction"
REDACTION: Final = "m.room.redaction"
FORWARDED: Final = f"{NAMESPACE}.forwarded"

_SAID: Final = "bot"
_DONE: Final = "botdid"


def txn_id_of(number: int) -> str:
    """Return the transaction id of a message of the bot's."""
    return f"{_SAID}{number}"


def number_of(txn_id: str) -> int | None:
    """Return which message of the bot's a transaction was; None for one of its other acts."""
    digits = txn_id.removeprefix(_SAID)
    return int(digits) if txn_id != digits and digits.isascii() and digits.isdigit() else None


class _Prepared(Struct, frozen=True):
    """All that it takes to put a saying into a unit."""

    saying: Saying
    content: Json
    files: Sequence[Json]
    form: FormRow | None
    kept: Kept
    is_over: bool


class Speaking:
    """Speaks for one bot. `along` is done in each unit that says, changes or takes back something."""

    def __init__(self, on: Ground, *, along: Callable[[Tx], None] = lambda _: None) -> None:
        self._on = on
        self._along = along
        self._consents = Consents(on)

    async def say(self, chat: Chat, sayings: Sequence[Saying]) -> list[Said]:
        """Say some things, all or none.

        Raises `NoSuchChat`, `NoSuchMessage` for what one answers, `NotWanted` and `TooOften`.
        """
        on = self._on
        prepared = [await self._prepare(chat, saying) for saying in sayings]
        decides = await self._consents.whose(chat)

        def put(tx: Tx) -> list[int]:
            self._along(tx)
            return [self._put(tx, chat, each, decides=decides) for each in prepared]

        room = [ROOM] if any(saying.closes_ts for saying in sayings) else []
        needs = [(CHATS, (chat.room_id,)), *self._consents.needs(decides), *room]
        numbers = await on.store.write(put, needs=needs)
        said = zip(prepared, numbers, strict=True)
        return [said_of(each.kept, number=number, chat=chat, ts=on.now_ms()) for each, number in said]

    async def _prepare(self, chat: Chat, saying: Saying) -> _Prepared:
        on = self._on
        content = await self._content(saying)
        files = [await self._file(card.media) for card in saying.cards]
        if saying.reply_to is not None:
            answered = await once_there(self._on, saying.reply_to, chat=chat)
            content |= {"m.relates_to": {"m.in_reply_to": {"event_id": answered.event_id}}}
        form = form_row(saying.form, ts=on.now_ms()) if saying.form else None
        is_over = 0 < saying.closes_ts <= on.now_ms()
        return _Prepared(saying, content, files, form, _kept(saying, form, is_over=is_over), is_over)

    def _put(self, tx: Tx, chat: Chat, prepared: _Prepared, *, decides: str) -> int:
        on, saying, row = self._on, prepared.saying, tx.get(CHATS, chat.room_id)
        if row is None or not row.is_in:
            raise NoSuchChat
        number, ts = tx.next(NUMBER_STREAM), on.now_ms()
        tx.put(SAYINGS, SayingRow(number, chat.room_id, ts, encode(prepared.kept)))
        if prepared.form is not None:
            tx.put(FORMS, prepared.form)
        if saying.closes_ts and not prepared.is_over:
            on.dues.add(tx, DueRow("close", chat.room_id, "", number, saying.closes_ts, saying.closes_ts))
        offers = saying.choices or saying.form or saying.offer
        menu = encode(Menu(number=number, ts=ts, kept=prepared.kept)) if offers else row.menu
        tx.put(CHATS, replace(row, menu=menu))
        content = prepared.content | self._consents.settle(tx, decides, saying=saying, heard_ts=row.heard_ts)
        said = _with_choices(content, saying, number=number, files=prepared.files)
        kind = START if isinstance(saying.body, PollBody) else MESSAGE
        on.device.say(tx, chat.room_id, txn_id=txn_id_of(number), event_type=kind, content=said)
        return number

    async def edit(self, chat: Chat, number: int, *, saying: Saying) -> Said:
        """Change a message of the bot's; raises `NoSuchMessage`, and `NotNow` if the server does not have it yet."""
        on, target = self._on, await self.own(chat, number)
        changed = _with_choices(await self._content(saying), saying, number=number)
        content: Json = {
            **changed,
            "body": f"* {changed.get('body', '')}",
            "m.new_content": changed,
            "m.relates_to": {"rel_type": "m.replace", "event_id": target.event_id},
        }
        before = decode_kept(target.kept)
        kept = replace(_kept(saying), reply_to=before.reply_to, edited_ts=on.now_ms())

        def put(tx: Tx) -> None:
            self._along(tx)
            tx.put(MESSAGES, replace(target, kept=encode(kept)))
            self._change_menu(tx, chat, target, kept)
            did = f"{_DONE}{tx.next(NUMBER_STREAM)}"
            on.device.say(tx, chat.room_id, txn_id=did, event_type=MESSAGE, content=content)

        await on.store.write(put, needs=[(CHATS, (chat.room_id,))])
        return said_of(kept, number=number, chat=chat, ts=target.ts)

    async def delete(self, chat: Chat, numbers: Sequence[int]) -> int:
        """Take messages back: the bot's, or others' where a group lets it; return how many of them could be.

        All of them in one unit. Raises `NotNow` if the server does not have one yet.
        """
        targets = [target for number in numbers if (target := await self._deletable(chat, number)) is not None]

        def put(tx: Tx) -> None:
            self._along(tx)
            for target in targets:
                tx.delete(MESSAGES, target.event_id)
                self._change_menu(tx, chat, target, None)
                self._redact(tx, chat, target.event_id)

        if targets:
            await self._on.store.write(put, needs=[(CHATS, (chat.room_id,))])
        return len(targets)

    async def _deletable(self, chat: Chat, number: int) -> MessageRow | None:
        try:
            target = await once_there(self._on, number, chat=chat)
        except NoSuchMessage:
            return None
        return target if target.user_id == "" or await self._may_delete(chat) else None

    async def react(self, chat: Chat, number: int, *, emoji: str) -> None:
        """React to a message, in place of an earlier reaction; with no emoji, only take that back."""
        on, target = self._on, await once_there(self._on, number, chat=chat)
        before = await on.store.first(REACTION_OF_NUMBER, number=number)
        content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": target.event_id, "key": emoji}}

        def put(tx: Tx) -> None:
            self._along(tx)
            if before is not None and before.event_id:
                self._redact(tx, chat, before.event_id)
            tx.delete(REACTIONS, number)
            if emoji:
                tx.put(REACTIONS, ReactionRow(number, "", holdable(emoji), on.now_ms()))
                did = reaction_txn_id(number, tx.next(NUMBER_STREAM))
                on.device.say(tx, chat.room_id, txn_id=did, event_type=REACTION, content=content)

        await on.store.write(put)

    async def leave(self, chat: Chat) -> None:
        """Note that the bot is in a chat no more."""

        def put(tx: Tx) -> None:
            row = tx.get(CHATS, chat.room_id)
            if row is not None:
                tx.put(CHATS, replace(row, is_in=0))

        await self._on.store.write(put, needs=[(CHATS, (chat.room_id,))])

    # What is changed.

    async def _may_delete(self, chat: Chat) -> bool:
        if chat.kind == "private":
            return False
        return (await self._on.device.group_state(chat.room_id)).rights(self._on.user_id).delete

    async def own(self, chat: Chat, number: int) -> MessageRow:
        """Return a message of the bot's once the server has it; raises `NoSuchMessage` and `NotNow`."""
        target = await once_there(self._on, number, chat=chat)
        if target.user_id != "":
            raise NoSuchMessage
        return target

    def _redact(self, tx: Tx, chat: Chat, event_id: str) -> None:
        did = f"{_DONE}{tx.next(NUMBER_STREAM)}"
        self._on.device.say(tx, chat.room_id, txn_id=did, event_type=REDACTION, content={"redacts": event_id})

    @staticmethod
    def _change_menu(tx: Tx, chat: Chat, target: MessageRow, kept: Kept | None) -> None:
        """Let the choices that stand be those of the message as it is now."""
        row = tx.get(CHATS, chat.room_id)
        if row is None or row.menu is None or decode_menu(row.menu).number != target.number:
            return
        stands = kept is not None and bool(kept.choices)
        menu = encode(Menu(number=target.number, ts=target.ts, kept=kept)) if stands and kept else None
        tx.put(CHATS, replace(row, menu=menu))

    async def _content(self, saying: Saying) -> Json:
        content = await self._content_of_body(saying)
        if saying.form is not None:
            content = with_form(content, _words(saying), form=saying.form)
        if saying.offer is not None:
            content = with_offer(content, _words(saying), offer=saying.offer)
        return content | ({FORWARDED: {"depth": 1}} if saying.forwarded else {})

    async def _content_of_body(self, saying: Saying) -> Json:
        match saying.body:
            case Words():
                return content_of_words(saying.body)
            case Place():
                return content_of_place(saying.body)
            case PollBody():
                return content_of_poll(saying.body)
            case Media():
                return content_of_media(saying.body, await self._file(saying.body))
            case _:
                raise ValueError("Nothing can be said so.")

    async def _file(self, media: Media) -> Json:
        """Return what opens a file; raises `NoSuchMessage`."""
        row = await self._on.store.first(FILE_OF_NUMBER, number=media.file)
        if row is None:
            raise NoSuchMessage
        return json.decode(row.file, type=dict[str, Any])


def reaction_txn_id(number: int, act: int) -> str:
    """Return the transaction id of a reaction to a message."""
    return f"botre{number}.{act}"


class Reaction(Struct, frozen=True):
    """To which message, and the act's own number."""

    number: int
    act: int


def reaction_of(txn_id: str) -> Reaction | None:
    """Return which reaction a transaction was; None for any other act."""
    digits, _, act = txn_id.removeprefix("botre").partition(".")
    is_one = txn_id.startswith("botre") and all(each.isascii() and each.isdigit() for each in (digits, act))
    return Reaction(int(digits), int(act)) if is_one else None


def _with_choices(content: dict[str, Any], saying: Saying, *, number: int, files: Sequence[Json] = ()) -> Json:
    words, choices = _words(saying), saying.choices
    if not choices:
        return content
    numbered = saying.numbered and not saying.cards
    content = with_menu(content, words, choices=choices, number=number, numbered=numbered)
    if not saying.cards:
        return content
    cards = [*zip(saying.cards, files, strict=True)]
    return with_cards(content, words, cards=cards, choices=choices, number=number)


def _words(saying: Saying) -> Words:
    body = saying.body
    return body if isinstance(body, Words) else body.caption if isinstance(body, Media) else Words(text="")


def _kept(saying: Saying, form: FormRow | None = None, *, is_over: bool = False) -> Kept:
    body = saying.body
    return Kept(
        # A poll that is said again is a new one.
        body=replace(body, votes=(), voters=0, ended=is_over) if isinstance(body, PollBody) else body,
        choices=saying.choices,
        reply_to=saying.reply_to,
        markup=saying.markup,
        forwarded=saying.forwarded,
        form=kept_form(saying.form, form) if saying.form and form else None,
        offer=kept_offer(saying.offer) if saying.offer else None,
    )

"""What becomes of votes: counted in the unit of what brought them, each person's last, until the poll has ended."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.api import NoSuchMessage, NotNow
from amanat.gateway.bots.dues import DueRow
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import Chat, Heard, Person, PollBody, PollChanged, Said, Voted
from amanat.gateway.bots.numbered import find
from amanat.gateway.bots.people import chat_of, said_of
from amanat.gateway.bots.poll_contents import (
    END,
    ENDS,
    RESPONSES,
    chosen_in,
    content_of_end,
    content_of_solution,
    counted,
)
from amanat.gateway.bots.room_events import MESSAGE
from amanat.gateway.bots.tables import (
    CHAT_OF_ROOM,
    MESSAGES,
    NUMBER_STREAM,
    PEOPLE_OF,
    VOTE_OF_EVENT,
    VOTES,
    Kept,
    MessageRow,
    SayingRow,
    VoteRow,
    decode_kept,
    encode,
)
from amanat.gateway.bots.updates import Updates

V = TypeVar("V")

_REMEMBERED: Final = 1_000
_DONE: Final = "botdid"


class Vote(Struct, frozen=True, kw_only=True):
    """A vote as it came: which event of whom, when, and what it says."""

    event_id: str
    sender: str
    ts: int
    content: Mapping[str, Any]


class Voting:
    """Counts for one bot."""

    def __init__(self, on: Ground, updates: Updates, *, along: Callable[[Tx], None] = lambda _: None) -> None:
        """`along` is done in the unit that ends a poll."""
        self._on = on
        self._along = along
        self._updates = updates
        self._outsiders: OrderedDict[str, None] = OrderedDict()
        self._redacted: OrderedDict[str, tuple[str, str]] = OrderedDict()

    # What is read for it.

    async def vote_needs(self, room_id: str, vote: Vote, *, poll: str) -> Sequence[Need]:
        """Return what `vote` reads. The votes of whoever is not in the room do not count."""
        if vote.sender not in await self._on.device.members(room_id):
            _remember(self._outsiders, vote.event_id, None)
        return [(MESSAGES, (poll,)), (VOTES, (poll, vote.sender))]

    async def redacted_needs(self, event_id: str) -> Sequence[Need]:
        """Return what `take_back` reads."""
        row = await self._on.store.first(VOTE_OF_EVENT, event_id=event_id)
        if row is None:
            return []
        _remember(self._redacted, event_id, (row.poll, row.user_id))
        return [(MESSAGES, (row.poll,)), (VOTES, (row.poll, row.user_id))]

    # What it does.

    def vote(self, tx: Tx, vote: Vote, *, poll: MessageRow, chat: Chat, person: Person) -> None:
        """Count a vote."""
        kept = decode_kept(poll.kept)
        body = kept.body
        if not isinstance(body, PollBody) or body.ended or vote.event_id in self._outsiders:
            return
        row = tx.get(VOTES, poll.event_id, vote.sender)
        if row is not None and row.ts > vote.ts:
            return
        before, after = _chosen(row), chosen_in(vote.content, body)
        now_ms = self._on.now_ms()
        tx.put(VOTES, VoteRow(poll.event_id, vote.sender, vote.event_id, vote.ts, json.encode(after), now_ms))
        if before != after:
            changed = replace(kept, body=counted(body, before=before, after=after))
            self._changed(tx, poll, changed, chat=chat, voted=(person, after))

    def is_vote_of(self, event_id: str, sender: str) -> bool:
        """Whether an event is somebody's vote, as `redacted_needs` found."""
        return event_id in self._redacted and self._redacted[event_id][1] == sender

    def take_back(self, tx: Tx, event_id: str, *, chat: Chat, person: Person) -> None:
        """Let a vote count no more."""
        key = self._redacted[event_id]
        poll, row = tx.get(MESSAGES, key[0]), tx.get(VOTES, *key)
        if poll is None or row is None or row.event_id != event_id:
            return
        kept = decode_kept(poll.kept)
        body, before = kept.body, _chosen(row)
        if not isinstance(body, PollBody) or body.ended:
            return
        tx.delete(VOTES, *key)
        if before:
            changed = replace(kept, body=counted(body, before=before, after=()))
            self._changed(tx, poll, changed, chat=chat, voted=(person, ()))

    def end(self, tx: Tx, poll: MessageRow, *, sender: str, chat: Chat) -> None:
        """Let a poll be over, if it is whoever asked it that says so."""
        kept = decode_kept(poll.kept)
        body = kept.body
        if poll.user_id == sender and isinstance(body, PollBody) and not body.ended:
            self._changed(tx, poll, replace(kept, body=replace(body, ended=True)), chat=chat)

    async def stop(self, chat: Chat, target: MessageRow) -> Said:
        """End a poll of the bot's; raises `NoSuchMessage` where it is none. What has ended stays as it is."""
        on = self._on

        def put(tx: Tx) -> Kept:
            self._along(tx)
            row = tx.get(MESSAGES, target.event_id)
            kept = decode_kept(row.kept) if row else None
            if row is None or kept is None or not isinstance(kept.body, PollBody):
                raise NoSuchMessage
            if kept.body.ended:
                return kept
            ended = replace(kept, body=replace(kept.body, ended=True))
            say_end(tx, row, poll=kept.body, on=on)
            self._changed(tx, row, ended, chat=chat)
            return ended

        kept = await on.store.write(put, needs=[(MESSAGES, (target.event_id,))])
        return said_of(kept, number=target.number, chat=chat, ts=target.ts)

    async def close(self, row: DueRow) -> None:
        """End a poll whose time has come; raises `NotNow` if the server does not have it yet."""
        store = self._on.store
        target = await find(store, row.number)
        if target is None:
            return
        if isinstance(target, SayingRow):
            raise NotNow("The server does not have this poll yet.")
        chat = await store.first(CHAT_OF_ROOM, room_id=row.room_id)
        people = await store.all(PEOPLE_OF, user_ids=[chat.person]) if chat is not None and chat.person else []
        if chat is not None:
            with suppress(NoSuchMessage):  # it was taken back meanwhile
                await self.stop(chat_of(chat, people[0] if people else None), target)

    def _changed(
        self, tx: Tx, poll: MessageRow, kept: Kept, *, chat: Chat, voted: tuple[Person, tuple[int, ...]] | None = None
    ) -> None:
        tx.put(MESSAGES, replace(poll, kept=encode(kept)))
        said = said_of(kept, number=poll.number, chat=chat, ts=poll.ts)
        told: list[Heard] = []
        if poll.user_id == "" and voted is not None:
            told.append(Voted(said=said, person=voted[0], chosen=voted[1]))
        if poll.user_id == "" or voted is None:
            told.append(PollChanged(said=said))
        for each in told:
            self._updates.put(tx, each, chat=chat.number)


def say_end(tx: Tx, row: MessageRow, *, poll: PollBody, on: Ground) -> None:
    """Say that a poll of the bot's is over, and of a quiz what was right."""
    said = [(END, content_of_end(row.event_id, poll))]
    said += [(MESSAGE, content_of_solution(row.event_id, poll))] if poll.right else []
    for event_type, content in said:
        did = f"{_DONE}{tx.next(NUMBER_STREAM)}"
        on.device.say(tx, row.room_id, txn_id=did, event_type=event_type, content=content)


def _remember(memory: "OrderedDict[str, V]", event_id: str, value: V) -> None:
    memory[event_id] = value
    while len(memory) > _REMEMBERED:
        memory.popitem(last=False)


def is_vote(event_type: str) -> bool:
    """Whether an event of this type votes."""
    return event_type in RESPONSES


def is_end(event_type: str) -> bool:
    """Whether an event of this type ends a poll."""
    return event_type in ENDS


def _chosen(row: VoteRow | None) -> tuple[int, ...]:
    return () if row is None else json.decode(row.chosen, type=tuple[int, ...])

"""One turn of a conversation, as part of a unit: where it stands, what is said, and what is to be done next."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import msgspec
from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.appointments.wishes import Papers
from amanat.gateway.desk import trail
from amanat.gateway.desk.files import KeptFile
from amanat.gateway.desk.inbox import HandedOver, Inbox
from amanat.gateway.device.happenings import Outgoing
from amanat.gateway.flows.interpreter import advance, begin, due_ms
from amanat.gateway.flows.model import Flow
from amanat.gateway.flows.redaction import for_keeping, without_identity_numbers
from amanat.gateway.flows.session import (
    Act,
    Answered,
    HandToStaff,
    Input,
    Message,
    Said,
    Sent,
    TakeBack,
    TimePassed,
    Turn,
    decode,
    encode,
)
from amanat.gateway.flows.tables import answer_from_table
from amanat.gateway.messages.attachments import Attached
from amanat.gateway.messages.contents import contents_of, plain_contents_of
from amanat.gateway.service.notice_words import words_of
from amanat.gateway.service.shelf import Shelf
from amanat.gateway.service.tables import ACTS, CONVERSATIONS, ActRow, ConversationRow

Say = Callable[[Tx, Outgoing], None]

_ENCODER: Final = msgspec.json.Encoder()


class HandsOut(Protocol):
    """Hands out the papers of appointments."""

    def put(self, tx: Tx, papers: Papers | None, *, room_id: str, then: Sequence[dict[str, Any]] = ()) -> None:
        """Put what is to be handed out in a chat, in the unit of its answer, which has the chat's `Turns.needs`.

        `then` is said below it: contents of `m.room.message`.
        """
        ...


class Turns:
    """Takes what was heard in a chat, inside the unit of whatever brought it."""

    say: Say
    """Puts a message into the device's outbox."""
    handouts: HandsOut
    """Takes what an answer brings beside the words."""
    acts_came: Callable[[], None]
    """Is called once an act to be done is on disk."""

    def __init__(self, shelf: Shelf, *, staff: Inbox, now_ms: Callable[[], int], mint: Callable[[], str]) -> None:
        self._shelf = shelf
        self._staff = staff
        self._now_ms = now_ms
        self._mint = mint

    def needs(self, room_id: str) -> Sequence[Need]:
        """Return what `take` and `forget` read."""
        return [(CONVERSATIONS, (room_id,)), (ACTS, (room_id,)), *self._staff.needs(room_id)]

    def take(self, tx: Tx, heard: Input, *, room_id: str, person: str = "", file: Attached | None = None) -> None:
        """Go on with a chat's conversation; one begins with what `person` is the first to say.

        `file` is what they sent beside words: the flow hears of its kind alone, the staff may open it.
        Whoever else is in the chat is not heard: not in another's name, and two services do not talk for ever.
        """
        row = tx.get(CONVERSATIONS, room_id)
        if row is None and person:
            row = self._begin(room_id, person)
        if row is not None and person in ("", row.person):
            for message in self._turn(tx, row, heard, file=file):
                self.tell(tx, message, room_id=room_id)

    def answer(self, tx: Tx, answered: Answered, *, papers: Papers | None, room_id: str) -> None:
        """Bring a flow what it waits for, with its papers: below the words, and above a menu that follows them."""
        row = tx.get(CONVERSATIONS, room_id)
        messages = self._turn(tx, row, answered) if row is not None else []
        menu = next((at for at, message in enumerate(messages) if at and message.options), len(messages))
        above = menu if papers is not None else len(messages)
        for message in messages[:above]:
            self.tell(tx, message, room_id=room_id)
        below = [content for message in messages[above:] for content in contents_of(message)]
        self.handouts.put(tx, papers, room_id=room_id, then=below)

    def was_looked_up(self, tx: Tx, act: Act, *, outcome: str, room_id: str) -> None:
        """Note what another system was asked in a chat."""
        row = tx.get(CONVERSATIONS, room_id)
        if row is not None and act.kind == "call":
            self._note_look_up(tx, act, outcome=outcome, person=row.person)

    def _note_look_up(self, tx: Tx, act: Act, *, outcome: str, person: str) -> None:
        """Note who asked for something personal, and whether there was any: never what was asked, nor the answer."""
        if act.secrets:
            trail.note(tx, person, what="looked_up", about=f"{act.target}: {outcome}", now_ms=self._now_ms())

    def _turn(self, tx: Tx, row: ConversationRow, heard: Input, *, file: Attached | None = None) -> list[Message]:
        """Go on with a conversation, and return what is to be said of it."""
        room_id, said = row.room_id, list[Message]()
        flow, now_ms = self._flow_of(row), self._now_ms()
        session, following = decode(row.session), heard
        desk = row.desk
        while True:
            if session.standing == "with_staff":
                self._let_staff_hear(tx, for_keeping(flow, session, heard=following), room_id=room_id, file=file)
            turn = advance(flow, session, heard=following, now_ms=now_ms)
            session = turn.session
            said += turn.outputs
            desk = self._join_staff(tx, row, turn, desk=desk)
            acts = [effect for effect in turn.effects if isinstance(effect, Act)]
            answers = [answer_from_table(flow, act) for act in acts]
            if not answers or answers[0] is None:
                break
            self._note_look_up(tx, acts[0], outcome=answers[0].outcome, person=row.person)
            following = answers[0]
        self._keep_act(tx, row, acts[0] if acts else None, waits=session.standing == "working")
        due_ts = None if self._staff.is_taken(tx, room_id) else due_ms(flow, session)
        tx.put(CONVERSATIONS, replace(row, session=encode(session), due_ts=due_ts, desk=desk))
        return said

    def let_desk_look(self, tx: Tx, topic: str) -> None:
        """Tell the staff's pages that something is not as it was."""
        self._staff.changes.after(tx, topic)

    def was_taken(self, tx: Tx, room_id: str) -> None:
        """Wait for the staff however long they take: somebody has the chat."""
        row = tx.get(CONVERSATIONS, room_id)
        if row is not None:
            tx.put(CONVERSATIONS, replace(row, due_ts=None))

    def was_let_go(self, tx: Tx, room_id: str) -> None:
        """Wait for the staff as long as the flow says, from now on."""
        row = tx.get(CONVERSATIONS, room_id)
        if row is not None:
            session = replace(decode(row.session), since_ms=self._now_ms())
            due_ts = due_ms(self._flow_of(row), session)
            tx.put(CONVERSATIONS, replace(row, session=encode(session), due_ts=due_ts))

    def tell(self, tx: Tx, message: Message, *, room_id: str) -> None:
        """Say something in a chat, without a turn of its conversation."""
        for content in contents_of(message):
            self.send(tx, content, room_id=room_id)

    def send(self, tx: Tx, content: dict[str, Any], *, room_id: str) -> None:
        """Send a content of `m.room.message` to a chat."""
        self.say(tx, Outgoing(room_id=room_id, txn_id=self._mint(), content=content))

    def tell_plainly(self, tx: Tx, text: str, *, room_id: str) -> None:
        """Say what somebody of the staff wrote, word for word."""
        for content in plain_contents_of(text):
            self.send(tx, content, room_id=room_id)

    def tell_in_words(self, tx: Tx, kind: str, *, values: Mapping[str, str], room_id: str) -> None:
        """Say one of the service's own sentences (`notice_words`), in the language that is spoken in a chat."""
        text = words_of(kind, values, language=self.language_of(tx, room_id))
        self.tell(tx, Message(text=text), room_id=room_id)

    def pass_time(self, tx: Tx, room_id: str) -> None:
        """Do what falls due where nothing else has happened meanwhile."""
        row = tx.get(CONVERSATIONS, room_id)
        if row is not None and row.due_ts is not None and row.due_ts <= self._now_ms():
            self.take(tx, TimePassed(), room_id=room_id)

    def forget(self, tx: Tx, room_id: str) -> None:
        """Keep nothing of a chat that its person has left, but what the staff still keep for a while."""
        self._staff.take_back(tx, room_id)
        tx.delete(CONVERSATIONS, room_id)
        tx.delete(ACTS, room_id)

    def is_talking(self, tx: Tx, room_id: str) -> bool:
        """Whether the flow waits for an answer, or the staff have the chat."""
        row = tx.get(CONVERSATIONS, room_id)
        return row is not None and decode(row.session).standing not in ("new", "ended")

    def language_of(self, tx: Tx, room_id: str) -> str:
        """Return the language that is spoken in a chat."""
        row = tx.get(CONVERSATIONS, room_id)
        return decode(row.session).language if row else self._shelf.current.languages[0]

    def _begin(self, room_id: str, person: str) -> ConversationRow:
        session = encode(begin(self._shelf.current))
        return ConversationRow(room_id, self._mint(), person, session, due_ts=None, desk="")

    def _flow_of(self, row: ConversationRow) -> Flow:
        session = decode(row.session)
        # What begins anew begins with what the office says now.
        over = session.standing in ("new", "ended")
        return self._shelf.current if over else self._shelf.version(session.version)

    def _keep_act(self, tx: Tx, row: ConversationRow, act: Act | None, *, waits: bool) -> None:
        if act is not None:
            tx.put(ACTS, ActRow(row.room_id, row.conversation, _ENCODER.encode(act), self._now_ms()))
            tx.after_commit(self.acts_came)
        elif not waits:
            # The person went elsewhere meanwhile: what nobody waits for is not begun.
            tx.delete(ACTS, row.room_id)

    def _let_staff_hear(self, tx: Tx, kept: Input, *, room_id: str, file: Attached | None) -> None:
        if isinstance(kept, Said):
            self._staff.hear(tx, room_id, kind="text", text=kept.text)
        elif isinstance(kept, Sent) and file is None:
            self._staff.hear(tx, room_id, kind=kept.kind, text="")
        elif isinstance(kept, Sent) and file is not None:
            name, caption = map(without_identity_numbers, (file.name, file.caption))
            held = KeptFile(name=name, size=file.size, file=file.file)
            self._staff.hear(tx, room_id, kind=kept.kind, text=caption, file=held)

    def _join_staff(self, tx: Tx, row: ConversationRow, turn: Turn, *, desk: str) -> str:
        """Give the chat to the staff or take it from them, as a turn says; return the desk that has it then."""
        for effect in turn.effects:
            if isinstance(effect, HandToStaff):
                desk = effect.desk
                handed = HandedOver(
                    room_id=row.room_id, person=row.person, desk=desk, language=effect.language, known=effect.known
                )
                self._staff.hand_over(tx, handed)
            elif isinstance(effect, TakeBack):
                self._staff.take_back(tx, row.room_id)
        if turn.session.standing == "with_staff":
            return desk
        # They have given it back, or its version is gone and the conversation began anew.
        self._staff.take_back(tx, row.room_id)
        return ""

"""Hears what the device tells: what people say goes to the flow, and who leaves is forgotten."""

from collections.abc import Callable, Sequence
from typing import Final

from amanat.db.tx import Need, Tx, Unit
from amanat.gateway.appointments import replies
from amanat.gateway.appointments.wishes import Answer
from amanat.gateway.desk.inbox import Inbox
from amanat.gateway.device.happenings import Happening, NotSent, Received, Sent, Unreadable
from amanat.gateway.flows.session import Said
from amanat.gateway.messages.attachments import attached
from amanat.gateway.messages.hearing import hear
from amanat.gateway.service.shelf import Shelf
from amanat.gateway.service.turns import Turns

MEMBER: Final = "m.room.member"
NOBODY_S: Final = frozenset({"unsigned", "unknown"})
"""The standing of devices for which nobody vouches although their owner could."""


class FlowHandler:
    """A `Handler` of the device: one conversation for each chat."""

    def __init__(
        self,
        turns: Turns,
        *,
        user_id: str,
        staff: Inbox,
        shelf: Shelf,
        now_ms: Callable[[], int],
    ) -> None:
        self._turns = turns
        self._user_id = user_id
        self._staff = staff
        self._shelf = shelf
        self._now_ms = now_ms

    async def needs(self, happening: Happening) -> Sequence[Need]:
        """Return every row that `handle` will read for it."""
        match happening:
            case Sent():
                return self._staff.settle_needs(happening.room_id, happening.txn_id)
            case NotSent():
                settled = self._staff.settle_needs(happening.room_id, happening.txn_id)
                return [*self._turns.needs(happening.room_id), *settled]
        cancelling = self._cancelling(happening)
        return [*self._turns.needs(happening.room_id), *(cancelling.needs if cancelling else ())]

    def handle(self, happening: Happening, tx: Tx) -> None:
        """Put what follows from it."""
        match happening:
            case Received() if happening.type == MEMBER:
                if self._has_left(happening):
                    self._turns.forget(tx, happening.room_id)
            case Received() if happening.sender != self._user_id:
                self._hear(happening, tx)
            case Unreadable():
                self._turns.tell_in_words(tx, "unreadable", values={}, room_id=happening.room_id)
            case Sent():
                self._staff.settle(tx, happening.room_id, txn_id=happening.txn_id, is_sent=True)
            case NotSent():
                self._staff.settle(tx, happening.room_id, txn_id=happening.txn_id, is_sent=False)
                self._turns.forget(tx, happening.room_id)

    def _hear(self, received: Received, tx: Tx) -> None:
        heard = hear(received.type, received.content)
        if heard is None:
            return
        if received.trust in NOBODY_S:
            # The server could add a device to anybody's: what it says is not done in their name.
            self._turns.tell_in_words(tx, "unvouched", values={}, room_id=received.room_id)
            return
        if self._is_cancelled(received, tx):
            return
        file = attached(received.content)
        self._turns.take(tx, heard, room_id=received.room_id, person=received.sender, file=file)

    def _is_cancelled(self, received: Received, tx: Tx) -> bool:
        """Cancel what a reminder told of, if that is what is said, and no question of the flow is meant."""
        unit = self._cancelling(received)
        if unit is None or self._turns.is_talking(tx, received.room_id):
            return False
        answer = unit.run(tx)
        if answer.outcome != "cancelled":
            return False
        self._turns.tell_in_words(tx, "cancelled", values=answer.values, room_id=received.room_id)
        self._turns.handouts.put(tx, answer.papers, room_id=received.room_id)
        return True

    def _cancelling(self, happening: Happening) -> Unit[Answer] | None:
        appointments = self._shelf.appointments
        if appointments is None or not isinstance(happening, Received) or happening.sender == self._user_id:
            return None
        heard = hear(happening.type, happening.content)
        if not isinstance(heard, Said) or not replies.is_cancelling(heard.text):
            return None
        return replies.cancel_reminded(
            appointments.agenda, appointments.keys, person=happening.sender, language="", now_ms=self._now_ms()
        )

    def _has_left(self, received: Received) -> bool:
        return received.content.get("membership") in ("leave", "ban")

"""The flow and the service's voice, as the desk reaches them."""

from collections.abc import Sequence
from typing import Any

from amanat.db.tx import Need, Tx
from amanat.gateway.desk.sending import TxnIds
from amanat.gateway.device.happenings import Outgoing
from amanat.gateway.flows.session import GivenBack
from amanat.gateway.messages.contents import plain_contents_of
from amanat.gateway.service.turns import Turns


class DeskBot:
    """The desk's `Bot` over a service's turns."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    def needs(self, room_id: str) -> Sequence[Need]:
        """Return what the other methods read."""
        return self._turns.needs(room_id)

    def say(self, tx: Tx, text: str, *, room_id: str, ids: TxnIds) -> None:
        """Say something in a chat, word for word."""
        contents = plain_contents_of(text)
        for number, content in enumerate(contents, 1):
            self._turns.say(tx, Outgoing(room_id=room_id, txn_id=ids(number, len(contents)), content=content))

    def send(self, tx: Tx, content: dict[str, Any], *, room_id: str, ids: TxnIds) -> None:
        """Send a content of `m.room.message` to a chat."""
        self._turns.say(tx, Outgoing(room_id=room_id, txn_id=ids(1, 1), content=content))

    def give_back(self, tx: Tx, room_id: str) -> None:
        """Go on with the flow."""
        self._turns.take(tx, GivenBack(), room_id=room_id)

    def was_taken(self, tx: Tx, room_id: str) -> None:
        """Wait for the staff however long they take."""
        self._turns.was_taken(tx, room_id)

    def was_let_go(self, tx: Tx, room_id: str) -> None:
        """Wait for the staff as long as the flow says."""
        self._turns.was_let_go(tx, room_id)

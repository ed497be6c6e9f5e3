"""What people answer to a message of the bot's: kept, and told to it; and what the gateway says to them of that."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from amanat.db.tx import Tx
from amanat.gateway.bots.bodies import content_of_words
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import FilledIn, Ordered, Words
from amanat.gateway.bots.people import Scene, heard_row, person_of, said_of
from amanat.gateway.bots.room_events import MESSAGE, Event
from amanat.gateway.bots.tables import MESSAGES, NUMBER_STREAM, Kept, Menu
from amanat.gateway.bots.updates import Updates


class Answer(Struct, frozen=True, kw_only=True):
    """An answer that fits. `to`: the message that is answered; `words`: how it reads; `told`: what the bot is told."""

    to: Menu
    words: Words
    told: Callable[..., FilledIn | Ordered]


class Answers:
    """For one bot."""

    def __init__(self, on: Ground, updates: Updates) -> None:
        self._on = on
        self._updates = updates

    def tell(self, tx: Tx, event: Event, *, scene: Scene, answer: Answer) -> None:
        """Keep an answer, and tell the bot of it."""
        to, number = answer.to, tx.next(NUMBER_STREAM)
        kept = Kept(body=answer.words, reply_to=to.number)
        tx.put(MESSAGES, heard_row(event, number=number, kept=kept, now_ms=self._on.now_ms()))
        said = said_of(to.kept, number=to.number, chat=scene.chat, ts=to.ts)
        told = answer.told(number=number, person=person_of(scene.person), said=said, ts=event.ts)
        self._updates.put(tx, told, chat=scene.chat.number)

    def say(self, tx: Tx, scene: Scene, *, text: str, beside: Mapping[str, Any] | None = None) -> None:
        """Say something in the gateway's own words; `beside` goes along with them."""
        txn_id, content = f"botsays{tx.next(NUMBER_STREAM)}", content_of_words(Words(text=text)) | dict(beside or {})
        self._on.device.say(tx, scene.row.room_id, txn_id=txn_id, event_type=MESSAGE, content=content)

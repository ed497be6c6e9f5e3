"""Takes orders in a bot's private chats: what fits is told to the bot, and of the rest the sender hears."""

from collections.abc import Mapping
from functools import partial

from amanat.db.tx import Tx
from amanat.gateway.bots.answers import Answer, Answers
from amanat.gateway.bots.bodies import Sent
from amanat.gateway.bots.model import Body, Ordered, Words
from amanat.gateway.bots.people import Scene
from amanat.gateway.bots.room_events import Event
from amanat.gateway.bots.shop.orders import (
    GONE,
    ORDER,
    TAKEN,
    Order,
    Refusal,
    order_in,
    order_of_words,
    summary,
)
from amanat.gateway.bots.shop.questions import PRODUCT
from amanat.gateway.bots.tables import Menu, MessageRow, decode_kept, decode_menu


class Ordering:
    """For one bot."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def take(self, tx: Tx, event: Event, *, scene: Scene, body: Body | Sent, quoted: MessageRow | None) -> bool:
        """Take a message that orders something; False where it does not."""
        try:
            if isinstance(event.content.get(ORDER), Mapping):
                self._take_ours(tx, event, scene=scene, menu=_offering(quoted))
                return True
            newest = decode_menu(scene.row.menu) if scene.row.menu and isinstance(body, Words) else None
            if newest is None or newest.kept.offer is None or not isinstance(body, Words):
                return False
            # Who asks about one thing orders none by its number: "2" is of what they ask about.
            if PRODUCT in event.content:
                return False
            order = order_of_words(body.text, newest.kept.offer)
            if order is None:
                return False
            self._tell(tx, event, scene=scene, menu=newest, order=order)
            # Only our app shows what was ordered.
            self._answers.say(tx, scene, text=TAKEN.format(order=summary(order, newest.kept.offer)))
        except Refusal as refusal:
            self._answers.say(tx, scene, text=str(refusal))
        return True

    def _take_ours(self, tx: Tx, event: Event, *, scene: Scene, menu: Menu | None) -> None:
        if menu is None:
            raise Refusal(GONE)
        self._tell(tx, event, scene=scene, menu=menu, order=order_in(event.content, menu.kept.offer))

    def _tell(self, tx: Tx, event: Event, *, scene: Scene, menu: Menu, order: Order) -> None:
        assert menu.kept.offer is not None
        answer = Answer(
            to=menu,
            words=Words(text=summary(order, menu.kept.offer)),
            told=partial(Ordered, catalogue=order.catalogue, items=order.items, note=order.note),
        )
        self._answers.tell(tx, event, scene=scene, answer=answer)


def _offering(quoted: MessageRow | None) -> Menu | None:
    """Return a message of the bot's that offers something."""
    if quoted is None or quoted.user_id != "":
        return None
    kept = decode_kept(quoted.kept)
    return Menu(number=quoted.number, ts=quoted.ts, kept=kept) if kept.offer is not None else None

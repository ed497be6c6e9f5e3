"""Takes orders in a bot's private chats: what fits is told to the bot, and of the rest the sender hears."""

from collections.abc import Mapping

from amanat.db.tx import Tx
from amanat.gateway.bots.bodies import Sent, content_of_words
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import Body, Ordered, Words
from amanat.gateway.bots.people import Scene, person_of, said_of
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
from amanat.gateway.bots.tables import (
    MESSAGES,
    NUMBER_STREAM,
    Kept,
    Menu,
    MessageRow,
    decode_kept,
    decode_menu,
    encode,
)
from amanat.gateway.bots.updates import Updates


class Ordering:
    """For one bot."""

    def __init__(self, on: Ground, updates: Updates) -> None:
        self._on = on
        self._updates = updates

    def take(self, tx: Tx, event: Event, *, scene: Scene, body: Body | Sent, quoted: MessageRow | None) -> bool:
        """Take a message that orders something; False where it does not."""
        try:
            if isinstance(event.content.get(ORDER), Mapping):
                self._take_ours(tx, event, scene=scene, menu=_offering(quoted))
                return True
            newest = decode_menu(scene.row.menu) if scene.row.menu and isinstance(body, Words) else None
            if newest is None or newest.kept.offer is None or not isinstance(body, Words):
                return False
            order = order_of_words(body.text, newest.kept.offer)
            if order is None:
                return False
            self._tell(tx, event, scene=scene, menu=newest, order=order)
            # Only our app shows what was ordered.
            self._say(tx, scene, TAKEN.format(order=summary(order, newest.kept.offer)))
        except Refusal as refusal:
            self._say(tx, scene, str(refusal))
        return True

    def _take_ours(self, tx: Tx, event: Event, *, scene: Scene, menu: Menu | None) -> None:
        if menu is None:
            raise Refusal(GONE)
        self._tell(tx, event, scene=scene, menu=menu, order=order_in(event.content, menu.kept.offer))

    def _tell(self, tx: Tx, event: Event, *, scene: Scene, menu: Menu, order: Order) -> None:
        assert menu.kept.offer is not None
        number = tx.next(NUMBER_STREAM)
        kept = Kept(body=Words(text=summary(order, menu.kept.offer)), reply_to=menu.number)
        sent = (event.event_id, number, event.room_id, event.sender, event.ts)
        tx.put(MESSAGES, MessageRow(*sent, encode(kept), self._on.now_ms()))
        told = Ordered(
            number=number,
            person=person_of(scene.person),
            said=said_of(menu.kept, number=menu.number, chat=scene.chat, ts=menu.ts),
            catalogue=order.catalogue,
            items=order.items,
            note=order.note,
            ts=event.ts,
        )
        self._updates.put(tx, told, chat=scene.chat.number)

    def _say(self, tx: Tx, scene: Scene, text: str) -> None:
        txn_id, content = f"botshop{tx.next(NUMBER_STREAM)}", content_of_words(Words(text=text))
        self._on.device.say(tx, scene.row.room_id, txn_id=txn_id, event_type="m.room.message", content=content)


def _offering(quoted: MessageRow | None) -> Menu | None:
    """Return a message of the bot's that offers something."""
    if quoted is None or quoted.user_id != "":
        return None
    kept = decode_kept(quoted.kept)
    return Menu(number=quoted.number, ts=quoted.ts, kept=kept) if kept.offer is not None else None

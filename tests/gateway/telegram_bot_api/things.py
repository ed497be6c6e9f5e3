"""A bot, somebody it has met, and where they talk: for tests of what is told of them."""

from amanat.gateway.bots.api import Me
from amanat.gateway.bots.model import Body, Chat, Person, Said
from amanat.gateway.telegram_bot_api.objects import Telling

ME = Me(number=77, username="paspor", name="Kantor Paspor")
ANI = Person(number=5, name="Ani")
PRIVATE = Chat(number=5, room_id="!a:b", kind="private", title="Ani", person=ANI)
GROUP = Chat(number=-6, room_id="!g:b", kind="group", title="Loket")
TELLING = Telling(ME, language="id")


def said(body: Body, *, chat: Chat = PRIVATE, sender: Person | None = ANI, markup: bytes = b"") -> Said:
    """Return a message."""
    return Said(number=9, chat=chat, sender=sender, ts=1_000_500, body=body, markup=markup)

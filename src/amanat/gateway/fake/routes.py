"""What a test does in place of people: it says something to a bot, and reads what the bot answers."""

import re
from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from amanat.core.errors import InvalidParam, NotFound
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.gateway.fake.bot import FakeBot
from amanat.gateway.fake.device import Spoken

PERSON: Final = "/fake/{api}/{person}"
MAX_WAIT_S: Final = 60

_NAME: Final = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)


class _Said(Struct, frozen=True):
    """Words, or any content of an event, as an app would send it."""

    text: Annotated[str, Meta(max_length=16_384)] = ""
    content: dict[str, Any] = {}
    type: str = "m.room.message"


class _Shared(Struct, frozen=True):
    """A phone number in E.164."""

    phone: Annotated[str, Meta(pattern=r"^\+[1-9][0-9]{6,14}$")]


class FakeRoutes:
    """Everybody's side of the conversations."""

    def __init__(self, bots: dict[str, FakeBot]) -> None:
        self._bots = bots

    @post(f"{PERSON}/says", auth="none")
    async def say(self, request: Request) -> dict[str, str]:
        """Say something as somebody: `{"text": …}`, or `{"type": …, "content": …}`; a button's words press it."""
        said = await request.struct(_Said)
        content = said.content or {"msgtype": "m.text", "body": said.text}
        return {"event_id": await self._bot(request).hear(_person(request), content, event_type=said.type)}

    @post(f"{PERSON}/shares", auth="none")
    async def share(self, request: Request) -> dict[str, str]:
        """Share somebody's number with the bot: `{"phone": "+62…"}`."""
        shared = await request.struct(_Shared)
        return {"event_id": await self._bot(request).share_number(_person(request), shared.phone)}

    @get(f"{PERSON}/hears", auth="none")
    async def hear(self, request: Request) -> dict[str, list[Spoken]]:
        """Return what the bot has said to somebody, behind a position `after`; waits `timeout` seconds for it."""
        after = request.query_int("after", 0, minimum=0)
        seconds = request.query_int("timeout", 0, minimum=0, maximum=MAX_WAIT_S)
        return {"said": await self._bot(request).spoken(_person(request), after=after, seconds=seconds)}

    def _bot(self, request: Request) -> FakeBot:
        bot = self._bots.get(request.params["api"])
        if bot is None:
            raise NotFound("There is a telegram bot and a cloud bot, and no other.")
        return bot


def _person(request: Request) -> str:
    person = request.params["person"]
    if not _NAME.fullmatch(person):
        raise InvalidParam("People are named with a-z, 0-9 and _, in at most 32 characters.")
    return person

"""A bot at the desk, over HTTP: how its program is doing, the last deliveries, and its tokens."""

from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from amanat.edge.routes import delete, get, post
from amanat.gateway.desk.bot_joints import BotState, Opened, Scope, WantedToken
from amanat.gateway.desk.errors import NoSuch
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.desk.visits import AGENTS, EVERYBODY, LEADS, SERVICE, Visit, Visits, for_staff

BOT: Final = f"{SERVICE}/bot"
DELIVERIES: Final = f"{BOT}/deliveries"
DELIVERY: Final = f"{DELIVERIES}/{{position}}"
TOKENS: Final = f"{BOT}/tokens"
TOPIC: Final = "bot"
MAX_HOURS: Final = 24 * 3_650
HOUR_MS: Final = 3_600_000


class _Token(Struct, frozen=True):
    label: Annotated[str, Meta(min_length=1, max_length=64)]
    scopes: Annotated[tuple[Scope, ...], Meta(min_length=1, max_length=3)]
    hours: Annotated[int, Meta(ge=1, le=MAX_HOURS)] | None = None


class BotRoutes:
    """The part of whoever looks after a bot."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get(BOT, auth="none")
    @for_staff(EVERYBODY)
    async def state(self, visit: Visit) -> BotState:
        """Say how a bot is doing."""
        return await visit.bot.program.state()

    @get(DELIVERIES, auth="none")
    @for_staff(EVERYBODY)
    async def deliveries(self, visit: Visit) -> dict[str, Any]:
        """List the last deliveries, without a word of what people said."""
        return {"deliveries": await visit.bot.program.tries()}

    @post(DELIVERIES, auth="none")
    @for_staff(AGENTS)
    async def test(self, visit: Visit) -> dict[str, Any]:
        """Deliver a test, which nobody wrote, and say how it went in the list."""
        await visit.bot.program.test()
        await visit.bot.note(visit.member, "tested", about="")
        visit.bot.changes.tell(TOPIC)
        return {}

    @get(DELIVERY, auth="none")
    @for_staff(AGENTS)
    async def delivery(self, visit: Visit) -> Opened:
        """Show what one brought, which people wrote: noted in the trail before anything of it is shown."""
        position = _position(visit)
        opened = await visit.bot.program.opened(position)
        if opened is None:
            raise NoSuch
        await visit.bot.looks.note(visit.member, "delivery_opened", about=str(position))
        return opened

    @post(f"{DELIVERY}/replay", auth="none")
    @for_staff(AGENTS)
    async def replay(self, visit: Visit) -> dict[str, Any]:
        """Deliver what one brought again."""
        position = _position(visit)
        if not await visit.bot.program.replay(position):
            raise NoSuch
        await visit.bot.note(visit.member, "replayed", about=str(position))
        visit.bot.changes.tell(TOPIC)
        return {}

    @get(TOKENS, auth="none")
    @for_staff(LEADS)
    async def tokens(self, visit: Visit) -> dict[str, Any]:
        """List the tokens."""
        return {"tokens": visit.bot.program.tokens()}

    @post(TOKENS, auth="none")
    @for_staff(LEADS)
    async def add_token(self, visit: Visit) -> dict[str, str]:
        """Make a token; it is told this once."""
        asked = await visit.request.struct(_Token)
        lasts_ms = None if asked.hours is None else asked.hours * HOUR_MS
        label = asked.label.strip()
        token = await visit.bot.program.add_token(WantedToken(label=label, scopes=asked.scopes, lasts_ms=lasts_ms))
        await visit.bot.note(visit.member, "token_added", about=f"{label} {','.join(asked.scopes)}")
        visit.bot.changes.tell(TOPIC)
        return {"token": token}

    @delete(f"{TOKENS}/{{label}}", auth="none")
    @for_staff(LEADS)
    async def revoke(self, visit: Visit) -> dict[str, Any]:
        """Let nobody in any more by a token."""
        label = visit.request.params["label"]
        if not await visit.bot.program.revoke(label):
            raise NoSuch
        await visit.bot.note(visit.member, "token_revoked", about=label)
        visit.bot.changes.tell(TOPIC)
        return {}


def _position(visit: Visit) -> int:
    given = visit.request.params["position"]
    if not (given.isascii() and given.isdigit()) or int(given[:17]) > MAX_POSITION:
        raise NoSuch
    return int(given)

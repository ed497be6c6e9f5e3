"""What people are told of the programs that reach their chats with a bot."""

from functools import partial

from amanat.core.identifiers import PROGRAMS_FIELD
from amanat.gateway.bots.api import Webhook
from amanat.gateway.bots.tokens import DAY_MS, Token
from amanat.gateway.service.programs import SHOWN_MS, Program, programs_of
from tests.gateway.bots.conftest import at_work, town
from tests.gateway.device.town import until
from tests.gateway.service.bot_at_work import BotAtWork

__all__ = ["at_work", "town"]


def test_tokens_are_told_without_what_lets_in() -> None:
    kasir = Token(label="kasir", digest="a", made_ts=1, expires_ts=5 * DAY_MS, scopes=("read",))
    old = Token(label="lama", digest="b", made_ts=1, revoked_ts=2 * DAY_MS)
    told = programs_of(
        [kasir, old],
        uses={"a": DAY_MS + 7},
        webhook=Webhook(url="https://user:secret@bots.toko.example:8443/h00k?token=s"),
        now_ms=2 * DAY_MS + SHOWN_MS - 1,
    )
    assert told.programs == (
        Program(label="kasir", scopes=("read",), since=1, until=5 * DAY_MS, used=DAY_MS),
        Program(label="lama", scopes=("read", "write", "manage"), since=1, until=2 * DAY_MS),
    )
    assert told.sent_to == ("bots.toko.example",)
    later = programs_of([old], uses={}, webhook=None, now_ms=2 * DAY_MS + SHOWN_MS)
    assert (later.programs, later.sent_to) == ((), ())


async def test_the_profile_follows_the_tokens_and_the_webhook(at_work: BotAtWork) -> None:
    bot, shown = at_work.bot, at_work.bot.programs
    visitor = await at_work.visitor()
    made = bot.tokens.add("77:kasir", label="kasir", now_ms=bot.ground.now_ms(), scopes=("read", "write"))
    await bot.line.set_webhook(Webhook(url="https://bots.toko.example/h00k"))
    await shown.look()

    async def read() -> dict[str, object]:
        answer = await visitor.citizen.person.get(f"/profile/{bot.user_id}/{PROGRAMS_FIELD}")
        told: dict[str, object] = answer.json[PROGRAMS_FIELD]
        return told

    program = {"label": "kasir", "scopes": ["read", "write"], "since": made.made_ts}
    assert await read() == {"v": 1, "programs": [program], "sent_to": ["bots.toko.example"]}
    bot.uses.note(made, now_ms=3 * DAY_MS + 5)
    bot.tokens.revoke("kasir", now_ms=made.made_ts + 1)
    await bot.line.set_webhook(None)
    await shown.look()
    ended = program | {"until": made.made_ts + 1, "used": 3 * DAY_MS}
    assert await read() == {"v": 1, "programs": [ended], "sent_to": []}


async def test_people_are_told_at_once_of_a_hook_and_of_a_first_use(at_work: BotAtWork) -> None:
    """Nobody asks it to look; it looks by itself once in an hour."""
    visitor = await at_work.visitor()

    async def told() -> tuple[list[str], list[bool]] | None:
        answer = await visitor.citizen.person.get(f"/profile/{at_work.bot.user_id}/{PROGRAMS_FIELD}")
        field = answer.json.get(PROGRAMS_FIELD)
        return field and (field["sent_to"], ["used" in each for each in field["programs"]])

    async def tells(sent_to: list[str], used: list[bool]) -> bool:
        return await told() == (sent_to, used)

    await until(partial(tells, [], []))
    at_work.bot.tokens.add("77:kasir", label="kasir", now_ms=0)
    await at_work.bot.line.set_webhook(Webhook(url="https://bots.toko.example/h00k"))
    await until(partial(tells, ["bots.toko.example"], [False]))
    assert at_work.bot.find("77:kasir") is not None
    await until(partial(tells, ["bots.toko.example"], [True]))

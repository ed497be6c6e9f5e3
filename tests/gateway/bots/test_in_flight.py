"""What people do about a message counts, also before the gateway knows that the server has it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.gateway.bots.in_flight import InFlight
from amanat.gateway.bots.model import Saying, Words
from tests.gateway.device.town import Town
from tests.gateway.service.bot_at_work import BotAtWork, send


@pytest.fixture(params=["sqlite", "postgres"])
async def on_either(request: pytest.FixtureRequest, town: Town, tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """A bot on each database."""
    database = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    bot = await BotAtWork.begin(town, tmp_path / "bot", database=database)
    yield bot
    await bot.close()


async def test_a_reaction_and_an_answer_that_come_before_the_server_s_answer_is_here(on_either: BotAtWork) -> None:
    visitor = await on_either.visitor()
    await visitor.writes("halo")
    chat = await on_either.line.chat((await on_either.told("Came"))["said"]["chat"]["number"])
    lost = iter(["back"])
    on_either.road.loses = lambda line: next(lost, None) if "/send/" in line else None
    said = await on_either.line.say(chat, Saying(body=Words(text="Baik?")))
    event_id = (await visitor.citizen.echo.hears("Baik?")).event_id
    related = {"m.relates_to": {"rel_type": "m.annotation", "event_id": event_id, "key": "👍"}}
    await send(visitor, related, "m.reaction")
    reacted = await on_either.told("Reacted")
    assert (reacted["number"], reacted["emoji"]) == (said.number, "👍")
    assert next(lost, None) is None, "the first answer was lost"


async def test_what_is_nothing_of_the_bot_s_is_not_waited_for(on_either: BotAtWork) -> None:
    visitor = await on_either.visitor()
    await visitor.writes("halo")
    await on_either.told("Came")
    in_flight = InFlight(on_either.ground)
    await in_flight.land(["$nothing"], room_id=visitor.room_id)
    await in_flight.land([], room_id=visitor.room_id)

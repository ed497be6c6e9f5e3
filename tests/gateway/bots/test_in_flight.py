"""What people do about a message counts, also before the gateway knows that the server has it."""

import asyncio

from amanat.gateway.bots.in_flight import InFlight
from amanat.gateway.bots.model import Saying, Words
from amanat.gateway.bots.speaking import txn_id_of
from tests.gateway.device.office import PATIENCE_S
from tests.gateway.service.bot_at_work import BotAtWork, send


async def test_a_reaction_and_an_answer_that_come_before_the_server_s_answer_is_here(on_both: BotAtWork) -> None:
    visitor = await on_both.visitor()
    await visitor.writes("halo")
    chat = await on_both.line.chat((await on_both.told("Came"))["said"]["chat"]["number"])
    lost = iter(["back"])
    on_both.road.loses = lambda line: next(lost, None) if "/send/" in line else None
    said = await on_both.line.say(chat, Saying(body=Words(text="Baik?")))
    event_id = (await visitor.citizen.echo.hears("Baik?")).event_id
    related = {"m.relates_to": {"rel_type": "m.annotation", "event_id": event_id, "key": "👍"}}
    await send(visitor, related, "m.reaction")
    reacted = await on_both.told("Reacted")
    assert (reacted["number"], reacted["emoji"]) == (said.number, "👍")
    assert next(lost, None) is None, "the first answer was lost"


async def test_only_what_was_on_its_way_is_waited_for(on_both: BotAtWork) -> None:
    visitor = await on_both.visitor()
    await visitor.writes("halo")
    chat = await on_both.line.chat((await on_both.told("Came"))["said"]["chat"]["number"])
    sent: list[str] = []
    is_away = True

    def loses(line: str) -> str | None:
        if "/send/" not in line:
            return None
        sent.append(line)
        if len(sent) == 1:
            return "back"
        return "there" if is_away or line != sent[0] else None

    on_both.road.loses = loses
    said = [await on_both.line.say(chat, Saying(body=Words(text=text))) for text in ("satu", "dua")]
    await visitor.hears("satu")
    in_flight = InFlight(on_both.ground, within_s=3_600)
    async with asyncio.timeout(PATIENCE_S):
        waiting = asyncio.create_task(in_flight.land(["$nothing"], room_id=visitor.room_id))
        await asyncio.sleep(0)
        for _ in range(3):  # what it reads first is read before this
            assert await on_both.ground.device.on_its_way(visitor.room_id) == txn_id_of(said[0].number)
        assert not waiting.done()
        is_away = False
        await waiting


async def test_what_is_nothing_of_the_bot_s_is_not_waited_for(on_both: BotAtWork) -> None:
    visitor = await on_both.visitor()
    await visitor.writes("halo")
    await on_both.told("Came")
    in_flight = InFlight(on_both.ground)
    await in_flight.land(["$nothing"], room_id=visitor.room_id)
    await in_flight.land([], room_id=visitor.room_id)

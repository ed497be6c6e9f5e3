"""Whoever takes the permission back is known by their number no more, and nothing is added to who read their data."""

from amanat.gateway.bots.model import Unknown
from amanat.gateway.bots.taking_back import TakingBack
from tests.gateway.service.bot_at_work import BotAtWork
from tests.gateway.service.sharer import NUMBER, shares, takes_back
from tests.product.ledger.partners import reads


def turn(at_work: BotAtWork) -> TakingBack:
    return TakingBack(at_work.ground, at_work.bot.hearing.numbers)


async def test_what_was_taken_back_is_forgotten_and_what_stands_stays(on_both: BotAtWork) -> None:
    visitor, other = await on_both.visitor(), await on_both.visitor("other")
    await shares(visitor, on_both)
    came = (await on_both.told("Came"))["said"]
    await shares(other, on_both, "+6281234567899")
    await on_both.told("Came")
    await turn(on_both).look()
    assert await on_both.line.person_of_phone(NUMBER) is not None

    await takes_back(visitor, on_both)
    await turn(on_both).look()
    assert await on_both.line.person_of_phone(NUMBER) is None
    assert await on_both.line.person_of_phone("+6281234567899") is not None
    chat = await on_both.line.chat(came["chat"]["number"])
    assert (await on_both.line.message(chat, came["number"])).body == Unknown()
    await visitor.writes("halo")
    assert (await on_both.told("Came"))["said"]["sender"]["phone"] == ""
    assert len(await reads(visitor.citizen.person)) == 1, "only the share itself was a read"

    await shares(visitor, on_both)
    assert (await on_both.told("Came"))["said"]["sender"]["phone"] == NUMBER


async def test_while_the_server_cannot_be_asked_nothing_is_forgotten(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await shares(visitor, at_work)
    await at_work.told("Came")
    await takes_back(visitor, at_work)
    await at_work.close()
    at_work.loses = lambda line: "there" if line.startswith("POST /_amanat/v1/ledger/people") else None
    await at_work.start()
    await turn(at_work).look()
    assert await at_work.line.person_of_phone(NUMBER) is not None


async def test_who_shares_while_it_is_asked_keeps_what_they_shared(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await shares(visitor, at_work)
    await at_work.told("Came")
    await takes_back(visitor, at_work)
    await at_work.close()

    def somebody_shares(line: str) -> None:
        if line.startswith("POST /_amanat/v1/ledger/people"):
            at_work.bot.hearing.numbers.shares += 1

    at_work.loses = somebody_shares
    await at_work.start()
    await turn(at_work).look()
    assert await at_work.line.person_of_phone(NUMBER) is not None, "it may be theirs: the next turn knows"


async def test_it_is_asked_soon_after_a_start_and_then_each_hour(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await shares(visitor, at_work)
    await at_work.told("Came")
    await takes_back(visitor, at_work)
    pauses: list[float] = []

    class Enough(Exception):
        pass

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise Enough

    try:
        await TakingBack(at_work.ground, at_work.bot.hearing.numbers, pause=pause).work()
    except Enough:
        assert await at_work.line.person_of_phone(NUMBER) is None
    assert 300 <= pauses[0] <= 600
    assert 1_800 <= pauses[1] <= 3_600

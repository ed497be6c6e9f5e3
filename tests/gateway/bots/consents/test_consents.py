"""What people decide about offers: in words or by a press, until they take it back; on both databases."""

import pytest
from msgspec.structs import replace

from amanat.gateway.bots.consents.consent_model import NotWanted, TooOften
from amanat.gateway.bots.consents.consent_words import NO, OFFERS, STOP, TOLD, YES
from amanat.gateway.bots.consents.consents import DAY_MS
from amanat.gateway.bots.model import Saying, Words
from tests.gateway.device.town import until
from tests.gateway.service.bot_at_work import BotAtWork

AD = Saying(body=Words(text="Diskon hari ini."), choices=(STOP,), needs="offers")
IN_ANSWER = Saying(body=Words(text="Ya, diskon juga."), choices=(STOP,), minds="offers")
ASK = Saying(body=Words(text="Mau dengar kalau ada diskon?"), choices=(YES, NO), asks="offers")


async def test_somebody_wants_offers_until_they_do_not(on_both: BotAtWork) -> None:
    visitor = await on_both.visitor()
    echo = visitor.citizen.echo
    await visitor.writes("halo")
    came = await on_both.told("Came")
    chat = await on_both.line.chat(came["said"]["chat"]["number"])
    with pytest.raises(NotWanted):
        await on_both.line.say(chat, AD)
    await on_both.line.say(chat, IN_ANSWER)
    # Every message says how it stands, inside what only the two can read.
    await on_both.line.say(chat, Saying(body=Words(text="Ada apa?")))
    await visitor.hears("Ada apa?")
    assert (await echo.hears("Ada apa?")).content[OFFERS] == "off"

    await visitor.writes("  penawaran   YA. ")
    assert 'Balas "PENAWARAN TIDAK" untuk berhenti.' in await visitor.hears("You get offers from here.")
    assert (await echo.hears(TOLD["on"])).content[OFFERS] == "on"
    said = await on_both.told("Decided")
    assert (said["about"], said["answer"]) == ("offers", "yes")
    assert (await on_both.line.consent(chat.number, "offers")).answer == "yes"
    await on_both.line.say(chat, AD)
    await visitor.hears("1. Berhenti terima penawaran / Stop offers")
    with pytest.raises(NotWanted):
        await on_both.line.say(chat, ASK)

    # The way out is a number, the button's words, or what was said at first; the bot hears of no press.
    heard_ts = (await on_both.line.chat(chat.number)).heard_ts
    on_both.ahead_ms = 1_000
    await visitor.writes("stop offers")
    await visitor.hears("You get no offers from here.")
    said = await on_both.told("Decided")
    assert (said["about"], said["answer"]) == ("offers", "no")
    assert (await on_both.line.chat(chat.number)).heard_ts == heard_ts
    for offer in (AD, IN_ANSWER):
        with pytest.raises(NotWanted):
            await on_both.line.say(chat, offer)


async def test_offers_are_so_many_in_a_day_until_somebody_answers(on_both: BotAtWork) -> None:
    visitor = await on_both.visitor()
    await visitor.writes("penawaran ya")
    await visitor.hears("You get offers from here.")
    chat = await on_both.line.chat((await on_both.told("Decided"))["chat"]["number"])
    offer = replace(AD, offers_a_day=2)

    async def two_go_and_no_more() -> None:
        for _ in range(2):
            await on_both.line.say(chat, offer)
        with pytest.raises(TooOften):
            await on_both.line.say(chat, offer)

    on_both.ahead_ms = 1_000
    await two_go_and_no_more()
    on_both.ahead_ms += DAY_MS // 2
    with pytest.raises(TooOften):
        await on_both.line.say(chat, offer)
    on_both.ahead_ms += DAY_MS // 2
    await two_go_and_no_more()
    # Who writes is in a conversation; who stops offers has not answered one.
    on_both.ahead_ms += 60_000
    await visitor.writes("ada yang merah?")
    await on_both.told("Came")
    await two_go_and_no_more()
    await visitor.writes("offers off")
    await on_both.told("Decided")
    with pytest.raises(NotWanted):
        await on_both.line.say(chat, offer)


async def test_a_bot_asks_once(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await visitor.writes("halo")
    came = await at_work.told("Came")
    chat = await at_work.line.chat(came["said"]["chat"]["number"])
    await at_work.line.say(chat, ASK)
    await visitor.hears("2. Tidak, terima kasih / No, thank you")
    with pytest.raises(NotWanted):
        await at_work.line.say(chat, ASK)
    # To ask is not to be let.
    with pytest.raises(NotWanted):
        await at_work.line.say(chat, AD)
    await visitor.writes("1")
    await visitor.hears("You get offers from here.")
    await at_work.line.say(chat, AD)
    await visitor.hears("Diskon hari ini.")
    await visitor.writes("offers?")
    await visitor.hears("You get offers from here.", after=len(visitor.heard) - 1)
    assert (await at_work.told("Decided"))["answer"] == "yes"

    # Whom the bot does not hear any more could not stop it: what they allowed goes.
    await at_work.line.block(chat.number, blocked=True)
    await at_work.line.block(chat.number, blocked=False)
    with pytest.raises(NotWanted):
        await at_work.line.say(chat, AD)


async def test_who_leaves_has_decided_nothing(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await visitor.writes("offers on")
    await visitor.hears("You get offers from here.")
    said = await at_work.told("Decided")
    number = said["chat"]["number"]
    assert (await at_work.line.consent(number, "offers")).answer == "yes"
    await visitor.citizen.person.leave(visitor.room_id)

    async def forgotten() -> bool:
        return (await at_work.line.consent(number, "offers")).answer == ""

    await until(forgotten)

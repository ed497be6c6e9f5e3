"""What a bot says, changes and takes back."""

from functools import partial

import pytest

from amanat.gateway.bots.api import NoSuchMessage
from amanat.gateway.bots.model import Choice, Saying, Words
from amanat.gateway.bots.speaking import Reaction, number_of, reaction_of, reaction_txn_id, txn_id_of
from tests.gateway.service.bot_at_work import BotAtWork


async def test_a_message_is_changed_reacted_to_and_taken_back(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    await visitor.writes("halo")
    came = (await at_work.told("Came"))["said"]
    chat = await line.chat(came["chat"]["number"])
    said = await line.say(
        chat, Saying(body=Words(text="Pilih:"), choices=(Choice(label="A", data="a"),), reply_to=came["number"])
    )
    await line.edit(chat, said.number, saying=Saying(body=Words(text="Selesai.")))
    edited = await visitor.citizen.echo.hears("* Selesai.")
    shown = next(each for each in visitor.citizen.echo.received if each.content.get("body", "").startswith("Pilih:"))
    assert edited.content["m.relates_to"]["event_id"] == shown.event_id
    assert shown.content["m.relates_to"]["m.in_reply_to"]["event_id"]
    assert (await line.message(chat, said.number)).body == Words(text="Selesai.")
    await visitor.writes("1")
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "1", "its menu is gone"

    for emoji in ("🎉", "👍"):
        await line.react(chat, came["number"], emoji=emoji)
        await visitor.citizen.echo.until(partial(_reaction, visitor, emoji), emoji)
    await line.delete(chat, said.number)
    await visitor.citizen.echo.until(lambda: _redacted(visitor, shown.event_id), "gone")
    for act in (line.delete(chat, said.number), line.edit(chat, 999, saying=Saying(body=Words(text="?")))):
        with pytest.raises(NoSuchMessage):
            await act
    with pytest.raises(NoSuchMessage):
        await line.delete(chat, came["number"])


def _reaction(visitor, emoji):
    reactions = (each for each in visitor.citizen.echo.received if each.type == "m.reaction")
    return next((each for each in reactions if each.content["m.relates_to"]["key"] == emoji), None)


def _redacted(visitor, event_id):
    redactions = (each for each in visitor.citizen.echo.received if each.type == "m.room.redaction")
    return next((each for each in redactions if each.content.get("redacts") == event_id), None)


def test_transactions_name_what_they_are_of() -> None:
    assert number_of(txn_id_of(12)) == 12
    assert reaction_of(reaction_txn_id(12, 13)) == Reaction(12, 13)
    for other in ("botdid5", "echo.$a", "bot", "12", "botre5.6"):
        assert number_of(other) is None
    for other in ("bot5", "botdid5", "botrex", "botre5", "botre5."):
        assert reaction_of(other) is None

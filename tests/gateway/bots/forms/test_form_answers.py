"""What people fill in under a bot's messages."""

from amanat.gateway.bots.forms.forms import GONE
from amanat.gateway.bots.model import Words
from tests.gateway.bots.forms.test_forms import asked
from tests.gateway.forms.vectors import HELD
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork, send

ANSWER = "id.amanat.form_answer"
GOOD = {"screens": [{"id": id, "values": values} for id, values in HELD["good"].items()]}


async def fills_in(visitor: Visitor, event_id: str, answer: object) -> str:
    """Answer a form, and return the answer's id."""
    related = {"m.in_reply_to": {"event_id": event_id}}
    return await send(visitor, {"msgtype": "m.text", "body": "Nama: Budi", ANSWER: answer, "m.relates_to": related})


async def test_what_somebody_fills_in_is_told(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    number, event_id, _ = await asked(at_work, visitor)
    await fills_in(visitor, event_id, GOOD)
    told = await at_work.told("FilledIn")
    assert (told["said"]["number"], told["values"]) == (number, HELD["sends"])
    answer = await at_work.line.message(await at_work.line.chat(told["said"]["chat"]["number"]), told["number"])
    assert (answer.body, answer.reply_to) == (Words(text="Nama: Budi"), number)


async def test_what_does_not_fit_is_refused_kindly_and_the_bot_hears_nothing(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    _, event_id, _ = await asked(at_work, visitor)
    await fills_in(visitor, event_id, {"screens": [{"id": "A", "values": {"nama": "Bu"}}]})
    await visitor.hears("Isian ini belum bisa diterima. Nama: terlalu pendek.")
    await fills_in(visitor, event_id, "rusak")
    await visitor.hears("Isian ini belum bisa diterima.")
    own = await send(visitor, {"msgtype": "m.text", "body": "halo"})
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "halo"
    await fills_in(visitor, own, GOOD)
    await visitor.hears(GONE)
    await visitor.writes("sudah")
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "sudah"

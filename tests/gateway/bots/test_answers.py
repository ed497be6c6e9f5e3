"""What people answer to a bot's messages is a message of theirs; what the gateway says of it is nobody's."""

from amanat.gateway.bots.model import Saying, Words
from tests.gateway.bots.forms.test_form_answers import GOOD, fills_in
from tests.gateway.bots.forms.test_forms import asked
from tests.gateway.service.bot_at_work import BotAtWork


async def test_the_bot_can_answer_an_answer(on_both: BotAtWork) -> None:
    visitor = await on_both.visitor()
    _, form_id, _ = await asked(on_both, visitor)
    answer_id = await fills_in(visitor, form_id, GOOD)
    told = await on_both.told("FilledIn")
    chat = await on_both.line.chat(told["said"]["chat"]["number"])
    await on_both.line.say(chat, Saying(body=Words(text="Sudah kami terima"), reply_to=told["number"]))
    await visitor.hears("Sudah kami terima")
    said = visitor.citizen.echo.received[-1].content
    assert said["m.relates_to"]["m.in_reply_to"]["event_id"] == answer_id


async def test_what_the_gateway_says_of_an_answer_is_told_to_no_bot(on_both: BotAtWork) -> None:
    visitor = await on_both.visitor()
    _, form_id, _ = await asked(on_both, visitor)
    await on_both.told("Delivered")
    await fills_in(visitor, form_id, "rusak")
    await visitor.hears("Isian ini belum bisa diterima.")
    await visitor.writes("sudah")
    kind, told = await on_both.told_next()
    assert (kind, told["said"]["body"]["text"]) == ("Came", "sudah")

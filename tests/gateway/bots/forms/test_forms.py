"""Forms under a bot's messages."""

from html import escape
from typing import Any

from msgspec.structs import replace

from amanat.gateway.bots.forms.form_words import ELSEWHERE
from amanat.gateway.bots.model import FormBody, Saying, Words
from amanat.gateway.bots.tables import OLD_FORMS
from amanat.gateway.bots.upkeep import KEEP_MS, Upkeep
from tests.gateway.forms.vectors import HELD, SCREENS
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork

FORM = FormBody(button="Isi", screens=SCREENS, first=HELD["first"], data=HELD["data"])


async def asked(at_work: BotAtWork, visitor: Visitor) -> tuple[int, str, dict[str, Any]]:
    """Send somebody the form; return its number, its event and its content."""
    await visitor.writes("halo")
    chat = await at_work.line.chat((await at_work.told("Came"))["said"]["chat"]["number"])
    said = await at_work.line.say(chat, Saying(body=Words(text="Silakan:", html="<b>Silakan:</b>"), form=FORM))
    await visitor.hears("[Isi]")
    shown = next(each for each in visitor.citizen.echo.received if "id.amanat.form" in each.content)
    return said.number, shown.event_id, dict(shown.content)


async def test_a_form_is_words_to_other_apps_and_says_nothing_of_what_it_sends(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    _, _, content = await asked(at_work, visitor)
    below = f"[Isi] {ELSEWHERE}"
    assert content["body"] == f"Silakan:\n\n{below}"
    assert content["formatted_body"] == f"<b>Silakan:</b><p>{escape(below)}</p>"
    form = content["id.amanat.form"]
    assert form["intro"]["content"]["m.text"][0] == {"body": "<b>Silakan:</b>", "mimetype": "text/html"}
    assert "formulir" not in str(form["screens"]), "what it sends of its own is the bot's alone"


async def test_a_form_goes_with_the_last_message_that_has_it(at_work: BotAtWork) -> None:
    await asked(at_work, await at_work.visitor())
    on = at_work.ground
    later = replace(on, now_ms=lambda: on.now_ms() + KEEP_MS + 1)
    assert len(await on.store.all(OLD_FORMS, before=later.now_ms())) == 1
    await Upkeep(later, gave_up=lambda: None).forget()
    assert await on.store.all(OLD_FORMS, before=later.now_ms()) == []

"""What became of deliveries is kept, and bounded; of who asks for updates, nothing is."""

from msgspec.structs import replace

from amanat.db.tx import Tx
from amanat.gateway.bots.api import Webhook
from amanat.gateway.bots.delivery.deliveries import GIVEN_UP, KEPT, Outcome, note_try
from amanat.gateway.bots.tables import UpdateRow
from amanat.gateway.bots.upkeep import Upkeep
from tests.gateway.service.bot_at_work import BotAtWork


async def test_the_last_are_kept(at_work: BotAtWork) -> None:
    def note(tx: Tx) -> None:
        for position in range(KEPT + 3):
            row = UpdateRow(position, 7, "Came", b"{}", 1, 0, 1)
            note_try(tx, row, outcome=Outcome(1, 2, 503, "later"))

    await at_work.ground.store.write(note)
    kept = [each.update for each in await at_work.line.deliveries()]
    assert kept == list(reversed(range(3, KEPT + 3)))


async def test_only_what_was_for_a_webhook_is_noted_when_it_is_given_up(at_work: BotAtWork) -> None:
    on, line = at_work.ground, at_work.line
    late = Upkeep(replace(on, now_ms=lambda: on.now_ms() + on.api.keeps_ms + 1), gave_up=lambda: None)
    visitor = await at_work.visitor()
    await visitor.writes("satu")
    await at_work.receives()
    await late.forget()
    assert (await line.count_updates(), await line.deliveries()) == (0, [])
    at_work.receiver.refuses = "dua"
    await line.set_webhook(Webhook(url="https://bot.example/hook", kinds=("Came",)))
    await visitor.writes("dua")
    await at_work.receiver.is_tried(1)
    await late.forget()
    assert GIVEN_UP in [each.answer for each in await line.deliveries()]

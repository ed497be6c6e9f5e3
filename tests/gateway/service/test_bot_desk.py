"""A bot's pages are told of what comes and goes, at most once a second."""

from amanat.gateway.desk.bot_routes import TOPIC
from tests.gateway.bots.conftest import at_work, town
from tests.gateway.device.town import until
from tests.gateway.service.bot_at_work import BotAtWork

__all__ = ["at_work", "town"]


async def test_a_page_hears_of_what_comes(at_work: BotAtWork) -> None:
    changes = at_work.bot.office.changes
    since = changes.since(0).next
    await (await at_work.visitor()).writes("halo")

    async def is_told() -> bool:
        return TOPIC in changes.since(since).changed

    await until(is_told)
